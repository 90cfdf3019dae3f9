/** Bins, marks and branches of the restore timeline: pure. Instants are epoch milliseconds. */
import { fromWallClock, toWallClock } from '@/lib/format/zone'
import type { Around } from '@/lib/salespider/life/schema'
import { lineageOf, serves } from '../lineage/rules'
import { type WalFacts, basesOf } from '../reach/rules'
import { timelineOfWal } from '../wal/rules'
import { type MomentView, type SetMark, binSeconds } from './schema'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** Weeks begin on Monday, the epoch began on a Thursday. */
const FIRST_MONDAY = 4 * DAY

/** A view, in whole bins: the starts of its bins in order, and the end of the last. */
export type Bins = { bin: number; edges: number[] }

/** With the smallest bin of which the view has at most `most`; of weeks it may have more. `bin` in seconds. */
export function binsOf({ from, to }: { from: number; to: number }, most: number, zone: string): Bins {
  for (const bin of binSeconds) {
    const isLast = bin === binSeconds.at(-1)
    if (!isLast && (to - from) / (bin * SECOND) > most + 1) continue
    const edges = edgesOf(from, to, bin * SECOND, zone)
    if (isLast || edges.length - 1 <= most) return { bin, edges }
  }
  throw new RangeError('no bin')
}

/**
 * From the bin that holds `from` to the one that holds the last moment before `to`. All begin at the shop's midnight: up to an
 * hour they are counted from there in time that passes, above on the shop's clock, so that they stand at 2, 4, 6 whatever it does.
 */
export function edgesOf(from: number, to: number, size: number, zone: string): number[] {
  return size <= HOUR ? elapsedEdges(from, to, size, zone) : clockEdges(from, to, size, zone)
}

function elapsedEdges(from: number, to: number, size: number, zone: string): number[] {
  const { midnight, next: end } = dayOf(from, zone)
  let next = end
  const edges = [midnight + Math.floor((from - midnight) / size) * size]
  for (let edge = edges[0] ?? from; edge < to; edges.push(edge)) {
    edge = Math.min(edge + size, next)
    if (edge === next) next = dayOf(next, zone).next
  }
  return edges
}

/** The midnights before and after a moment. */
function dayOf(instant: number, zone: string): { midnight: number; next: number } {
  const [midnight = instant, next = instant + DAY] = clockEdges(instant, instant + 1, DAY, zone)
  return { midnight, next }
}

function clockEdges(from: number, to: number, size: number, zone: string): number[] {
  const origin = size === WEEK ? FIRST_MONDAY : 0
  const at = (bin: number) => fromWallClock(origin + bin * size, zone)[0] ?? from
  let bin = Math.floor((toWallClock(new Date(from), zone).getTime() - origin) / size)
  const edges = [at(bin)]
  for (let edge = edges[0] ?? from; edge < to; edges.push(edge)) edge = at((bin += 1))
  return edges
}

const BLOCK = 13 * WEEK

/** The edges of days in blocks of a season, which are the same tomorrow: each begins with the edge that ends the one before. */
export function blocksOf(edges: readonly number[]): number[][] {
  const blockOf = (edge: number) => Math.floor(edge / BLOCK)
  const blocks: number[][] = []
  edges.slice(0, -1).forEach((edge, n) => {
    const [block, next = edge] = [blocks.at(-1), edges[n + 1]]
    if (block && blockOf(edge) === blockOf(block[0] ?? edge)) block.push(next)
    else blocks.push([edge, next])
  })
  return blocks
}

type Binned = { at: number; count: number; takings: number }

/** Smaller bins in larger ones, which begin where some of the smaller do. */
export function sumInto(edges: readonly number[], bins: readonly Binned[]): Binned[] {
  const sums = new Map<number, Binned>()
  let n = 0
  for (const { at, count, takings } of bins) {
    while ((edges[n + 1] ?? Infinity) <= at) n += 1
    const edge = edges[n]
    if (edge === undefined || at < edge || n === edges.length - 1) continue
    const sum = sums.get(edge) ?? { at: edge, count: 0, takings: 0 }
    sums.set(edge, { at: edge, count: sum.count + count, takings: Math.round((sum.takings + takings) * 100) / 100 })
  }
  return [...sums.values()]
}

const fullness = ['incr', 'diff', 'full'] as const
export type Marked = Omit<SetMark, 'count'>

/** Many sets fall on one place of a wide view: the fullest of them stands for all, of two alike one that can be used, then the newest. */
export function thinnedSets(sets: readonly Marked[], { from, to }: { from: number; to: number }, places: number): SetMark[] {
  const marks = new Map<number, SetMark>()
  for (const set of sets) {
    if (set.at < from || set.at >= to) continue
    const place = Math.floor(((set.at - from) / (to - from)) * places)
    const there = marks.get(place)
    const stands = there && !isRather(set, there) ? there : set
    marks.set(place, { ...stands, count: (there?.count ?? 0) + 1 })
  }
  return [...marks.values()].toSorted((a, b) => a.at - b.at)
}

function isRather(set: Marked, than: Marked): boolean {
  const ranks = [
    [fullness.indexOf(set.type), fullness.indexOf(than.type)], [Number(set.isUsable), Number(than.isUsable)], [set.at, than.at],
  ]
  const [a = 0, b = 0] = ranks.find(([own, other]) => own !== other) ?? []
  return a > b
}

/** Every set that stands in a repository, whether or not it leads to the running shop. */
export function marksOf(facts: WalFacts): Marked[] {
  const live = lineageOf(facts.live, facts.timelines) ?? []
  const usable = new Set(basesOf(facts).map(({ set }) => set))
  return facts.sets.map((set) => ({
    repo: set.repoKey, label: set.label, type: typeOf(set.label), at: set.stoppedAt.getTime(), timeline: timelineOfWal(set.archiveStart),
    isOnLiveLineage: serves(set, live, facts.systemId), isUsable: usable.has(set),
  }))
}

/** pgBackRest ends a label with the letter of its type. */
function typeOf(label: string): SetMark['type'] {
  return label.endsWith('D') ? 'diff' : label.endsWith('I') ? 'incr' : 'full'
}

type Thing = MomentView['before'][number]

/** Sales and events as one row of things, in order of time. */
export function aroundOf(around: Around | null, before: number, after: number): Pick<MomentView, 'before' | 'after'> {
  const merged = (side: 'before' | 'after'): Thing[] => {
    const sales = around?.sales[side].map((sale): Thing => ({ type: 'sale', sale })) ?? []
    const events = around?.events[side].map((event): Thing => ({ type: 'event', event })) ?? []
    return [...sales, ...events].toSorted((a, b) => timeOf(a) - timeOf(b))
  }
  return { before: merged('before').slice(-before), after: merged('after').slice(0, after) }
}

function timeOf(thing: Thing): number {
  return (thing.type === 'sale' ? thing.sale.at : thing.event.at).getTime()
}
