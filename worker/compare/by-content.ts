/**
 * Compares a table that was written anew since, or is on another branch of history: all rows of both sides are read in the
 * order of their key, side by side, so that the two halves of a pair come at about the same time.
 */
import type { Pairing } from './pairing'
import { type OfBoth, type Sessions, bothSides, onBoth } from './sides'
import type { Statements } from './statements'

const BATCH = 5_000

type ReadRow = [place: string, content: string, ...key: string[]]

/** How many rows each side has. */
export async function readBothInto(pairing: Pairing, statements: Statements, sessions: Sessions): Promise<OfBoth<number>> {
  const counts = { then: 0, now: 0 }
  await onBoth(sessions, (session) => session.query(`DECLARE in_order NO SCROLL CURSOR FOR ${statements.ordered}`))
  for (let isOver = false; !isOver; ) {
    const rows = await onBoth(sessions, (session) => session.query<ReadRow>(`FETCH ${BATCH} FROM in_order`))
    for (const side of bothSides) {
      counts[side] += rows[side].length
      for (const [place, content, ...key] of rows[side]) pairing.add(side, { key: key.join('\0'), place, content })
    }
    await pairing.settle()
    isOver = bothSides.every((side) => rows[side].length < BATCH)
  }
  return counts
}
