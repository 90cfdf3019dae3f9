import { getClusterSummary } from '@/lib/cluster/data'
import type { Db } from '@/lib/db'
import { type JobView, listActiveJobs } from '@/lib/jobs/data'
import { exclusiveKinds, laneOf } from '@/lib/jobs/rules'
import { jobFailureSchema, jobKindSchema, jobKinds, jobResultSchema } from '@/lib/jobs/schema'
import { chainsIn, isOnLiveLineage, isUsable } from '@/lib/backups/rules'
import { timelineOfWal } from '../wal/rules'
import { listBackupSets } from '@/lib/backups/data'
import { clusterObservationSchema } from '@/lib/health/schema'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { median } from '@/lib/policy/choices/rules'
import { listKeptClusters } from '../kept/data'
import { findCurrentRehearsal } from '../rehearsal/data'
import { listRestorePoints } from '../point/data'
import { readRecovery } from '../window/data'
import type { ClusterJob, LastFailure, RestoreView } from './schema'

const SETS = 100
const SAMPLES = 9

export async function readRestore(db: Db, stanza: string, now: Date): Promise<RestoreView> {
  const [
    row, cluster, { windows, timelines }, sets, restorePoints, rehearsal, kept, active, lastExchange, lastFailure, estimate,
  ] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { shop: true, observation: true } }),
    getClusterSummary(db, stanza, now),
    readRecovery(db, stanza, now),
    listBackupSets(db, stanza),
    listRestorePoints(db, stanza),
    findCurrentRehearsal(db, stanza),
    listKeptClusters(db, stanza),
    listActiveJobs(db, stanza, now),
    findLastExchange(db, stanza),
    findLastFailure(db, stanza),
    readEstimate(db, stanza),
  ])
  const { timeZone, currency, currencySymbol } = shopProfileSchema.parse(row?.shop ?? {})
  const live = clusterObservationSchema.parse(row?.observation ?? { up: false })
  const chain = chainsIn(sets)
  const backup = active.find(({ kind, status }) => kind === 'backup' && status === 'RUNNING')
  return {
    now, stanza, timeZone, windows, timelines, restorePoints, rehearsal, kept, lastFailure, estimate,
    isWorkerAlive: cluster.workerAlive,
    currency: { code: currency, symbol: currencySymbol },
    sets: sets.toReversed().slice(0, SETS).map((set) => ({
      label: set.label, repo: set.repoKey, type: set.type, stoppedAt: set.stoppedAt, databaseSize: set.databaseSize,
      timeline: timelineOfWal(set.archiveStart), isOnLiveLineage: isOnLiveLineage(set, live), isUsable: isUsable(set, sets, chain),
    })),
    jobs: active.filter(({ kind }) => laneOf(kind) === 'cluster').map(toClusterJob),
    runningBackup: backup ? { id: backup.id } : null,
    lastExchange: lastExchange && { ...lastExchange, keptId: kept.find(({ jobId }) => jobId === lastExchange.jobId)?.id ?? null },
  }
}

function toClusterJob({ id, kind, status, actorName, createdAt, claimedAt, cancelRequestedAt, progress }: JobView): ClusterJob {
  return {
    id, kind, status, actorName, createdAt, claimedAt, cancelRequestedAt,
    phase: progress?.steps.at(-1)?.phase ?? null,
    entered: progress?.steps.map(({ phase }) => phase) ?? [],
    percent: progress?.percent ?? null,
    replayedAt: progress?.replayedAt ? new Date(progress.replayedAt) : null,
    secondsLeft: progress?.secondsLeft ?? null,
  }
}

async function findLastExchange(db: Db, stanza: string) {
  const job = await db.job.findFirst({
    where: { stanzaName: stanza, kind: { in: [...exclusiveKinds] }, status: { in: ['SUCCEEDED', 'FAILED', 'CANCELLED'] } },
    orderBy: { id: 'desc' },
  })
  if (!job?.finishedAt) return null
  const result = jobResultSchema.nullable().parse(job.result)
  return {
    jobId: job.id.toString(), kind: job.kind as 'switch' | 'undo' | 'restore-in-place', status: job.status, actorName: job.actorName, finishedAt: job.finishedAt,
    downtimeMs: result && 'downtimeMs' in result ? result.downtimeMs : null,
    timeline: result && 'timeline' in result ? result.timeline : null,
  }
}

const clusterKinds = jobKinds.filter((kind) => laneOf(kind) === 'cluster')

async function findLastFailure(db: Db, stanza: string): Promise<LastFailure | null> {
  const job = await db.job.findFirst({
    where: { stanzaName: stanza, kind: { in: clusterKinds }, status: { in: ['SUCCEEDED', 'FAILED'] } },
    orderBy: { id: 'desc' },
  })
  const failure = jobFailureSchema.nullable().parse(job?.failure ?? null)
  if (!job?.finishedAt || !failure) return null
  const { id, kind, actorName, finishedAt } = job
  return { jobId: id.toString(), kind: jobKindSchema.parse(kind), actorName, finishedAt, failure }
}

/** From what past rehearsals on this machine took. */
async function readEstimate(db: Db, stanza: string): Promise<RestoreView['estimate']> {
  const read = async (kind: string) => {
    const rows = await db.job.findMany({
      where: { stanzaName: stanza, kind, status: 'SUCCEEDED' }, orderBy: { id: 'desc' }, take: SAMPLES, select: { result: true },
    })
    return rows.map(({ result }) => jobResultSchema.parse(result))
  }
  const [rehearsals, switches] = await Promise.all([read('rehearse'), read('switch')])
  const made = rehearsals.flatMap((result) => (result.kind === 'rehearse' ? [result] : []))
  const perSecond = (amount: number, ms: number) => (ms > 0 && amount > 0 ? [amount / (ms / 1000)] : [])
  return {
    restoreRate: median(made.flatMap(({ plan, took }) => perSecond(plan.databaseSize, took.restore))),
    replayRate: median(made.flatMap(({ plan, took }) => perSecond(plan.segments, took.replay))),
    downtimeMs: median(switches.flatMap((result) => (result.kind === 'switch' && result.downtimeMs !== null ? [result.downtimeMs] : []))),
    samples: made.length,
  }
}
