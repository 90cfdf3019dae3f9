import type { Actor } from '@/lib/audit/schema'
import type { Tx } from '@/lib/db'
import { enqueueJob } from '../mutations'
import { activeStatuses, canRetry } from '../rules'
import { jobRequestSchema } from '../schema'

export type RetryOutcome = { id: bigint } | 'unknown' | 'not-retryable'

/** Asks for the same again, as a new job that says which one it repeats. While that one is under way, it is the answer. */
export async function retryJob(tx: Tx, stanza: string, id: bigint, actor: Actor): Promise<RetryOutcome> {
  const job = await tx.job.findUnique({ where: { id } })
  if (job?.stanzaName !== stanza) return 'unknown'
  if (!canRetry(job)) return 'not-retryable'
  const underWay = await tx.job.findFirst({ where: { stanzaName: stanza, status: { in: [...activeStatuses] }, retryOf: id }, select: { id: true } })
  if (underWay) return underWay
  const { job: again } = await enqueueJob(tx, {
    stanza, request: jobRequestSchema.parse(job.request), actor, trigger: 'retry', reason: job.reason ?? undefined, retryOf: id,
  })
  return { id: again.id }
}
