import type { Db } from '@/lib/db'
import type { TimelineSlice } from '../schema'
import { segmentsOf } from './rules'

/** An hour, were there a mark every second */
const MARKS = 3_600
const WIDEST = 3_600_000

/** None in a view that is wider than an hour, and where nobody has seen the cluster. */
export async function readSegments(
  db: Db, stanza: string, { from, to }: { from: number; to: number }, segmentSize: number | null,
): Promise<TimelineSlice['segments']> {
  if (segmentSize === null || to - from > WIDEST) return []
  const marks = await db.walMark.findMany({
    where: { stanzaName: stanza, at: { gte: new Date(from), lt: new Date(to) } }, orderBy: { at: 'asc' }, take: MARKS,
    select: { timeline: true, lsn: true, at: true },
  })
  return segmentsOf(marks, segmentSize)
}
