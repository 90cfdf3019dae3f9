/** The WAL's own segments, as far as the clock tells when each was written. */
import type { Mark } from '../../clock/schema'
import { segmentName, segmentOf } from '../../wal/rules'
import type { TimelineSlice } from '../schema'

type Segment = TimelineSlice['segments'][number]

/** `marks` in order of time. What a mark wrote lies right before its position. */
export function segmentsOf(marks: readonly Pick<Mark, 'timeline' | 'lsn' | 'at'>[], segmentSize: number): Segment[] {
  const segments = new Map<string, Segment>()
  for (const { timeline, lsn, at } of marks) {
    const name = segmentName({ timeline, number: segmentOf(lsn - 1n, segmentSize) }, segmentSize)
    const segment = segments.get(name) ?? { name, marks: [] }
    segment.marks.push(at.getTime())
    segments.set(name, segment)
  }
  return [...segments.values()]
}
