-- AlterTable
ALTER TABLE "repository" ADD COLUMN     "settings" JSONB;
