import type { Rehearsal, RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { estimateOf } from '../estimate'

/** Milliseconds, by what past rehearsals here took; null where that is not known. An earlier moment takes that long at most. */
export type MoveEstimate = { way: 'later' | 'earlier'; ms: number | null }

/** Replay only goes forward: to an earlier moment what differs is restored, and replayed from the set on. */
export function moveEstimate(rehearsal: Pick<Rehearsal, 'plan'>, plan: RestorePlan, by: number, past: RestoreView['estimate']): MoveEstimate {
  const { plan: before } = rehearsal
  const isLater = by > 0 && plan.timeline === before.timeline
  if (!isLater) return { way: 'earlier', ms: estimateOf(plan, past)?.total ?? null }
  const further = plan.label === before.label ? Math.max(0, plan.segments - before.segments) : plan.segments
  const replay = past.replayRate === null ? null : (further / past.replayRate) * 1_000
  return { way: 'later', ms: replay === null || past.startMs === null ? null : past.startMs + replay }
}
