/** Reads of the control database alone: the shop's own is away while it is exchanged. */
import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { isWorkerAlive } from '@/lib/cluster/data'
import { type JobView, listActiveJobs, toJobView } from '@/lib/jobs/data'
import { isActive, laneOf } from '@/lib/jobs/rules'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { findComparison } from '../comparison/data'
import { findKeptCluster } from '../kept/data'
import { listDowntimes, runningBackupOf, toBackup } from './outlook/data'
import { type ExchangeJob, exchangesOf, isExchange, readPoint, stepsOf } from './point/data'
import { changesOf } from './rules'
import type { Changes } from './changes/schema'
import { type Exchange, type ExchangeBackup, type OtherJob, exchangeSchema } from './schema'
import { findWayBack } from './undo/data'

/** Null for a job this stanza does not have, or that exchanges nothing. What comes after it is read only once it has ended. */
export async function findExchange(db: Db, stanza: string, id: bigint, now: Date): Promise<Exchange | null> {
  const row = await db.job.findFirst({ where: { id, ...exchangesOf(stanza) } })
  const job = row && toJobView(row, now)
  if (!isExchange(job)) return null
  const [point, downtimes, active, shop, ended] = await Promise.all([
    readPoint(db, stanza, job),
    listDowntimes(db, stanza, { kind: job.kind, before: id }),
    listActiveJobs(db, stanza, now),
    readShop(db, stanza, now),
    isActive(job.status) ? NOT_ENDED : readEnded(db, stanza, job, now),
  ])
  const { percent = null, replayedAt = null, secondsLeft = null } = job.progress ?? {}
  return exchangeSchema.parse({
    now, stanza, point, downtimes, ...shop, ...ended,
    job: { ...job, steps: stepsOf(job), percent, replayedAt, secondsLeft },
    waitsFor: findHindrance(job, active),
    runningBackup: runningBackupOf(active),
  })
}

type Ended = Pick<Exchange, 'changes' | 'counted' | 'result' | 'backups' | 'nextId' | 'wayBack'>
const NOT_ENDED: Ended = { changes: null, counted: null, result: null, backups: [], nextId: null, wayBack: null }

async function readEnded(db: Db, stanza: string, job: ExchangeJob, now: Date): Promise<Ended> {
  const [changes, result, backups, nextId] = await Promise.all([
    readChanges(db, stanza, job), readResult(db, stanza, job), listBackupsAfter(db, stanza, job, now), findNextId(db, stanza, BigInt(job.id)),
  ])
  const canGoBack = nextId === null && result?.kept?.isThere
  const counted = (job.result && 'counted' in job.result && job.result.counted) || null
  return { changes, counted, result, backups, nextId, wayBack: canGoBack ? await findWayBack(db, stanza, job) : null }
}

/** A job before it in its lane; or, once it is its turn, what still runs in the repository's. */
function findHindrance({ id, status, progress }: ExchangeJob, active: readonly JobView[]): OtherJob | null {
  const isWaiting = status === 'RUNNING' && progress?.steps.at(-1)?.phase === 'wait'
  const found = active.find((job) => {
    const lane = laneOf(job.kind)
    return status === 'QUEUED' ? lane === 'cluster' && BigInt(job.id) < BigInt(id) : isWaiting && lane === 'repository' && job.status === 'RUNNING'
  })
  return found ? { id: found.id, kind: found.kind, actorName: found.actorName } : null
}

async function readChanges(db: Db, stanza: string, { request }: ExchangeJob): Promise<Changes | null> {
  const comparison = request.kind === 'switch' ? await findComparison(db, stanza, request.rehearsal) : null
  return comparison && changesOf(comparison)
}

async function readResult(db: Db, stanza: string, { id, result }: ExchangeJob): Promise<Exchange['result']> {
  if (result?.kind === 'restore-in-place') {
    const safetyLabel = result.safetyLabel === 'none' ? null : result.safetyLabel
    return { downtimeMs: result.downtimeMs, safetyLabel, timeline: null, carried: [], kept: null }
  }
  if (result?.kind !== 'switch' && result?.kind !== 'undo') return null
  const { downtimeMs, timeline, carried, kept } = result
  const row = await findKeptCluster(db, stanza, kept.id)
  return { downtimeMs, timeline, carried, safetyLabel: null, kept: { ...kept, isThere: row?.jobId === id } }
}

/** The worker asks for them, with this reason. */
async function listBackupsAfter(db: Db, stanza: string, { id, kind }: ExchangeJob, now: Date): Promise<ExchangeBackup[]> {
  const reason = `after ${kind === 'restore-in-place' ? 'restore' : kind} ${id}`
  const rows = await db.job.findMany({
    where: { stanzaName: stanza, kind: 'backup', trigger: 'system', reason, id: { gt: BigInt(id) } }, orderBy: { id: 'asc' },
  })
  return rows.flatMap((row) => toBackup(toJobView(row, now)))
}

async function findNextId(db: Db, stanza: string, id: bigint): Promise<string | null> {
  const where = { ...exchangesOf(stanza), status: 'SUCCEEDED', id: { gt: id } } as const
  return (await db.job.findFirst({ where, orderBy: { id: 'asc' }, select: { id: true } }))?.id.toString() ?? null
}

/** The shop as its worker last saw it, and whether that one is about. */
async function readShop(db: Db, stanza: string, now: Date): Promise<Pick<Exchange, 'currency' | 'seen' | 'isWorkerAlive'>> {
  const [row, alive] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { shop: true, observation: true, observedAt: true } }),
    isWorkerAlive(db, stanza, now),
  ])
  const { currency, currencySymbol } = shopProfileSchema.parse(row?.shop ?? {})
  const { up } = clusterObservationSchema.parse(row?.observation ?? { up: false })
  return {
    currency: { code: currency, symbol: currencySymbol }, seen: row?.observedAt ? { up, at: row.observedAt } : null, isWorkerAlive: alive,
  }
}
