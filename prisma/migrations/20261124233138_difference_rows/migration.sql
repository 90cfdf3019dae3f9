-- CreateEnum
CREATE TYPE "DifferenceSort" AS ENUM ('returns', 'lost', 'changed');

-- CreateTable
CREATE TABLE "difference_row" (
    "rehearsalId" TEXT NOT NULL,
    "schema" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "sort" "DifferenceSort" NOT NULL,
    "then" JSONB,
    "now" JSONB,
    "names" JSONB NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "difference_row_pkey" PRIMARY KEY ("rehearsalId","schema","table","ordinal")
);

-- AddForeignKey
ALTER TABLE "difference_row" ADD CONSTRAINT "difference_row_rehearsalId_fkey" FOREIGN KEY ("rehearsalId") REFERENCES "rehearsal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was compared before has its rows within, and lacks what belongs to a comparison now.
UPDATE "rehearsal" SET "comparison" = NULL, "comparedAt" = NULL;
