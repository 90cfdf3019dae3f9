import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'

/** Milliseconds, from the medians of past rehearsals on this machine; null before the first. */
export type Estimate = { copy: number; replay: number; total: number; samples: number }

export function estimateOf(
  { databaseSize, segments }: Pick<RestorePlan, 'databaseSize' | 'segments'>,
  { restoreRate, replayRate, samples }: RestoreView['estimate'],
): Estimate | null {
  if (restoreRate === null) return null
  const copy = (databaseSize / restoreRate) * 1_000
  const replay = replayRate === null ? 0 : (segments / replayRate) * 1_000
  return { copy, replay, total: copy + replay, samples }
}
