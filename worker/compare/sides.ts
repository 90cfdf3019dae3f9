/** Two databases at once. *Then* is the rehearsal, *now* the running shop. */
import { TimeIsUp, type Session } from './session'
import { DatabaseError } from 'pg'

export type Side = 'then' | 'now'
export const bothSides: readonly Side[] = ['then', 'now']
export const otherSide: Record<Side, Side> = { then: 'now', now: 'then' }

export type OfBoth<T> = Record<Side, T>
export type Sessions = OfBoth<Session>

/** Asks both at the same time, and fails only when neither is at work any more. */
export async function onBoth<T>(sessions: Sessions, read: (session: Session, side: Side) => Promise<T>): Promise<OfBoth<T>> {
  const [then, now] = await Promise.allSettled(bothSides.map((side) => read(sessions[side], side)))
  if (then?.status !== 'fulfilled') throw then?.reason
  if (now?.status !== 'fulfilled') throw now?.reason
  return { then: then.value, now: now.value }
}

export type Skipped = { why: 'timeout' | 'locked' | 'failed'; words: string }
export type Attempt<T> = { done: T } | { skipped: Skipped }

/**
 * Reads for at most `ms`, holding locks no longer than that. Returns why when a part cannot be read; throws when a
 * connection is lost, or the comparison was cancelled.
 */
export async function attempt<T>(sessions: Sessions, ms: number, read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { done: await sessions.then.within(ms, () => sessions.now.within(ms, read)) }
  } catch (error) {
    const why = whyOf(error)
    if (!why || sessions.now.signal.aborted) throw error
    return { skipped: { why, words: error instanceof Error ? error.message : String(error) } }
  }
}

const QUERY_CANCELED = '57014'
const LOCK_NOT_AVAILABLE = '55P03'

function whyOf(error: unknown): Skipped['why'] | null {
  if (error instanceof TimeIsUp) return 'timeout'
  if (!(error instanceof DatabaseError)) return null
  if (error.code === QUERY_CANCELED) return 'timeout'
  return error.code === LOCK_NOT_AVAILABLE ? 'locked' : 'failed'
}
