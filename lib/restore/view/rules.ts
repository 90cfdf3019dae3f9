import { median } from '@/lib/policy/choices/rules'

/** What was done, and how long it took, milliseconds. */
export type Sample = { amount: number; ms: number }

/**
 * How long a task takes before it does anything, and what it does a second: the median of the slopes between any two
 * samples, so that one odd sample changes nothing. Where the samples are too alike to tell the two apart, all is pace.
 */
export function paceOf(samples: readonly Sample[]): { startMs: number; perSecond: number | null } {
  const measured = samples.filter(({ amount, ms }) => amount > 0 && ms > 0)
  const slopes = measured.flatMap((one, n) => measured.slice(n + 1).flatMap((other) =>
    isApart(one.amount, other.amount) ? [(other.ms - one.ms) / (other.amount - one.amount)] : []))
  const slope = median(slopes)
  const base = slope === null ? 0 : (median(measured.map(({ amount, ms }) => ms - slope * amount)) ?? 0)
  if (slope !== null && slope > 0 && base >= 0) return { startMs: base, perSecond: 1_000 / slope }
  return { startMs: 0, perSecond: median(measured.map(({ amount, ms }) => (amount / ms) * 1_000)) }
}

function isApart(a: number, b: number): boolean {
  return Math.max(a, b) >= 2 * Math.min(a, b)
}
