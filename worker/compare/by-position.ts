/**
 * Compares a table that is the same file on both sides. The rehearsal is a physical copy: a row that nobody touched has kept
 * its place and the transaction that wrote it, so both sides need only be fingerprinted, and what differs is read.
 */
import type { Pairing } from './pairing'
import { type Differences, blocksPerRange, countRows, differingRanges, fingerprint, spansOf } from './ranges'
import { type OfBoth, type Sessions, bothSides, onBoth, otherSide } from './sides'
import type { Statements } from './statements'

export async function fingerprintPlaces(statements: Statements, sessions: Sessions): Promise<Differences> {
  const sizes = await onBoth(sessions, (session) => session.query<[number]>(statements.blocks, [statements.quoted]))
  const blocks = Math.max(sizes.then[0]?.[0] ?? 0, sizes.now[0]?.[0] ?? 0)
  const size = blocksPerRange(blocks)
  const sql = statements.places(size, Math.ceil(blocks / size) + 1)
  const prints = await onBoth(sessions, (session) => fingerprint(session, sql))
  const spans = spansOf(differingRanges(prints.then, prints.now), size, blocks)
  return {
    rows: { then: countRows(prints.then), now: countRows(prints.now) },
    async readInto(pairing) {
      for (const { from, to } of spans) {
        const stretch = [`(${from},0)`, `(${to ?? LAST_BLOCK},0)`]
        const rows = await onBoth(sessions, (session) => session.query<ReadRow>(statements.stretch, stretch))
        for (const side of bothSides) addOnly(pairing, rows, side, statements)
        await pairing.settle()
      }
    },
  }
}

const LAST_BLOCK = 2 ** 32 - 1
type ReadRow = [place: string, transaction: string, ...key: string[]]

function addOnly(pairing: Pairing, rows: OfBoth<ReadRow[]>, side: keyof typeof rows, { isKeyed }: Statements): void {
  const others = new Map(rows[otherSide[side]].map(([place, transaction]) => [place, transaction]))
  for (const [place, transaction, ...parts] of rows[side]) {
    if (others.get(place) === transaction) continue
    const key = parts.join('\0')
    pairing.add(side, { key, place, ...(!isKeyed && { content: key }) })
  }
}
