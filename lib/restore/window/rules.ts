/** What can be restored now, told in times. */
import type { ClockReader, Mark } from '../clock/schema'
import { type Lineage, isOn, lineageOf, withAncestors } from '../lineage/rules'
import { type Base, type WalFacts, basesOf, holesOf, reachOf, servingBases } from '../reach/rules'
import type { Gap, RecoveryWindow } from '../schema'
import { formatLsn, segmentName } from '../wal/rules'

/** Moments that one repository's sets and a WAL without a gap lead to; `last` is the newest mark in it. */
type Interval = { repoKey: number; from: Date; reach: bigint; last: Mark | null }
type Branch = { timeline: number; lineage: Lineage; bases: Base[]; intervals: Interval[] }

const SECOND = 1_000

/** The live lineage first, then the dead branches of which something is left, newest first. */
export async function windowsOf(facts: WalFacts, clock: ClockReader, now: Date): Promise<RecoveryWindow[]> {
  const branches = await branchesOf(facts, clock)
  return Promise.all(branches.map((branch) => toWindow(branch, facts, clock, now)))
}

/** Every gap of every repository, on whatever branch it lies; one that two branches share is told once. */
export async function gapsOf(facts: WalFacts, clock: ClockReader): Promise<Gap[]> {
  const branches = await branchesOf(facts, clock)
  const repos = [...new Set(facts.ranges.map(({ repoKey }) => repoKey))]
  const gaps = await Promise.all(branches.flatMap((branch) => repos.map((repo) => listGaps(branch, repo, facts, clock))))
  return [...new Map(gaps.flat().map((gap) => [`${gap.repo} ${gap.first}`, gap])).values()]
}

async function branchesOf(facts: WalFacts, clock: ClockReader): Promise<Branch[]> {
  const all = basesOf(facts)
  const live = lineageOf(facts.live, facts.timelines) ?? []
  const timelines = withAncestors(facts.timelines).map(({ id }) => id).filter((id) => id !== facts.live)
  const branches = await Promise.all([facts.live, ...timelines.toReversed()].map(async (timeline): Promise<Branch | null> => {
    const lineage = lineageOf(timeline, withAncestors(facts.timelines)) ?? []
    const bases = servingBases(all, lineage, facts.systemId)
    const intervals = await intervalsOf(bases, lineage, facts, clock)
    const isDead = intervals.some(({ last }) => last && last.timeline === timeline && !isOn(live, last))
    return timeline === facts.live || isDead ? { timeline, lineage, bases, intervals } : null
  }))
  return branches.filter((branch) => branch !== null)
}

/** Sets from which the same WAL leads to the same end belong together. Oldest first. */
async function intervalsOf(bases: readonly Base[], lineage: Lineage, facts: WalFacts, clock: ClockReader): Promise<Interval[]> {
  const groups = new Map<string, Omit<Interval, 'last'>>()
  for (const base of bases) {
    const { repoKey } = base.set
    const reach = reachOf(base, lineage, facts)
    // Oldest first: where one is there already, it begins earlier.
    if (!groups.has(`${repoKey} ${reach}`)) groups.set(`${repoKey} ${reach}`, { repoKey, from: base.from, reach })
  }
  const found = [...groups.values()].toSorted((a, b) => (a.reach < b.reach ? -1 : 1))
  const marks = await clock.lastUpTo(lineage, found.map(({ reach }) => reach))
  return found.map((interval, n) => {
    const last = marks[n] ?? null
    return { ...interval, last: last && last.at >= interval.from ? last : null }
  })
}

async function toWindow(branch: Branch, facts: WalFacts, clock: ClockReader, now: Date): Promise<RecoveryWindow> {
  const { timeline, bases, intervals } = branch
  const isLive = timeline === facts.live
  const newest = intervals.reduce<Interval | null>((best, next) => (isFurther(next, best) ? next : best), null)
  const repo = newest?.repoKey ?? bases.at(-1)?.set.repoKey ?? null
  const own = intervals.filter(({ repoKey, last }) => repoKey === repo && last)
  const gaps = repo === null ? [] : await listGaps(branch, repo, facts, clock)
  return {
    timeline, isLive, repo,
    earliest: own[0]?.from ?? bases.find(({ set }) => set.repoKey === repo)?.from ?? null,
    latest: newest?.last?.at ?? null,
    latestLsn: newest?.last ? formatLsn(newest.last.lsn) : null,
    gaps: gaps.filter((gap) => !intervals.some((interval) => bridges(interval, gap))),
    rpoSeconds: isLive ? rpoOf(newest?.last ?? null, bases.at(-1) ?? null, now) : null,
  }
}

/** By position, then by the lower key. */
function isFurther({ last, repoKey }: Interval, best: Interval | null): boolean {
  if (!last || !best?.last) return last !== null
  return last.lsn > best.last.lsn || (last.lsn === best.last.lsn && repoKey < best.repoKey)
}

/** A set that was finished after the last mark can itself be restored. */
function rpoOf(last: Mark | null, newest: Base | null, now: Date): number | null {
  const saved = Math.max(last?.at.getTime() ?? 0, newest?.set.stoppedAt.getTime() ?? 0)
  return saved === 0 ? null : Math.max(0, Math.ceil((now.getTime() - saved) / SECOND))
}

/** Another repository holds what this one lacks. */
function bridges({ repoKey, from, last }: Interval, gap: Gap): boolean {
  return repoKey !== gap.repo && gap.from !== null && gap.to !== null && from <= gap.from && last !== null && last.at >= gap.to
}

/** Only gaps after the oldest set: nothing leads to what lies before it. */
async function listGaps({ lineage, bases }: Branch, repo: number, facts: WalFacts, clock: ClockReader): Promise<Gap[]> {
  const { ranges, segmentSize } = facts
  const own = bases.filter(({ set }) => set.repoKey === repo)
  const oldest = own.reduce<Base | null>((first, next) => (first && first.start <= next.start ? first : next), null)
  if (!oldest) return []
  const way = lineage.slice(lineage.findIndex(({ timeline }) => timeline === oldest.timeline))
  const holes = holesOf(way, oldest.start, ranges.filter(({ repoKey }) => repoKey === repo), segmentSize)
  const before = await clock.lastUpTo(lineage, holes.map(({ first }) => first * BigInt(segmentSize)))
  return holes.map(({ timeline, first, last }, n) => ({
    repo, timeline,
    first: segmentName({ timeline, number: first }, segmentSize),
    last: segmentName({ timeline, number: last }, segmentSize),
    from: before[n]?.at ?? null,
    to: earliestOf(own.filter(({ start }) => start > last)),
  }))
}

function earliestOf(bases: readonly Base[]): Date | null {
  return bases.reduce<Date | null>((first, { from }) => (first && first <= from ? first : from), null)
}
