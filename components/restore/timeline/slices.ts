/** Slices put together: what was read in pieces is drawn as one. */
import type { Sale } from '@/lib/salespider/life/schema'
import type { Bar, EventGroup, SetMark, TimelineSlice } from '@/lib/restore/timeline/schema'

/** What pieces of one bin hold, each thing once, in order. */
export type Drawn = {
  /** Milliseconds */
  bin: number
  from: number
  to: number
  bars: Bar[]
  /** Every sale by itself; null where they are too many */
  sales: Sale[] | null
  events: EventGroup[]
  sets: SetMark[]
  points: TimelineSlice['points']
  segments: TimelineSlice['segments']
  reading: TimelineSlice['reading']
  /** Of the newest slice that was read at all */
  readAt: number | null
}

/** `slices` lie side by side, oldest first, and have one bin. */
export function drawnOf(slices: readonly TimelineSlice[]): Drawn | null {
  const [first, last] = [slices[0], slices.at(-1)]
  if (!first || !last) return null
  const isCounted = slices.some(({ bars, sales }) => bars.length > 0 && sales.length === 0)
  return {
    bin: first.bin * 1_000, from: first.from, to: last.to,
    bars: unique(slices.flatMap(({ bars }) => bars), ([at]) => at, ([at]) => at),
    sales: isCounted ? null : unique(slices.flatMap(({ sales }) => sales), ({ id }) => id, ({ at }) => at.getTime()),
    events: unique(slices.flatMap(({ events }) => events), ({ first: { id } }) => id, ({ at }) => at),
    sets: unique(slices.flatMap(({ sets }) => sets), ({ repo, label }) => `${repo}/${label}`, ({ at }) => at),
    points: unique(slices.flatMap(({ points }) => points), ({ timeline, name }) => `${timeline}/${name}`, ({ at }) => at),
    segments: joinedSegments(slices.flatMap(({ segments }) => segments)),
    reading: slices.find(({ reading }) => reading !== 'ok')?.reading ?? 'ok',
    readAt: slices.findLast(({ readAt }) => readAt !== null)?.readAt ?? null,
  }
}

/** A segment may go on from one slice to the next. */
function joinedSegments(all: TimelineSlice['segments']): TimelineSlice['segments'] {
  const names = new Map<string, Set<number>>()
  for (const { name, marks } of all) names.set(name, new Set([...(names.get(name) ?? []), ...marks]))
  return [...names].map(([name, marks]) => ({ name, marks: [...marks].toSorted((a, b) => a - b) }))
    .toSorted((a, b) => (a.marks[0] ?? 0) - (b.marks[0] ?? 0))
}

function unique<T>(all: readonly T[], keyOf: (one: T) => string | number, timeOf: (one: T) => number): T[] {
  const kept = new Map(all.map((one) => [keyOf(one), one]))
  return [...kept.values()].toSorted((a, b) => timeOf(a) - timeOf(b))
}
