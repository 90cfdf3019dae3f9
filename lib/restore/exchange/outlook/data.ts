/** What is known before an exchange is asked for. */
import { isWorkerAlive } from '@/lib/cluster/data'
import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { type JobView, listActiveJobs } from '@/lib/jobs/data'
import { laneOf } from '@/lib/jobs/rules'
import { policySchema } from '@/lib/policy/schema'
import type { ExchangeBackup, ExchangeKind, Outlook } from '../schema'

const SAMPLES = 9

export async function readOutlook(db: Db, stanza: string, now: Date): Promise<Outlook> {
  const [row, active, downtimes, alive] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { observation: true, policy: true } }),
    listActiveJobs(db, stanza, now),
    listDowntimes(db, stanza, { kind: 'switch' }),
    isWorkerAlive(db, stanza, now),
  ])
  return {
    now, downtimes,
    keepDays: policySchema.nullable().parse(row?.policy ?? null)?.keepDays ?? null,
    size: clusterObservationSchema.parse(row?.observation ?? { up: false }).databaseSize ?? null,
    runningBackup: runningBackupOf(active),
    jobs: active.filter(({ kind }) => laneOf(kind) === 'cluster').map(({ id, kind, actorName }) => ({ id, kind, actorName })),
    isWorkerAlive: alive,
  }
}

/**
 * Milliseconds, newest first, of the last ones that were measured. A restore in place is closed for as long as it copies: it is
 * no measure for the others.
 */
export async function listDowntimes(db: Db, stanza: string, { kind, before }: { kind: ExchangeKind; before?: bigint }): Promise<number[]> {
  const rows = await db.job.findMany({
    where: {
      stanzaName: stanza, kind: { in: kind === 'restore-in-place' ? [kind] : ['switch', 'undo'] }, status: 'SUCCEEDED',
      ...(before !== undefined && { id: { lt: before } }),
    },
    orderBy: { id: 'desc' }, take: SAMPLES, select: { result: true },
  })
  return rows.flatMap(({ result }) => {
    const { downtimeMs } = (result ?? {}) as { downtimeMs?: number | null }
    return typeof downtimeMs === 'number' ? [downtimeMs] : []
  })
}

export function runningBackupOf(active: readonly JobView[]): ExchangeBackup | null {
  return active.filter(({ status }) => status === 'RUNNING').flatMap(toBackup)[0] ?? null
}

/** None for another kind of job. */
export function toBackup({ id, status, request, progress }: JobView): ExchangeBackup[] {
  if (request.kind !== 'backup') return []
  const { type, repo } = request
  return [{ id, status, type, repo, percent: progress?.percent ?? null, secondsLeft: progress?.secondsLeft ?? null }]
}
