/** How far the stored WAL leads: from a backup set along a lineage, segment by segment. */
import type { CatalogSet } from '@/lib/backups/schema'
import { type Lineage, type TimelineHistory, serves } from '../lineage/rules'
import { parseLsn, parseSegment, segmentOf } from '../wal/rules'

/** Segments that a repository holds without a gap, with the last. */
export type StoredRange = { repoKey: number; timeline: number; first: bigint; last: bigint }

export type RestorableSet = Pick<
  CatalogSet,
  'repoKey' | 'label' | 'prior' | 'error' | 'systemId' | 'archiveStart' | 'archiveStop' | 'lsnStop' | 'stoppedAt' | 'databaseSize'
>

/** What is known of the shop's cluster, of its sets (oldest first) and of its WAL in the repositories. */
export type WalFacts = {
  systemId: string
  /** The timeline that runs */
  live: number
  timelines: readonly TimelineHistory[]
  sets: readonly RestorableSet[]
  ranges: readonly StoredRange[]
  segmentSize: number
}

/** A set that can be restored by itself: whole, and the WAL it needs to be consistent is stored. */
export type Base = {
  set: RestorableSet
  timeline: number
  /** The segment that replay begins in, and the last one it needs to be consistent */
  start: bigint
  end: bigint
  /** Where it is consistent */
  stop: bigint
  /** The first moment it can be restored to: pgBackRest counts in seconds */
  from: Date
}

const SECOND = 1_000

export function basesOf({ sets, ranges, segmentSize }: Pick<WalFacts, 'sets' | 'ranges' | 'segmentSize'>): Base[] {
  const whole = new Set<string>()
  return sets.flatMap((set) => {
    if (set.prior && !whole.has(`${set.repoKey}/${set.prior}`)) return []
    whole.add(`${set.repoKey}/${set.label}`)
    const [start, end] = [parseSegment(set.archiveStart, segmentSize), parseSegment(set.archiveStop, segmentSize)]
    if (set.error || !start || !end) return []
    if (!hasAll(ranges, set.repoKey, start.timeline, start.number, end.number)) return []
    const stop = set.lsnStop === null ? (end.number + 1n) * BigInt(segmentSize) : parseLsn(set.lsnStop)
    const from = new Date(set.stoppedAt.getTime() + SECOND)
    return [{ set, timeline: start.timeline, start: start.number, end: end.number, stop, from }]
  })
}

/** pgBackRest ends no backup before its WAL has arrived: where nothing as new was looked for yet, that is its word. */
function hasAll(ranges: readonly StoredRange[], repoKey: number, timeline: number, first: bigint, last: bigint): boolean {
  const own = ranges.filter((range) => range.repoKey === repoKey && range.timeline === timeline)
  return own.some((range) => range.first <= first && range.last >= last) || own.every((range) => range.last < last)
}

export function servingBases(bases: readonly Base[], lineage: Lineage, systemId: string): Base[] {
  return bases.filter(({ set }) => serves(set, lineage, systemId))
}

/** The position up to which a base can be replayed along the lineage it serves. */
export function reachOf(base: Base, lineage: Lineage, { ranges, segmentSize }: Pick<WalFacts, 'ranges' | 'segmentSize'>): bigint {
  const own = ranges.filter(({ repoKey }) => repoKey === base.set.repoKey)
  const index = lineage.findIndex(({ timeline }) => timeline === base.timeline)
  return follow(lineage.slice(index), base.start, own, segmentSize) ?? 0n
}

/**
 * The segment in which a timeline was left exists twice: the newer timeline's begins with the older one's records. PostgreSQL
 * reads the newer one where it is there, else the older one, which leads to the fork at most. Null where not even `segment`
 * is stored.
 */
function follow(
  [stretch, ...newer]: Lineage, segment: bigint, ranges: readonly StoredRange[], segmentSize: number,
): bigint | null {
  if (!stretch) return null
  const last = lastWithoutGap(ranges, stretch.timeline, segment)
  const stored = last === null ? null : (last + 1n) * BigInt(segmentSize)
  if (stretch.to === null) return stored
  const fork = segmentOf(stretch.to, segmentSize)
  const isThere = fork <= segment || (last !== null && last >= fork - 1n)
  const beyond = isThere ? follow(newer, fork > segment ? fork : segment, ranges, segmentSize) : null
  return beyond ?? (stored !== null && stored > stretch.to ? stretch.to : stored)
}

function lastWithoutGap(ranges: readonly StoredRange[], timeline: number, segment: bigint): bigint | null {
  return ranges.find((range) => range.timeline === timeline && range.first <= segment && segment <= range.last)?.last ?? null
}

export type Hole = { timeline: number; first: bigint; last: bigint }

/** Segments on the way from `start` of the oldest stretch to the newest one stored that the ranges lack. */
export function holesOf(lineage: Lineage, start: bigint, ranges: readonly StoredRange[], segmentSize: number): Hole[] {
  const reached = lineage.findLastIndex(({ timeline }) => ranges.some((range) => range.timeline === timeline))
  return lineage.slice(0, reached + 1).flatMap((stretch, n) => {
    const own = ranges.filter(({ timeline }) => timeline === stretch.timeline).toSorted((a, b) => (a.first < b.first ? -1 : 1))
    const first = n === 0 ? start : segmentOf(stretch.from, segmentSize)
    const fork = stretch.to === null ? null : segmentOf(stretch.to, segmentSize)
    // The segment in which a timeline was left is the newer timeline's affair, unless that one is not stored yet.
    const last = n < reached ? (fork ?? 0n) - 1n : least(own.at(-1)?.last ?? 0n, fork)
    return holesBetween(stretch.timeline, first, last, own)
  })
}

function least(a: bigint, b: bigint | null): bigint {
  return b === null || a < b ? a : b
}

function holesBetween(timeline: number, first: bigint, last: bigint, ranges: readonly StoredRange[]): Hole[] {
  const holes: Hole[] = []
  let next = first
  for (const range of ranges) {
    if (range.first > next && next <= last) holes.push({ timeline, first: next, last: least(range.first - 1n, last) })
    if (range.last >= next) next = range.last + 1n
  }
  if (next <= last) holes.push({ timeline, first: next, last })
  return holes
}
