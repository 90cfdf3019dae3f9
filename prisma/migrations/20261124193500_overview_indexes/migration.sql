-- DropIndex
DROP INDEX "backup_set_stanza_expiredAt_stoppedAt_idx";

-- CreateIndex
CREATE INDEX "backup_set_stanza_stoppedAt_idx" ON "backup_set"("stanza", "stoppedAt");

-- Backups that came to nothing: what marks a day of the strip as failed.
CREATE INDEX "job_without_set" ON "job" ("stanza", "finishedAt") WHERE "kind" = 'backup' AND "status" IN ('FAILED', 'CANCELLED');
