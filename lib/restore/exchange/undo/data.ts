/** The way back from the last exchange. */
import type { Db } from '@/lib/db'
import { toJobView } from '@/lib/jobs/data'
import { isActive } from '@/lib/jobs/rules'
import type { JobStatus } from '@/lib/jobs/schema'
import { findKeptCluster } from '../../kept/data'
import { type ExchangeJob, exchangedAt, exchangesOf, findEndedRehearsal, isExchange, readPoint } from '../point/data'
import type { Notice, WayBack } from '../schema'

/** Null once what was left is gone, or for what cannot be undone. */
export async function findWayBack(db: Db, stanza: string, job: ExchangeJob): Promise<WayBack | null> {
  const { id, result, kind } = job
  if (kind === 'restore-in-place' || !result || !('kept' in result)) return null
  const kept = await findKeptCluster(db, stanza, result.kept.id)
  if (kept?.jobId !== id) return null
  const at = exchangedAt(job)
  const [point, fork] = await Promise.all([readPoint(db, stanza, job), kind === 'undo' && findFork(db, stanza, [result.cluster, kept.id])])
  return { jobId: id, kind, point, exchangedAt: at, kept, givesUpSince: kind === 'switch' ? at : fork || null }
}

/** The moment up to which two clusters hold the same: the point of the switch that made one of them beside the other. */
async function findFork(db: Db, stanza: string, [one, other]: [string, string]): Promise<Date | null> {
  const made = (cluster: string, kept: string) => ({
    AND: [{ result: { path: ['cluster'], equals: cluster } }, { result: { path: ['kept', 'id'], equals: kept } }],
  })
  const job = await db.job.findFirst({
    where: { stanzaName: stanza, kind: 'switch', status: 'SUCCEEDED', OR: [made(one, other), made(other, one)] }, orderBy: { id: 'desc' },
  })
  const request = job && toJobView(job, job.createdAt).request
  const rehearsal = request?.kind === 'switch' ? await findEndedRehearsal(db, stanza, request.rehearsal) : null
  const at = rehearsal?.plan.isOnLiveLineage ? (rehearsal.plan.time ?? rehearsal.reached?.at) : null
  return at ? new Date(at) : null
}

/** Jobs that wait to exchange the shop come one after the other, and seldom two. */
const NEWEST = 5

/** One small query where nothing was ever exchanged, and a few more where something was: every page asks this. */
export async function readNotice(db: Db, stanza: string, now: Date): Promise<Notice> {
  const statuses: JobStatus[] = ['QUEUED', 'RUNNING', 'SUCCEEDED']
  const rows = await db.job.findMany({ where: { ...exchangesOf(stanza), status: { in: statuses } }, orderBy: { id: 'desc' }, take: NEWEST })
  const jobs = rows.map((row) => toJobView(row, now)).filter(isExchange)
  const running = jobs.findLast(({ status }) => isActive(status))
  const last = jobs.find(({ status }) => status === 'SUCCEEDED')
  return {
    running: running
      ? { jobId: running.id, kind: running.kind, actorName: running.actorName, point: await readPoint(db, stanza, running) }
      : null,
    wayBack: last ? await findWayBack(db, stanza, last) : null,
  }
}
