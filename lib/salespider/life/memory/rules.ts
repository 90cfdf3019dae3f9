/** What was read of the shop, kept for a while: it is asked for again and again, and the till comes first. */

export type Kept = { value: unknown; readAt: number; until: number }

const MOST = 64
const SECOND = 1_000
/** The past changes only when a sale is voided. */
const PAST_MS = 5 * 60 * SECOND
/** At most a twentieth of the time the shop works for us. */
const REST = 20

/** How long an answer holds: one about the past, and one that touches now. `took` in ms. */
export function holdsFor(isPast: boolean, took: number): number {
  return isPast ? PAST_MS : Math.max(2 * SECOND, REST * took)
}

/** What was used last stays, the rest is forgotten. */
export function keep<T>(kept: Map<string, T>, key: string, entry: T): void {
  kept.delete(key)
  kept.set(key, entry)
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) return
    kept.delete(oldest)
  }
}
