import { recordAudit } from '@/lib/audit/mutations'
import type { Actor } from '@/lib/audit/schema'
import type { Db, Tx } from '@/lib/db'
import { type Job, Prisma } from '@/lib/generated/prisma/client'
import { activeStatuses, isActive, laneOf } from './rules'
import { type EnqueueInput, enqueueInputSchema } from './schema'

/** The channel on which an enqueued job is announced; the payload is its lane and its stanza, with a space between. Only a hint. */
export const JOB_CHANNEL = 'salespider_job'

export type Enqueued = { job: Job; created: boolean }

/**
 * Puts a job into the queue: row, event 0, audit entry and NOTIFY in the caller's transaction.
 * With a dedupeKey that exists already, returns that job and `created: false`.
 */
export async function enqueueJob(tx: Tx, input: EnqueueInput): Promise<Enqueued> {
  const { stanza, request, actor, trigger, reason, retryOf, dedupeKey, expiresInSeconds } = enqueueInputSchema.parse(input)
  const data = {
    stanzaName: stanza,
    kind: request.kind,
    lane: laneOf(request.kind),
    request,
    trigger,
    reason: reason || null,
    actorKind: actor.kind,
    actorId: actor.kind === 'user' ? actor.id : null,
    actorName: actor.name,
    retryOf: retryOf ?? null,
    dedupeKey: dedupeKey ?? null,
    expiresAt: expiresInSeconds ? new Date(Date.now() + expiresInSeconds * 1000) : null,
  }
  // ON CONFLICT DO NOTHING: two schedulers may tick at once, and neither may break the other's transaction.
  const [created] = await tx.job.createManyAndReturn({ data: [data], skipDuplicates: true })
  if (!created) {
    const job = await tx.job.findFirstOrThrow({ where: { stanzaName: stanza, dedupeKey: dedupeKey ?? null } })
    return { job, created: false }
  }
  await tx.jobEvent.create({
    data: { jobId: created.id, seq: 0, at: created.createdAt, source: 'worker', level: 'info', message: queuedMessage(input) },
  })
  await recordAudit(tx, {
    action: 'job.enqueue', actor, target: request.kind, stanza, jobId: created.id, after: { request, trigger, reason: reason ?? null },
  })
  await tx.$executeRaw`SELECT pg_notify(${JOB_CHANNEL}, ${`${data.lane} ${stanza}`})`
  return { job: created, created: true }
}

/**
 * As enqueueJob, but never beside a job that asks for the same and has not ended: then that one, and `created: false`.
 * Two who ask at the same moment are served one after the other.
 */
export async function enqueueOnce(tx: Tx, input: EnqueueInput): Promise<Enqueued> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`enqueue ${input.stanza}`}, 0))`
  const same = await tx.job.findFirst({
    where: {
      stanzaName: input.stanza, status: { in: [...activeStatuses] }, request: { equals: input.request }, cancelRequestedAt: null,
    },
  })
  return same ? { job: same, created: false } : enqueueJob(tx, input)
}

/** Event 0 keeps the asker's own words beside pgBackRest's, in the log's language: English. */
function queuedMessage({ actor, trigger, reason }: EnqueueInput): string {
  return `queued by ${actor.name} (${trigger})${reason ? `: ${reason}` : ''}`
}

/** Makes sure the stanza has a row to hang jobs on. */
export async function ensureStanza(tx: Tx | Db, name: string): Promise<void> {
  await tx.stanza.createMany({ data: [{ name }], skipDuplicates: true })
}

export type CancelOutcome = 'cancelled' | 'requested' | 'already-requested' | 'already-ended' | 'unknown'

/** A queued job ends at once; a running one carries the wish to its worker, which stops pgBackRest and says so. */
export async function requestCancel(tx: Tx, jobId: bigint, actor: Actor): Promise<CancelOutcome> {
  const [job] = await tx.$queryRaw<{ status: Job['status']; stanza: string; cancelRequestedAt: Date | null }[]>`
    SELECT "status", "stanza", "cancelRequestedAt" FROM "job" WHERE "id" = ${jobId} FOR UPDATE`
  if (!job) return 'unknown'
  if (!isActive(job.status)) return 'already-ended'
  if (job.cancelRequestedAt) return 'already-requested'
  const now = new Date()
  const queued = job.status === 'QUEUED'
  await tx.job.update({
    where: { id: jobId },
    data: {
      cancelRequestedAt: now,
      cancelRequestedBy: actor.name,
      ...(queued && { status: 'CANCELLED', finishedAt: now, progress: Prisma.DbNull }),
    },
  })
  await recordAudit(tx, { action: 'job.cancel', actor, stanza: job.stanza, jobId, before: { status: job.status } })
  return queued ? 'cancelled' : 'requested'
}
