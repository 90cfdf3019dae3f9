/**
 * Terminology, pgBackRest's own. Retention counts *fulls*; retention of differentials counts differentials and fulls
 * together. What falls out of the count goes with all that builds on it, at the end of the next backup.
 */
import { nextTicks } from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'

export type KeptUntil = { at: Date; goesWith: 'full' | 'diff' | null }

/** How many sets newer than this one stand in its repository, as retention counts them. */
export type Age = {
  /** Fulls newer than the full it belongs to */
  fulls: number
  /** Fulls and differentials newer than the differential it is or builds on; null when there is none */
  fullsAndDiffs: number | null
}

/** When a set is about to be removed if nothing but the schedules makes backups; null when nothing says so. */
export function keptUntil(type: 'full' | 'diff' | 'incr', age: Age, policy: Policy, now: Date): KeptUntil | null {
  const { retention, schedules, timeZone } = policy
  const full = retention.full === null ? null : ticksAhead([schedules.full], timeZone, now, retention.full - age.fulls)
  const diff =
    retention.diff === null || age.fullsAndDiffs === null
      ? null
      : ticksAhead([schedules.full, schedules.diff], timeZone, now, retention.diff - age.fullsAndDiffs)
  if (diff && (!full || diff < full)) return { at: diff, goesWith: type === 'diff' ? null : 'diff' }
  return full && { at: full, goesWith: type === 'full' ? null : 'full' }
}

/** Beyond this, a date would be a guess about years from now. */
const MOST_TICKS = 400

/** The count-th tick of any of the schedules from now on; the next one for a set that is out of the count already. */
function ticksAhead(schedules: (string | null)[], timeZone: string, now: Date, count: number): Date | null {
  const wanted = Math.max(1, count)
  if (wanted > MOST_TICKS) return null
  const ticks = schedules.flatMap((cron) => (cron ? nextTicks(cron, timeZone, now, wanted) : [])).map((tick) => tick.getTime())
  const at = [...new Set(ticks)].toSorted((a, b) => a - b)[wanted - 1]
  return at === undefined ? null : new Date(at)
}
