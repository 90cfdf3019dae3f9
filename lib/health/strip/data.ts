import type { Db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { type BackupType, failureCodeSchema } from '@/lib/jobs/schema'
import { type StripAttempt, type StripFacts, STRIP_WINDOW_MS } from './rules'

/** With what each added to its repository, bytes */
type StripSet = StripFacts['sets'][number] & { size: number; repoKey: number }

/**
 * What was made in the strip's window. There may be one an hour: instants come as milliseconds, which the driver reads in a
 * fraction of the time that it needs for timestamps.
 */
export async function listStripSets(db: Db, stanza: string, now: Date): Promise<StripSet[]> {
  const rows = await db.$queryRaw<{ type: BackupType; repoKey: number; began: number; ended: number; size: number }[]>`
    SELECT "type", "repoKey", 1000 * date_part('epoch', "startedAt") AS "began", 1000 * date_part('epoch', "stoppedAt") AS "ended",
      "repositoryDelta"::float8 AS "size"
    FROM "backup_set" WHERE "stanza" = ${stanza} AND "stoppedAt" >= ${windowStart(now)} ORDER BY "stoppedAt"`
  return rows.map(({ type, repoKey, began, ended, size }) =>
    ({ type, repoKey, startedAt: new Date(began), stoppedAt: new Date(ended), size }))
}

export type AttemptRow = Omit<StripAttempt, 'failure'> & { failure: string | null }

/** Literals, not parameters: only then may the planner use the partial index job_without_set. */
export function stripAttempts(stanza: string, now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT "id"::text AS "jobId", "createdAt" AS "startedAt", "failure"->>'code' AS "failure" FROM "job"
    WHERE "stanza" = ${stanza} AND "kind" = 'backup' AND "status" IN ('FAILED', 'CANCELLED') AND "finishedAt" >= ${windowStart(now)}
    ORDER BY "finishedAt"`
}

const failureSchema = failureCodeSchema.nullable()

export function toAttempt({ failure, ...attempt }: AttemptRow): StripAttempt {
  return { ...attempt, failure: failureSchema.parse(failure) }
}

function windowStart(now: Date): Date {
  return new Date(now.getTime() - STRIP_WINDOW_MS)
}
