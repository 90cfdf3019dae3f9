import type { TimelineHistory } from '../lineage/rules'
import type { Base, StoredRange } from '../reach/rules'
import { parseLsn } from '../wal/rules'

/** Segments, with the last. */
export type Span = { first: bigint; last: bigint }

/** Joins what follows or overlaps; sorted. */
export function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const { first, last } of spans.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = all.at(-1)
    if (before && first <= before.last + 1n) before.last = last > before.last ? last : before.last
    else all.push({ first, last })
  }
  return all
}

/** What is known once a part has been looked at anew: there only what was found, elsewhere what was known. */
export function relooked(known: readonly Span[], part: Span, found: readonly Span[]): Span[] {
  const outside = known.flatMap(({ first, last }) => [
    { first, last: last < part.first ? last : part.first - 1n },
    { first: first > part.last ? first : part.last + 1n, last },
  ])
  return joined([...outside.filter(({ first, last }) => first <= last), ...found])
}

/** A piece of stored WAL that lies on one side of every fork, as positions: behind `from`, up to and with `to`. */
export type Piece = { timeline: number; from: bigint; to: bigint }

/** The stored WAL that sets lead to, cut where a timeline was left. */
export function piecesOf(ranges: readonly StoredRange[], timelines: readonly TimelineHistory[], bases: readonly Base[], segmentSize: number): Piece[] {
  const size = BigInt(segmentSize)
  const begin = bases.map(({ start }) => start * size).reduce<bigint | null>((least, next) => (least !== null && least < next ? least : next), null)
  if (begin === null) return []
  return [...new Set(ranges.map(({ timeline }) => timeline))].flatMap((timeline) => {
    const forks = timelines.flatMap(({ parents }) => parents.filter((parent) => parent.timeline === timeline).map(({ switchLsn }) => parseLsn(switchLsn)))
    return joined(ranges.filter((range) => range.timeline === timeline)).flatMap(({ first, last }) => {
      const [from, to] = [first * size > begin ? first * size : begin, (last + 1n) * size]
      const cuts = [...new Set([from, ...forks.filter((fork) => fork > from && fork < to), to])].toSorted((a, b) => (a < b ? -1 : 1))
      return cuts.slice(1).map((end, n) => ({ timeline, from: cuts[n] ?? from, to: end }))
    })
  }).filter(({ from, to }) => from < to)
}
