import type { Db } from '@/lib/db'
import { backupTypeSchema, failureCodeSchema } from '@/lib/jobs/schema'
import { type StripFacts, STRIP_WINDOW_MS } from './rules'

type StripRows = {
  /** With what each added to its repository, bytes */
  sets: (StripFacts['sets'][number] & { size: number; repoKey: number })[]
  attempts: StripFacts['attempts']
}

/** What was made and what was tried in the strip's window. */
export async function readStripRows(db: Db, stanza: string, now: Date): Promise<StripRows> {
  const since = new Date(now.getTime() - STRIP_WINDOW_MS)
  const [sets, attempts] = await Promise.all([
    db.$queryRaw<(Omit<StripRows['sets'][number], 'type'> & { type: string })[]>`
      SELECT "type", "repoKey", "startedAt", "stoppedAt", "repositoryDelta"::float8 AS "size" FROM "backup_set"
      WHERE "stanza" = ${stanza} AND "stoppedAt" >= ${since} ORDER BY "stoppedAt"`,
    // Literals, not parameters: only then may the planner use the partial index job_without_set.
    db.$queryRaw<{ jobId: string; startedAt: Date; failure: string | null }[]>`
      SELECT "id"::text AS "jobId", "createdAt" AS "startedAt", "failure"->>'code' AS "failure" FROM "job"
      WHERE "stanza" = ${stanza} AND "kind" = 'backup' AND "status" IN ('FAILED', 'CANCELLED') AND "finishedAt" >= ${since}
      ORDER BY "finishedAt"`,
  ])
  return {
    sets: sets.map(({ type, ...set }) => ({ ...set, type: backupTypeSchema.parse(type) })),
    attempts: attempts.map(({ failure, ...attempt }) => ({ ...attempt, failure: failureCodeSchema.nullable().parse(failure) })),
  }
}
