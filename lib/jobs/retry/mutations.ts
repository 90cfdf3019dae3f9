import type { Actor } from '@/lib/audit/schema'
import type { Tx } from '@/lib/db'
import { enqueueOnce } from '../mutations'
import { canRetry } from '../rules'
import { type JobKind, jobRequestSchema } from '../schema'

export type RetryOutcome = { id: bigint } | 'unknown' | 'not-retryable' | 'forbidden'

/** Asks for the same again, as a new job that names the one it repeats. Where the same is under way, that is the answer. */
export async function retryJob(
  tx: Tx, stanza: string, id: bigint, actor: Actor, mayAskFor: (kind: JobKind) => boolean,
): Promise<RetryOutcome> {
  const job = await tx.job.findUnique({ where: { id } })
  if (job?.stanzaName !== stanza) return 'unknown'
  const request = jobRequestSchema.parse(job.request)
  if (!canRetry({ kind: request.kind, status: job.status })) return 'not-retryable'
  if (!mayAskFor(request.kind)) return 'forbidden'
  const again = await enqueueOnce(tx, { stanza, request, actor, trigger: 'retry', reason: job.reason ?? undefined, retryOf: id })
  return { id: again.job.id }
}
