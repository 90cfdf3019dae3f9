-- SaleSpider's tables as its own migrations make them, for a shop to demonstrate and test backups with. The indexes on
-- "Sale" and "SaleItem" are what a shop of this size adds.

CREATE TYPE "Role" AS ENUM ('SUPER_ADMIN', 'MANAGER', 'CASHIER');
CREATE TYPE "UserStatus" AS ENUM ('ACTIVE', 'INACTIVE');
CREATE TYPE "ProductCategory" AS ENUM (
  'FOOD_AND_BEVERAGES', 'HOUSEHOLD_ITEMS', 'HEALTH_AND_BEAUTY', 'CLOTHING_AND_APPAREL', 'ELECTRONICS', 'TOYS_AND_GAMES',
  'OFFICE_SUPPLIES', 'PET_SUPPLIES', 'AUTOMOTIVE', 'BOOKS_AND_STATIONERY', 'SEASONAL_AND_SPECIAL_OCCASIONS',
  'BABY_PRODUCTS', 'SPORTS_AND_OUTDOORS', 'MEDIA', 'OFFICE_AND_SCHOOL_SUPPLIES', 'GARDENING_AND_TOOLS',
  'JEWELRY_AND_WATCHES', 'HEALTH_AND_FITNESS', 'OTHERS'
);
CREATE TYPE "PaymentMode" AS ENUM ('CASH', 'CARD', 'BANK_TRANSFER', 'CRYPTO', 'OTHER');
CREATE TYPE "DeshelvingReason" AS ENUM (
  'DAMAGED', 'RETURNED', 'EXPIRED', 'RESERVED', 'STOLEN', 'LOST', 'QUALITY_CONTROL', 'RECALL', 'TRANSFER', 'OTHER'
);

CREATE TABLE "User" (
  "id" text NOT NULL,
  "email" text NOT NULL,
  "username" text NOT NULL,
  "name" text NOT NULL,
  "password" text NOT NULL,
  "role" "Role" NOT NULL,
  "status" "UserStatus" NOT NULL DEFAULT 'ACTIVE',
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  "deletedAt" timestamp(3),
  CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "User_email_key" ON "User" ("email");
CREATE UNIQUE INDEX "User_username_key" ON "User" ("username");

CREATE TABLE "Product" (
  "id" text NOT NULL,
  "name" text NOT NULL,
  "description" text NOT NULL,
  "category" "ProductCategory" NOT NULL,
  "price" double precision NOT NULL CHECK ("price" > 0),
  "quantity" integer NOT NULL CHECK ("quantity" >= 0),
  "lowStockMargin" integer NOT NULL CHECK ("lowStockMargin" >= 0),
  "imageUrl" text,
  "gtin" text,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  "deletedAt" timestamp(3),
  CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Product_name_key" ON "Product" ("name");
CREATE UNIQUE INDEX "Product_gtin_key" ON "Product" ("gtin");
CREATE INDEX "Product_deletedAt_idx" ON "Product" ("deletedAt");

CREATE TABLE "Sale" (
  "id" text NOT NULL,
  "cashierId" text NOT NULL,
  "subtotal" double precision NOT NULL CHECK ("subtotal" >= 0),
  "vatAmount" double precision NOT NULL CHECK ("vatAmount" >= 0),
  "vatPercentage" double precision NOT NULL CHECK ("vatPercentage" >= 0 AND "vatPercentage" <= 100),
  "totalAmount" double precision NOT NULL CHECK ("totalAmount" >= 0),
  "paymentMode" "PaymentMode" NOT NULL,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  "deletedAt" timestamp(3),
  CONSTRAINT "Sale_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Sale_total_calculation_check" CHECK (abs("totalAmount" - ("subtotal" + "vatAmount")) < 0.01),
  CONSTRAINT "Sale_cashierId_fkey" FOREIGN KEY ("cashierId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "Sale_createdAt_idx" ON "Sale" ("createdAt");
CREATE INDEX "Sale_cashierId_idx" ON "Sale" ("cashierId");

CREATE TABLE "SaleItem" (
  "id" text NOT NULL,
  "saleId" text NOT NULL,
  "productId" text NOT NULL,
  "quantity" integer NOT NULL CHECK ("quantity" > 0),
  "price" double precision NOT NULL CHECK ("price" >= 0),
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  CONSTRAINT "SaleItem_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "SaleItem_saleId_fkey" FOREIGN KEY ("saleId") REFERENCES "Sale" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "SaleItem_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "SaleItem_saleId_idx" ON "SaleItem" ("saleId");
CREATE INDEX "SaleItem_productId_idx" ON "SaleItem" ("productId");

CREATE TABLE "deshelvings" (
  "id" text NOT NULL,
  "productId" text NOT NULL,
  "quantity" integer NOT NULL CHECK ("quantity" > 0),
  "reason" "DeshelvingReason" NOT NULL,
  "description" text,
  "managerId" text NOT NULL,
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  CONSTRAINT "deshelvings_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "deshelvings_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product" ("id")
    ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "deshelvings_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "deshelvings_productId_idx" ON "deshelvings" ("productId");
CREATE INDEX "deshelvings_managerId_idx" ON "deshelvings" ("managerId");
CREATE INDEX "deshelvings_createdAt_idx" ON "deshelvings" ("createdAt");
CREATE INDEX "deshelvings_reason_idx" ON "deshelvings" ("reason");

CREATE TABLE "AppSettings" (
  "id" text NOT NULL,
  "appName" text NOT NULL DEFAULT 'SaleSpider',
  "appLogo" text,
  "primaryColor" text NOT NULL DEFAULT '#0f172a',
  "secondaryColor" text NOT NULL DEFAULT '#3b82f6',
  "accentColor" text NOT NULL DEFAULT '#f59e0b',
  "currency" text NOT NULL DEFAULT 'NGN',
  "currencySymbol" text NOT NULL DEFAULT '₦',
  "vatPercentage" double precision NOT NULL DEFAULT 7.5,
  "timezone" text NOT NULL DEFAULT 'Africa/Lagos',
  "dateFormat" text NOT NULL DEFAULT 'dd/MM/yyyy',
  "timeFormat" text NOT NULL DEFAULT 'HH:mm',
  "language" text NOT NULL DEFAULT 'en',
  "theme" text NOT NULL DEFAULT 'light',
  "maintenanceMode" boolean NOT NULL DEFAULT false,
  "showDeletedProducts" boolean NOT NULL DEFAULT false,
  "enabledPaymentMethods" "PaymentMode"[] DEFAULT ARRAY['CASH', 'CARD', 'BANK_TRANSFER', 'CRYPTO', 'OTHER']::"PaymentMode"[],
  "createdAt" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamp(3) NOT NULL,
  CONSTRAINT "AppSettings_pkey" PRIMARY KEY ("id")
);
INSERT INTO "AppSettings" ("id", "appName", "enabledPaymentMethods", "createdAt", "updatedAt")
VALUES ('cmipqehhd0000okfr7d2m4xq8', 'Okafor Stores', '{CASH,CARD,BANK_TRANSFER,OTHER}', '2025-12-03 08:14:52.417',
        '2025-12-03 08:31:07.902');

CREATE TABLE "audit_logs" (
  "id" text NOT NULL,
  "entityType" text NOT NULL,
  "entityId" text NOT NULL,
  "action" text NOT NULL,
  "changes" jsonb,
  "oldValues" jsonb,
  "newValues" jsonb,
  "userId" text NOT NULL,
  "userEmail" text NOT NULL,
  "timestamp" timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "metadata" jsonb,
  CONSTRAINT "audit_logs_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_logs_entityType_entityId_idx" ON "audit_logs" ("entityType", "entityId");
CREATE INDEX "audit_logs_userId_idx" ON "audit_logs" ("userId");
CREATE INDEX "audit_logs_timestamp_idx" ON "audit_logs" ("timestamp");
CREATE INDEX "audit_logs_action_idx" ON "audit_logs" ("action");

CREATE TABLE "_prisma_migrations" (
  "id" varchar(36) NOT NULL PRIMARY KEY,
  "checksum" varchar(64) NOT NULL,
  "finished_at" timestamptz,
  "migration_name" varchar(255) NOT NULL,
  "logs" text,
  "rolled_back_at" timestamptz,
  "started_at" timestamptz NOT NULL DEFAULT now(),
  "applied_steps_count" integer NOT NULL DEFAULT 0
);
INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
SELECT md5(name)::uuid::text, encode(sha256(name::bytea), 'hex'), name, started, started + interval '11 ms', 1
FROM unnest(ARRAY[
  '20251126172700_create_enums', '20251126172701_create_user_table', '20251126172702_create_product_table',
  '20251126172703_create_sale_table', '20251126172704_create_sale_item_table', '20251126172705_create_deshelving_table',
  '20251126172706_create_app_settings_table', '20251126172707_create_audit_log_table'
]) WITH ORDINALITY AS migration (name, position)
CROSS JOIN LATERAL (SELECT timestamptz '2025-12-03 08:12:40.25+00' + position * interval '24 ms' AS started) AS times;
