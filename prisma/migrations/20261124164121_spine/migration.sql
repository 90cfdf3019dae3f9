-- CreateEnum
CREATE TYPE "JobStatus" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "JobLane" AS ENUM ('repository', 'cluster');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('user', 'schedule', 'cli', 'system');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('SUPER_ADMIN', 'MANAGER', 'CASHIER');

-- CreateTable
CREATE TABLE "stanza" (
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "observedAt" TIMESTAMPTZ(3),
    "observation" JSONB,
    "policy" JSONB,
    "shop" JSONB,
    "catalogAt" TIMESTAMPTZ(3),

    CONSTRAINT "stanza_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "repository" (
    "stanza" TEXT NOT NULL,
    "key" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "cipher" TEXT NOT NULL,
    "statusCode" INTEGER NOT NULL,
    "statusMessage" TEXT NOT NULL,
    "diskTotal" BIGINT,
    "diskFree" BIGINT,
    "archiveMin" TEXT,
    "archiveMax" TEXT,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "repository_pkey" PRIMARY KEY ("stanza","key")
);

-- CreateTable
CREATE TABLE "backup_set" (
    "stanza" TEXT NOT NULL,
    "repoKey" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "prior" TEXT,
    "reference" TEXT[],
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "stoppedAt" TIMESTAMPTZ(3) NOT NULL,
    "archiveStart" TEXT,
    "archiveStop" TEXT,
    "lsnStart" TEXT,
    "lsnStop" TEXT,
    "systemId" TEXT,
    "databaseSize" BIGINT NOT NULL,
    "databaseDelta" BIGINT NOT NULL,
    "repositorySize" BIGINT,
    "repositoryDelta" BIGINT NOT NULL,
    "error" BOOLEAN NOT NULL,
    "annotation" JSONB NOT NULL,
    "backrestVersion" TEXT NOT NULL,
    "jobId" BIGINT,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "backup_set_pkey" PRIMARY KEY ("stanza","repoKey","label")
);

-- CreateTable
CREATE TABLE "job" (
    "id" BIGSERIAL NOT NULL,
    "stanza" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "lane" "JobLane" NOT NULL,
    "status" "JobStatus" NOT NULL DEFAULT 'QUEUED',
    "request" JSONB NOT NULL,
    "progress" JSONB,
    "result" JSONB,
    "failure" JSONB,
    "command" JSONB,
    "trigger" TEXT NOT NULL,
    "reason" TEXT,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "retryOf" BIGINT,
    "dedupeKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3),
    "claimedAt" TIMESTAMPTZ(3),
    "claimedBy" TEXT,
    "workerName" TEXT,
    "heartbeatAt" TIMESTAMPTZ(3),
    "cancelRequestedAt" TIMESTAMPTZ(3),
    "cancelRequestedBy" TEXT,
    "finishedAt" TIMESTAMPTZ(3),
    "lastSeq" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_event" (
    "jobId" BIGINT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "process" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "job_event_pkey" PRIMARY KEY ("jobId","seq")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" TEXT NOT NULL,
    "stanza" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "pgbackrestVersion" TEXT,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeatAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stoppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" TEXT,
    "actorName" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "stanza" TEXT,
    "jobId" BIGINT,
    "before" JSONB,
    "after" JSONB,
    "address" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),
    "lastSignInAt" TIMESTAMPTZ(3),

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_failure" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "subject" TEXT NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backup_set_stanza_expiredAt_stoppedAt_idx" ON "backup_set"("stanza", "expiredAt", "stoppedAt");

-- CreateIndex
CREATE INDEX "job_stanza_id_idx" ON "job"("stanza", "id" DESC);

-- CreateIndex
CREATE INDEX "job_stanza_kind_id_idx" ON "job"("stanza", "kind", "id" DESC);

-- CreateIndex
CREATE INDEX "job_stanza_status_id_idx" ON "job"("stanza", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "job_stanza_finishedAt_idx" ON "job"("stanza", "finishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "job_stanza_dedupeKey_key" ON "job"("stanza", "dedupeKey");

-- CreateIndex
CREATE INDEX "worker_stanza_heartbeatAt_idx" ON "worker"("stanza", "heartbeatAt" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE INDEX "sign_in_failure_subject_at_idx" ON "sign_in_failure"("subject", "at");

-- AddForeignKey
ALTER TABLE "repository" ADD CONSTRAINT "repository_stanza_fkey" FOREIGN KEY ("stanza") REFERENCES "stanza"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backup_set" ADD CONSTRAINT "backup_set_stanza_fkey" FOREIGN KEY ("stanza") REFERENCES "stanza"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job" ADD CONSTRAINT "job_stanza_fkey" FOREIGN KEY ("stanza") REFERENCES "stanza"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_event" ADD CONSTRAINT "job_event_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worker" ADD CONSTRAINT "worker_stanza_fkey" FOREIGN KEY ("stanza") REFERENCES "stanza"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- One running job in each lane of a stanza, whatever any worker believes.
CREATE UNIQUE INDEX "job_one_running_per_lane" ON "job" ("stanza", "lane") WHERE "status" = 'RUNNING';
-- The queue itself: what a claim scans.
CREATE INDEX "job_queue" ON "job" ("stanza", "lane", "id") WHERE "status" = 'QUEUED';
