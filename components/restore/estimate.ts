import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'

/** Milliseconds of each phase, by past rehearsals on this machine. */
export type Estimate = { copy: number; start: number; replay: number; check: number; total: number; samples: number }

/** Below this the median is one machine's mood: it is told as "about". */
export const TELLING_SAMPLES = 5

/** Null before the first rehearsal; nothing is made up. */
export function estimateOf(
  { databaseSize, segments }: Pick<RestorePlan, 'databaseSize' | 'segments'>,
  { restoreRate, replayRate, startMs, checkMs, samples }: RestoreView['estimate'],
): Estimate | null {
  if (restoreRate === null) return null
  const parts = {
    copy: (databaseSize / restoreRate) * 1_000,
    start: startMs ?? 0,
    replay: replayRate === null ? 0 : (segments / replayRate) * 1_000,
    check: checkMs ?? 0,
  }
  return { ...parts, total: parts.copy + parts.start + parts.replay + parts.check, samples }
}
