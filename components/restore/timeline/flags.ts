/** The words of flags: as many as fit beside each, and none across another. */
import type { Layout } from './layout'
import { type EventMark, ROWS, leftOf, rightOf } from './marks'
import { textWidth } from './scale'

export type FlagWords = { stamp: string; words: string }
export type Flag = { mark: EventMark; words: FlagWords | null; isFlipped: boolean }

const SIZE = 13
/** Between a flag and its words, and between them and what stands beside */
export const FLAG_AIR = 6
/** Words that are cut still have to say something. */
const LEAST_PX = 60

type Extent = readonly [from: number, to: number]

/** Deletions have their words first. Nothing is written across `line`, where the moment is. `candidatesOf`: the longest first. */
export function placedFlags(
  marks: readonly EventMark[], { left, width }: Layout, line: number | null,
  candidatesOf: (mark: EventMark) => readonly FlagWords[],
): Flag[] {
  const taken = Array.from({ length: ROWS }, (_, row): Extent[] => [
    ...(line === null ? [] : [[line, line] as const]),
    ...marks.filter((mark) => mark.row === row).map((mark) => [leftOf(mark), rightOf(mark)] as const),
  ])
  return marks.toSorted((a, b) => b.deletions - a.deletions).map((mark) => {
    const [spots, from, to] = [taken[mark.row] ?? [], leftOf(mark), rightOf(mark)]
    const right = Math.min(width, ...spots.filter(([start]) => start >= to).map(([start]) => start)) - to - 2 * FLAG_AIR
    const ended = spots.filter(([, end]) => end <= from).map(([, end]) => end)
    const before = from - Math.max(left - FLAG_AIR, ...ended) - 2 * FLAG_AIR
    const fit = fittingWords({ right, before }, candidatesOf(mark))
    if (!fit) return { mark, words: null, isFlipped: false }
    const { isFlipped, ...words } = fit
    spots.push(isFlipped ? [from - FLAG_AIR - widthOf(words), from] : [to, to + FLAG_AIR + widthOf(words)])
    return { mark, words, isFlipped }
  })
}

/** Right of the flag, else left of it; the last of them cut, where none has room. */
export function fittingWords({ right, before }: { right: number; before: number }, candidates: readonly FlagWords[]) {
  for (const candidate of candidates) {
    const needed = widthOf(candidate)
    if (needed <= right || needed <= before) return { ...candidate, isFlipped: needed > right }
  }
  const [shortest, room] = [candidates.at(-1), Math.max(right, before)]
  if (!shortest || room < LEAST_PX) return null
  let words = `${shortest.words}…`
  while (widthOf({ ...shortest, words }) > room) words = `${words.slice(0, -2).trimEnd()}…`
  return { ...shortest, words, isFlipped: before > right }
}

function widthOf({ stamp, words }: FlagWords): number {
  return textWidth(stamp ? `${stamp}  ${words}` : words, SIZE)
}
