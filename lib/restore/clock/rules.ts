import type { TimelineHistory } from '../lineage/rules'
import type { Base, StoredRange } from '../reach/rules'
import { parseLsn } from '../wal/rules'

/** Segments, with the last. */
export type Span = { first: bigint; last: bigint }

/** Joins what follows or overlaps; sorted. */
export function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const { first, last } of spans.toSorted((a, b) => ascending(a.first, b.first))) {
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

/**
 * The stored WAL that sets lead to, cut where a timeline was left. What stands before a timeline's own beginning in its first
 * segment was written on the one before it.
 */
export function piecesOf(
  ranges: readonly StoredRange[], timelines: readonly TimelineHistory[], bases: readonly Base[], segmentSize: number,
): Piece[] {
  const size = BigInt(segmentSize)
  const [oldest] = bases.map(({ start }) => start).toSorted(ascending)
  if (oldest === undefined) return []
  const forks = timelines.flatMap(({ parents }) => parents).map(({ timeline, switchLsn }) => ({ timeline, at: parseLsn(switchLsn) }))
  return [...new Set(ranges.map(({ timeline }) => timeline))].flatMap((timeline) => {
    const born = timelines.find(({ id }) => id === timeline)?.parents.at(-1)?.switchLsn
    const own = new Set(forks.filter((fork) => fork.timeline === timeline).map(({ at }) => at))
    const spans = joined(ranges.filter((range) => range.timeline === timeline)).filter(({ last }) => last >= oldest)
    return spans.flatMap(({ first, last }) => {
      const [from, to] = [greatest((first > oldest ? first : oldest) * size, born ? parseLsn(born) : 0n), (last + 1n) * size]
      if (from >= to) return []
      const ends = [...[...own].filter((at) => at > from && at < to).toSorted(ascending), to]
      return ends.map((end, n) => ({ timeline, from: ends[n - 1] ?? from, to: end }))
    })
  })
}

function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : 1
}
