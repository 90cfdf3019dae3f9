/** From where on has to be counted what an exchange leaves behind and brings back. Null where that is not known. */
import { findComparison } from '@/lib/restore/comparison/data'
import type { Changes } from '@/lib/restore/exchange/changes/schema'
import { changesOf } from '@/lib/restore/exchange/rules'
import { readNotice } from '@/lib/restore/exchange/undo/data'
import type { Rehearsal, RestorePlan } from '@/lib/restore/schema'
import type { JobContext } from '../context'

export type Account = {
  /** What is counted on from */
  compared: Changes | null
  soldSince: Date
  /** What was deleted since the one moment and was there at the other comes back; null where nothing is known to */
  gone: { since: Date; thereAt: Date } | null
}

/** On from the last comparison; without one from the point itself. */
export async function accountOfSwitch(context: JobContext, { id, plan, reached }: Rehearsal): Promise<Account | null> {
  return orNone(context, async () => {
    const comparison = await findComparison(context.db, context.env.stanza, id)
    if (!comparison) return accountOfPlan(plan)
    const compared = changesOf(comparison)
    const point = plan.time ?? reached?.at
    // Sales that are told in rows cannot be added to.
    return compared.behind.sales && {
      compared, soldSince: compared.countedTo, gone: point ? { since: compared.comparedAt, thereAt: new Date(point) } : null,
    }
  })
}

export function accountOfPlan({ time, isOnLiveLineage }: RestorePlan): Account | null {
  if (time === null || !isOnLiveLineage) return null
  const point = new Date(time)
  return { compared: null, soldSince: point, gone: { since: point, thereAt: point } }
}

export async function accountOfUndo(context: JobContext, cluster: string): Promise<Account | null> {
  return orNone(context, async () => {
    const { wayBack } = await readNotice(context.db, context.env.stanza, new Date())
    return wayBack?.kept.id === cluster && wayBack.givesUpSince
      ? { compared: null, soldSince: wayBack.givesUpSince, gone: null }
      : null
  })
}

/** Figures are worth no exchange that fails. */
async function orNone(context: JobContext, find: () => Promise<Account | null>): Promise<Account | null> {
  return find().catch((error: unknown) => {
    context.remark(`what stays behind will not be counted: ${String(error)}`, 'warn')
    return null
  })
}
