/** Which bins a view has, and in what pieces its slices are asked for, so that the neighbours are there before they are seen. */
import { fromWallClock } from '@/lib/format/zone'
import { binSeconds } from '@/lib/restore/timeline/schema'
import type { Span } from './scale'
import { wallOf } from './ticks'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const NARROWEST_PX = 5

/** Milliseconds of the smallest bin that is five pixels or wider. */
export function binOf(msPerPx: number): number {
  const widest = binSeconds[binSeconds.length - 1] ?? 0
  return (binSeconds.find((seconds) => (seconds * SECOND) / msPerPx >= NARROWEST_PX) ?? widest) * SECOND
}

/** How long a piece is: between 120 and 200 bins. Single sales come in two hours at most, segments in one, and events by days in 130 of them. */
const pieces = new Map<number, number>([
  [10 * SECOND, 30 * MINUTE], [30 * SECOND, HOUR], [MINUTE, 2 * HOUR], [2 * MINUTE, 6 * HOUR], [5 * MINUTE, 12 * HOUR],
  [10 * MINUTE, DAY], [20 * MINUTE, 2 * DAY], [30 * MINUTE, 4 * DAY], [HOUR, 7 * DAY], [2 * HOUR, 14 * DAY], [4 * HOUR, 28 * DAY],
  [DAY, 126 * DAY], [7 * DAY, 1_176 * DAY],
])

/** A slice to ask for: `bars` makes the server choose `bin`. */
export type Piece = Span & { bin: number; bars: number }

/** Pieces begin on the wall clock, as bins do. */
function pieceAt(at: number, bin: number, zone: string): Piece {
  const length = pieces.get(bin) ?? bin
  const wall = Math.floor(wallOf(at, zone) / length) * length
  const [from = wall] = fromWallClock(wall, zone)
  const to = fromWallClock(wall + length, zone).at(-1) ?? wall + length
  return { from, to, bin, bars: Math.ceil((to - from) / bin) + 2 }
}

export type Pieces = { seen: Piece[]; beside: Piece[] }

/** What the view lies in, and one more on either side. */
export function piecesOf(view: Span, bin: number, zone: string): Pieces {
  const seen = [pieceAt(view.from, bin, zone)]
  for (let last = seen[0]; last && last.to < view.to; last = seen.at(-1)) seen.push(pieceAt(last.to, bin, zone))
  const [first, last] = [seen[0], seen.at(-1)]
  const beside = first && last ? [pieceAt(first.from - 1, bin, zone), pieceAt(last.to, bin, zone)] : []
  return { seen, beside }
}

/** The same pieces while the view lies in them and needs all of them: the wall clock is asked only where it has left them. */
export function keptPieces(pieces: Pieces, view: Span, bin: number, zone: string): Pieces {
  const [first, last] = [pieces.seen[0], pieces.seen.at(-1)]
  const isWithin = first && last && first.bin === bin && view.from >= first.from && view.to <= last.to
  const needsAll = isWithin && view.from < first.to && (first === last || view.to > last.from)
  return needsAll ? pieces : piecesOf(view, bin, zone)
}

/** A day's or a week's bin ends at midnight, whatever the clocks do in between. */
export function binEnd(start: number, bin: number, zone: string): number {
  if (bin < DAY) return start + bin
  return fromWallClock(wallOf(start, zone) + bin, zone)[0] ?? start + bin
}
