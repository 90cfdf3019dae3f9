import type { Db } from '@/lib/db'
import { backupTypeSchema, jobFailureSchema } from '@/lib/jobs/schema'
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
    db.backupSet.findMany({
      where: { stanzaName: stanza, stoppedAt: { gte: since } },
      orderBy: { stoppedAt: 'asc' },
      select: { type: true, startedAt: true, stoppedAt: true, repositoryDelta: true, repoKey: true },
    }),
    // Literals, not parameters: only then may the planner use the partial index job_without_set.
    db.$queryRaw<{ id: bigint; createdAt: Date; failure: unknown }[]>`
      SELECT "id", "createdAt", "failure" FROM "job"
      WHERE "stanza" = ${stanza} AND "kind" = 'backup' AND "status" IN ('FAILED', 'CANCELLED') AND "finishedAt" >= ${since}
      ORDER BY "finishedAt"`,
  ])
  return {
    sets: sets.map(({ type, repositoryDelta, ...set }) => ({
      ...set, type: backupTypeSchema.parse(type), size: Number(repositoryDelta),
    })),
    attempts: attempts.map(({ id, createdAt, failure }) => ({
      jobId: id.toString(),
      startedAt: createdAt,
      failure: jobFailureSchema.nullable().parse(failure)?.code ?? null,
    })),
  }
}
