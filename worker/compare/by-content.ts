/**
 * Compares a table that was written anew since, or is on another branch of history. Its rows are spread over buckets by their
 * key, and fingerprinted there. Buckets that differ are read in the order of the key, both sides beside each other, so that
 * the two halves of a pair come at about the same time.
 */
import type { Pairing } from './pairing'
import { type Differences, countRows, differingRanges, fingerprint } from './ranges'
import { type Sessions, bothSides, onBoth } from './sides'
import type { Statements } from './statements'

const BATCH = 5_000

type ReadRow = [place: string, content: string, ...key: string[]]

export async function fingerprintContents(statements: Statements, sessions: Sessions): Promise<Differences> {
  const prints = await onBoth(sessions, (session) => fingerprint(session, statements.buckets))
  const differing = differingRanges(prints.then, prints.now)
  return {
    rows: { then: countRows(prints.then), now: countRows(prints.now) },
    readInto: async (pairing) => {
      if (differing.length > 0) await readInto(pairing, statements, sessions, differing)
    },
  }
}

async function readInto(pairing: Pairing, statements: Statements, sessions: Sessions, buckets: number[]): Promise<void> {
  await onBoth(sessions, (session) => session.query(`DECLARE in_order NO SCROLL CURSOR FOR ${statements.ordered(buckets)}`))
  for (let isOver = false; !isOver; ) {
    const rows = await onBoth(sessions, (session) => session.query<ReadRow>(`FETCH ${BATCH} FROM in_order`))
    for (const side of bothSides) {
      for (const [place, content, ...key] of rows[side]) pairing.add(side, { key: key.join('\0'), place, content })
    }
    await pairing.settle()
    isOver = bothSides.every((side) => rows[side].length < BATCH)
  }
}
