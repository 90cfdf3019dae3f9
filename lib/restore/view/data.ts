import { getClusterSummary } from '@/lib/cluster/data'
import type { Db } from '@/lib/db'
import { type JobView, listActiveJobs } from '@/lib/jobs/data'
import { exclusiveKinds, laneOf } from '@/lib/jobs/rules'
import { type JobKind, jobFailureSchema, jobKindSchema, jobKinds, jobRequestSchema, jobResultSchema } from '@/lib/jobs/schema'
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
import { paceOf } from './rules'
import type { ClusterJob, LastFailure, RestoreView } from './schema'

const SETS = 100
/** Of each kind of job, the newest */
const SAMPLES = 50

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
    isShopLost: live.lost ?? false,
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

/** From what past rehearsals on this machine took: those made anew, for one that was moved is copied in part or not at all. */
async function readEstimate(db: Db, stanza: string): Promise<RestoreView['estimate']> {
  const read = (kind: JobKind) => db.job.findMany({
    where: { stanzaName: stanza, kind, status: 'SUCCEEDED' }, orderBy: { id: 'desc' }, take: SAMPLES,
    select: { request: true, result: true, claimedAt: true, finishedAt: true },
  })
  const [rehearsals, comparisons, switches] = await Promise.all([read('rehearse'), read('compare'), read('switch')])
  const made = rehearsals.flatMap((job) => {
    const result = jobResultSchema.parse(job.result)
    const request = jobRequestSchema.parse(job.request)
    return result.kind === 'rehearse' && request.kind === 'rehearse' && !request.rehearsal ? [result] : []
  })
  const replay = paceOf(made.map(({ plan, took }) => ({ amount: plan.segments, ms: took.replay })))
  return {
    restoreRate: median(made.flatMap(({ plan, took }) => (took.restore > 0 ? [plan.databaseSize / (took.restore / 1_000)] : []))),
    replayRate: replay.perSecond,
    startMs: made.length > 0 ? replay.startMs : null,
    checkMs: median(comparisons.flatMap(({ claimedAt, finishedAt }) => (claimedAt && finishedAt ? [finishedAt.getTime() - claimedAt.getTime()] : []))),
    downtimeMs: median(switches.map(({ result }) => jobResultSchema.parse(result)).flatMap((result) =>
      (result.kind === 'switch' && result.downtimeMs !== null ? [result.downtimeMs] : []))),
    samples: made.length,
  }
}
