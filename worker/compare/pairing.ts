/**
 * Finds out what became of the rows that differ. A row of one side is paired with the other side's row of the same key, as
 * soon as both were seen; what waits too long for its pair is looked up. So every answer is final, and memory is bounded.
 */
import type { Statements } from './statements'
import { type Sessions, type Side, bothSides, onBoth, otherSide } from './sides'

/** A row by its place; `content` when it is known already. */
export type Candidate = { key: string; place: string; content?: string }
export type Changed = { key: string; then: string; now: string }

export type Found = {
  /** Rows that only that side has: lost where it is now, back where it is then */
  single(side: Side, rows: Candidate[]): Promise<void>
  changed(rows: Changed[]): Promise<void>
}

export type Pairing = ReturnType<typeof openPairing>

const BATCH = 1_000
/** Rows waiting for their pair before they are looked up */
const WAITING = 25_000
/** Without a key nothing can be looked up: then this many may wait */
const MOST_WAITING = 200_000

/** More rows differ than can be told apart. */
export class TooMany extends Error {}

export function openPairing(statements: Statements, sessions: Sessions, found: Found) {
  const waiting: Record<Side, Map<string, Candidate[]>> = { then: new Map(), now: new Map() }
  let count = 0
  let unverified: Changed[] = []
  let changed: Changed[] = []

  function add(side: Side, candidate: Candidate): void {
    const other = take(otherSide[side], candidate.key)
    if (!other) return hold(side, candidate)
    const [then, now] = side === 'then' ? [candidate, other] : [other, candidate]
    const pair = { key: then.key, then: then.place, now: now.place }
    if (then.content === undefined || now.content === undefined) unverified.push(pair)
    else if (then.content !== now.content) changed.push(pair)
  }

  function hold(side: Side, candidate: Candidate): void {
    count += 1
    const held = waiting[side].get(candidate.key)
    if (held) held.push(candidate)
    else waiting[side].set(candidate.key, [candidate])
  }

  function take(side: Side, key: string): Candidate | undefined {
    const held = waiting[side].get(key)
    const taken = held?.pop()
    if (held?.length === 0) waiting[side].delete(key)
    if (taken) count -= 1
    return taken
  }

  async function verify(least: number): Promise<void> {
    while (unverified.length >= least) {
      const batch = unverified.slice(0, BATCH)
      unverified = unverified.slice(BATCH)
      const contents = await onBoth(sessions, async (session, side) =>
        new Map(await session.query<[string, string]>(statements.contents, [batch.map((pair) => pair[side])])))
      changed.push(...batch.filter((pair) => contents.then.get(pair.then) !== contents.now.get(pair.now)))
    }
  }

  async function deliver(least: number): Promise<void> {
    if (changed.length < least) return
    const batch = changed
    changed = []
    await found.changed(batch)
  }

  /** Ends the waiting of all rows of a side. */
  async function release(side: Side): Promise<void> {
    const rows = [...waiting[side].values()].flat()
    waiting[side] = new Map()
    count -= rows.length
    for (let first = 0; first < rows.length; first += BATCH) {
      const batch = rows.slice(first, first + BATCH)
      const places = statements.isKeyed ? await lookUp(otherSide[side], batch) : new Map<Candidate, string>()
      const single = batch.filter((row) => !places.has(row))
      if (single.length > 0) await found.single(side, single)
      // The pair is told once: from the side of then, where its other half is, or was, waiting as well.
      if (side === 'then') unverified.push(...[...places].map(([row, now]) => ({ key: row.key, then: row.place, now })))
      await verify(BATCH)
    }
  }

  async function lookUp(side: Side, rows: Candidate[]): Promise<Map<Candidate, string>> {
    const keys = rows.map(({ key }) => key.split('\0'))
    const columns = (keys[0] ?? []).map((_, n) => keys.map((key) => key[n]))
    const answers = await sessions[side].query<[number, string]>(statements.find, columns)
    return new Map(answers.flatMap(([n, place]): [Candidate, string][] => {
      const row = rows[n - 1]
      return row ? [[row, place]] : []
    }))
  }

  return {
    add,
    /** To be called after every few thousand rows. Throws TooMany. */
    async settle(): Promise<void> {
      await verify(BATCH)
      await deliver(BATCH)
      if (!statements.isKeyed && count > MOST_WAITING) throw new TooMany()
      if (statements.isKeyed && count > WAITING) for (const side of bothSides) await release(side)
    },
    /** When all rows were added, or no more will be. */
    async finish(): Promise<void> {
      for (const side of bothSides) await release(side)
      await verify(1)
      await deliver(1)
    },
  }
}
