/** The words of flags: each keeps its time, beside it as many words as fit, and none across another. */
import type { Layout } from './layout'
import { type EventMark, FLAG_AIR, FLAG_SIZE, ROWS, type StampOf, leftOf, rightOf, stampedExtent } from './marks'
import { textWidth } from './scale'

/** `words`: empty where only its time has room */
export type Flag = { mark: EventMark; stamp: string; words: string; isFlipped: boolean }

/** Words that are cut still have to say something. */
const LEAST_PX = 60

type Extent = readonly [from: number, to: number]
/** `wordsOf`: the longest first */
type FlagTexts = { stampOf: StampOf; wordsOf: (mark: EventMark) => readonly string[] }

/** Deletions have their words first. Words are not written across `line`, where the moment is; a time alone stands over it. */
export function placedFlags(
  marks: readonly EventMark[], { left, width }: Layout, line: number | null, { stampOf, wordsOf }: FlagTexts,
): Flag[] {
  const taken = new Map(marks.map((mark): [EventMark, Extent] => [mark, stampedExtent(mark, stampOf(mark), width)]))
  const rows = Array.from({ length: ROWS }, (_, row) => marks.filter((mark) => mark.row === row))
  return marks.toSorted((a, b) => b.deletions - a.deletions).map((mark) => {
    const [stamp, from, to] = [stampOf(mark), leftOf(mark), rightOf(mark)]
    const spots = (rows[mark.row] ?? []).filter((other) => other !== mark).map((other) => taken.get(other) ?? [0, 0] as const)
    if (line !== null) spots.push([line, line])
    const right = Math.min(width, ...spots.filter(([start]) => start >= to).map(([start]) => start)) - to - 2 * FLAG_AIR
    const ended = spots.filter(([, end]) => end <= from).map(([, end]) => end)
    const before = from - Math.max(left - FLAG_AIR, ...ended) - 2 * FLAG_AIR
    const fit = fittingWords({ right, before }, stamp, wordsOf(mark))
    if (!fit) return { mark, stamp, words: '', isFlipped: (taken.get(mark)?.[0] ?? from) < from }
    const needed = FLAG_AIR + widthOf(stamp, fit.words)
    taken.set(mark, fit.isFlipped ? [from - needed, to] : [from, to + needed])
    return { mark, stamp, ...fit }
  })
}

/** Beside the time right of the flag, else left of it; the last of them cut, where none has room. */
export function fittingWords({ right, before }: { right: number; before: number }, stamp: string, candidates: readonly string[]) {
  for (const words of candidates) {
    const needed = widthOf(stamp, words)
    if (needed <= right || needed <= before) return { words, isFlipped: needed > right }
  }
  const [shortest, room] = [candidates.at(-1), Math.max(right, before)]
  if (!shortest || room - widthOf(stamp, '') < LEAST_PX) return null
  let words = `${shortest}…`
  while (words.length > 1 && widthOf(stamp, words) > room) words = `${words.slice(0, -2).trimEnd()}…`
  return { words, isFlipped: before > right }
}

function widthOf(stamp: string, words: string): number {
  return textWidth(`${stamp}  `, FLAG_SIZE) + textWidth(words, FLAG_SIZE)
}
