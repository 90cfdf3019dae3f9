/** What an exchange goes to, and when it went there. */
import type { Db } from '@/lib/db'
import { type JobView, toJobView } from '@/lib/jobs/data'
import { closedSpan, pointOf } from '../rules'
import { type ExchangeKind, type ExchangePoint, type Step, exchangeKindSchema, exchangeKinds } from '../schema'
import { reachedSchema, restorePlanSchema } from '../../schema'

export type ExchangeJob = JobView & { kind: ExchangeKind }

export const exchangesOf = (stanza: string) => ({ stanzaName: stanza, kind: { in: [...exchangeKinds] } })

export function isExchange(job: JobView | null): job is ExchangeJob {
  return exchangeKindSchema.safeParse(job?.kind).success
}

export function stepsOf({ progress }: Pick<JobView, 'progress'>): Step[] {
  return (progress?.steps ?? []).map(({ phase, startedAt, endedAt }) => ({
    phase, startedAt: new Date(startedAt), endedAt: endedAt ? new Date(endedAt) : null,
  }))
}

/** When the shop was taken away: what was sold before that is in what was left. */
export function exchangedAt(job: JobView): Date {
  return closedSpan(stepsOf(job))?.from ?? job.finishedAt ?? job.createdAt
}

export async function readPoint(db: Db, stanza: string, { id, request, result }: ExchangeJob): Promise<ExchangePoint> {
  if (request.kind === 'restore-in-place') return pointOf(request.wish.target, result?.kind === 'restore-in-place' ? result.plan : null)
  if (request.kind === 'undo') return { at: await findLeaving(db, stanza, request.cluster, BigInt(id)), target: null }
  const rehearsal = request.kind === 'switch' ? await findEndedRehearsal(db, stanza, request.rehearsal) : null
  return rehearsal ? pointOf(rehearsal.plan.target, rehearsal.plan) : { at: null, target: null }
}

/** Where it got to, also once it has become the shop. */
export async function findEndedRehearsal(db: Db, stanza: string, id: string) {
  const row = await db.rehearsal.findFirst({ where: { id, stanzaName: stanza }, select: { plan: true, reached: true } })
  return row && { plan: restorePlanSchema.parse(row.plan), reached: reachedSchema.nullable().parse(row.reached ?? null) }
}

/** When the shop last ran on a cluster before a job. The cluster's row tells that of the newest time only: an undo can be undone. */
async function findLeaving(db: Db, stanza: string, cluster: string, before: bigint): Promise<Date | null> {
  const job = await db.job.findFirst({
    where: { ...exchangesOf(stanza), status: 'SUCCEEDED', id: { lt: before }, result: { path: ['kept', 'id'], equals: cluster } },
    orderBy: { id: 'desc' },
  })
  return job && exchangedAt(toJobView(job, job.createdAt))
}
