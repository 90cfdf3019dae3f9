-- CreateEnum
CREATE TYPE "RehearsalStatus" AS ENUM ('preparing', 'ready', 'failed', 'switched', 'discarded', 'expired');

-- CreateTable
CREATE TABLE "wal_mark" (
    "stanza" TEXT NOT NULL,
    "timeline" INTEGER NOT NULL,
    "lsn" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "xid" BIGINT NOT NULL,

    CONSTRAINT "wal_mark_pkey" PRIMARY KEY ("stanza","timeline","lsn")
);

-- CreateTable
CREATE TABLE "wal_range" (
    "stanza" TEXT NOT NULL,
    "repoKey" INTEGER NOT NULL,
    "archiveId" TEXT NOT NULL,
    "timeline" INTEGER NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    "segmentSize" INTEGER NOT NULL,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wal_range_pkey" PRIMARY KEY ("stanza","repoKey","archiveId","timeline","first")
);

-- CreateTable
CREATE TABLE "timeline" (
    "stanza" TEXT NOT NULL,
    "systemId" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "parents" JSONB NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "timeline_pkey" PRIMARY KEY ("stanza","systemId","id")
);

-- CreateTable
CREATE TABLE "restore_point" (
    "id" BIGSERIAL NOT NULL,
    "stanza" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeline" INTEGER NOT NULL,
    "lsn" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorName" TEXT NOT NULL,
    "jobId" BIGINT,

    CONSTRAINT "restore_point_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rehearsal" (
    "id" TEXT NOT NULL,
    "stanza" TEXT NOT NULL,
    "status" "RehearsalStatus" NOT NULL DEFAULT 'preparing',
    "target" JSONB NOT NULL,
    "plan" JSONB NOT NULL,
    "reached" JSONB,
    "actorName" TEXT NOT NULL,
    "jobId" BIGINT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readyAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "size" BIGINT,
    "comparison" JSONB,
    "comparedAt" TIMESTAMPTZ(3),

    CONSTRAINT "rehearsal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kept_cluster" (
    "id" TEXT NOT NULL,
    "stanza" TEXT NOT NULL,
    "leftBy" TEXT NOT NULL,
    "leftAt" TIMESTAMPTZ(3) NOT NULL,
    "jobId" BIGINT,
    "timeline" INTEGER NOT NULL,
    "size" BIGINT NOT NULL,
    "keepUntil" TIMESTAMPTZ(3) NOT NULL,
    "unarchived" INTEGER NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "kept_cluster_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "wal_mark_stanza_at_idx" ON "wal_mark"("stanza", "at");

-- CreateIndex
CREATE UNIQUE INDEX "restore_point_stanza_name_key" ON "restore_point"("stanza", "name");

-- CreateIndex
CREATE INDEX "rehearsal_stanza_createdAt_idx" ON "rehearsal"("stanza", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "kept_cluster_stanza_leftAt_idx" ON "kept_cluster"("stanza", "leftAt" DESC);
