/** The view as rows: what is drawn, told. */
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { EventGroup, SetMark, TimelineSlice } from '@/lib/restore/timeline/schema'
import { binEnd } from './bins'
import type { ReachView } from './moments'
import { floorTo } from './ticks'

export type TableRow = {
  from: number
  to: number
  reach: 'yes' | 'part' | 'no'
  sets: SetMark[]
  events: EventGroup[]
  sales: number
  takings: number
}

/** A row each for the bins of the slice that have begun, oldest first. */
export function tableRows(slice: TimelineSlice, shown: { from: number; to: number }, view: ReachView, zone: string): TableRow[] {
  const bin = slice.bin * 1_000
  const bars = new Map(slice.bars.map(([at, count, takings]) => [at, { count, takings }]))
  const end = Math.min(shown.to, view.now.getTime())
  const rows: TableRow[] = []
  for (let from = startOf(slice, shown.from, bin, zone); from < end; from = binEnd(from, bin, zone)) {
    const to = binEnd(from, bin, zone)
    const within = ({ at }: { at: number }) => at >= from && at < to
    const bar = bars.get(from)
    rows.push({
      from, to, reach: reachWithin(from, Math.min(to, view.now.getTime()), view), sets: slice.sets.filter(within), events: slice.events.filter(within),
      sales: bar?.count ?? 0, takings: bar?.takings ?? 0,
    })
  }
  return rows
}

/** The bin that holds the view's first moment; weeks begin where the slice's do. */
function startOf(slice: TimelineSlice, from: number, bin: number, zone: string): number {
  const day = 86_400_000
  let start = bin > day ? slice.from : floorTo(Math.max(from, slice.from), bin, zone)
  while (binEnd(start, bin, zone) <= from) start = binEnd(start, bin, zone)
  return start
}

function reachWithin(from: number, to: number, view: ReachView): TableRow['reach'] {
  const ends = [reachabilityAt(new Date(from), view), reachabilityAt(new Date(to - 1), view)]
  const hasGap = view.windows.some(({ gaps }) => gaps.some((gap) => (gap.from?.getTime() ?? 0) < to && (gap.to?.getTime() ?? Infinity) > from))
  if (ends.every(({ ok }) => ok)) return hasGap ? 'part' : 'yes'
  const first = ends[0]
  const opens = first && !first.ok ? first.nearestAfter : undefined
  return ends.some(({ ok }) => ok) || (opens && opens.getTime() < to) ? 'part' : 'no'
}
