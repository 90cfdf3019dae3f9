-- People of the shop and the deployment's administrator, beside the dashboard's own accounts.
CREATE TYPE "AccountOrigin" AS ENUM ('dashboard', 'salespider', 'deployment');

DROP INDEX "user_account_email_key";

ALTER TABLE "user_account" ADD COLUMN "origin" "AccountOrigin" NOT NULL DEFAULT 'dashboard',
ADD COLUMN "salespiderId" TEXT,
ALTER COLUMN "passwordHash" DROP NOT NULL;

CREATE UNIQUE INDEX "user_account_salespiderId_key" ON "user_account"("salespiderId");

CREATE INDEX "user_account_email_idx" ON "user_account"("email");

-- Not of SaleSpider's, which it keeps unique itself: ours are copies of different moments.
CREATE UNIQUE INDEX "user_account_origin_email" ON "user_account" ("origin", "email") WHERE "origin" <> 'salespider';

ALTER TABLE "user_account" ADD CONSTRAINT "user_account_origin_fits" CHECK (
  ("origin" = 'salespider') = ("salespiderId" IS NOT NULL) AND ("origin" = 'dashboard') = ("passwordHash" IS NOT NULL)
);
