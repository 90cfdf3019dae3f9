/** What of a table is fingerprinted together, by its blocks or otherwise, and what has to be read row by row. */
import type { Pairing } from './pairing'
import type { Session } from './session'
import type { OfBoth } from './sides'

/** Small enough that a changed row makes few others be read again */
const BLOCKS = 16
const MOST_RANGES = 16_384
/** Rows of that many blocks are held at once: at most some 30,000, usually 10,000 */
const READ_BLOCKS = 128

/** How many rows a range has, and what they are; by the range's number. */
export type Fingerprints = ReadonlyMap<number, { rows: number; hash: string }>
/** How many rows each side has, and what of them differs, row by row. */
export type Differences = { rows: OfBoth<number>; readInto(pairing: Pairing): Promise<void> }

export async function fingerprint(session: Session, sql: string): Promise<Fingerprints> {
  const rows = await session.query<[range: number, rows: number, hash: string]>(sql)
  return new Map(rows.map(([range, count, hash]) => [range, { rows: count, hash }]))
}

/** Blocks from `from` up to before `to`; null is the end of the table, wherever that is. */
export type Span = { from: number; to: number | null }

/** How many blocks make a range of a table of that size. */
export function blocksPerRange(blocks: number): number {
  return Math.max(BLOCKS, Math.ceil(blocks / MOST_RANGES))
}

export const countRows = (prints: Fingerprints) => [...prints.values()].reduce((sum, { rows }) => sum + rows, 0)

/** Numbers of the ranges that are not the same, ascending. */
export function differingRanges(then: Fingerprints, now: Fingerprints): number[] {
  const numbers = [...new Set([...then.keys(), ...now.keys()])]
  return numbers
    .filter((number) => then.get(number)?.hash !== now.get(number)?.hash || then.get(number)?.rows !== now.get(number)?.rows)
    .toSorted((a, b) => a - b)
}

/** What is read at once for those ranges: neighbours together, large ones in pieces. The last range has no end. */
export function spansOf(ranges: readonly number[], size: number, blocks: number): Span[] {
  const spans: Span[] = []
  for (const range of ranges) {
    const end = Math.min((range + 1) * size, Math.max(blocks, range * size + 1))
    for (let from = range * size; from < end; from += READ_BLOCKS) {
      const to = Math.min(from + READ_BLOCKS, end)
      const last = spans.at(-1)
      if (last && last.to === from && to - last.from <= READ_BLOCKS) last.to = to
      else spans.push({ from, to })
    }
  }
  return spans.map((span) => (span.to !== null && span.to >= blocks ? { ...span, to: null } : span))
}
