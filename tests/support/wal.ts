/** A cluster's life in a few words: sets, stored segments and marks, for what is decided from them. */
import type { ClockReader, Mark } from '@/lib/restore/clock/schema'
import { type Lineage, isOn } from '@/lib/restore/lineage/rules'
import type { RestorableSet, StoredRange } from '@/lib/restore/reach/rules'
import { formatLsn, segmentName } from '@/lib/restore/wal/rules'

export const SEGMENT_SIZE = 16 * 1024 * 1024
export const SYSTEM = '7300000000000000001'

/** `at(3.5)` is the position in the middle of segment 3. */
export const position = (segments: number) => BigInt(Math.round(segments * SEGMENT_SIZE))
export const lsn = (segments: number) => formatLsn(position(segments))
/** A minute of the day everything happens on */
export const minute = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 0, 0, 0) + Math.round(minutes * 60_000))

export const mark = (timeline: number, segments: number, minutes: number, xid = Math.round(segments * 100)): Mark => ({
  timeline, lsn: position(segments), at: minute(minutes), xid: BigInt(xid),
})

export const stored = (timeline: number, first: number, last: number, repoKey = 1): StoredRange => ({
  repoKey, timeline, first: BigInt(first), last: BigInt(last),
})

type SetOptions = Partial<RestorableSet> & { label: string; timeline?: number; segments: [number, number]; stop: number; minutes: number }

export function backupSet({ timeline = 1, segments: [first, last], stop, minutes, ...given }: SetOptions): RestorableSet {
  const name = (number: number) => segmentName({ timeline, number: BigInt(number) }, SEGMENT_SIZE)
  return {
    repoKey: 1, prior: null, error: false, systemId: SYSTEM, databaseSize: 1_000, archiveStart: name(first), archiveStop: name(last),
    lsnStop: lsn(stop), stoppedAt: minute(minutes), ...given,
  }
}

/** What readClock answers from the database. */
export function clockOf(marks: Mark[], points: Record<string, Mark> = {}): ClockReader {
  const along = (lineage: Lineage) => marks.filter((each) => isOn(lineage, each)).toSorted((a, b) => (a.lsn < b.lsn ? -1 : 1))
  const byTime = marks.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.timeline - b.timeline || (a.lsn < b.lsn ? -1 : 1))
  return {
    lastBy: async (at) => byTime.findLast((each) => each.at <= at) ?? null,
    firstSince: async (lineage, at) => byTime.find((each) => each.at >= at && isOn(lineage, each)) ?? null,
    lastUpTo: async (lineage, positions) => positions.map((to) => along(lineage).findLast((each) => each.lsn <= to) ?? null),
    firstPast: async (lineage, to) => along(lineage).find((each) => each.lsn > to) ?? null,
    async aroundXid(lineage, xid) {
      const since = along(lineage).find((each) => each.xid >= xid) ?? null
      const before = along(lineage).findLast((each) => each.xid > 0n && each.xid < xid && (!since || each.lsn < since.lsn)) ?? null
      return { before, since }
    },
    async ends(timeline, from) {
      const own = marks.filter((each) => each.timeline === timeline && each.lsn > from).toSorted((a, b) => (a.lsn < b.lsn ? -1 : 1))
      const [first, last] = [own[0], own.at(-1)]
      return first && last ? { first, last } : null
    },
    point: async (name) => points[name] ?? null,
  }
}
