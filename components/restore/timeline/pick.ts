/** What a click at a place would choose. */
import { type Reachability, reachabilityAt } from '@/lib/restore/calendar/rules'
import type { SetMark, TimelineSlice } from '@/lib/restore/timeline/schema'
import { type Layout, snapOf } from './layout'
import { type EventMark, flagTop, iconTop } from './marks'
import type { ReachView } from './moments'
import type { Scale } from './scale'

export type PointMark = TimelineSlice['points'][number]
export type Pick =
  | { type: 'event'; mark: EventMark }
  | { type: 'set'; set: SetMark }
  | { type: 'point'; point: PointMark }
  | { type: 'moment'; at: Date }
  | { type: 'blocked'; at: Date; reach: Extract<Reachability, { ok: false }> }

export type Pickable = { events: readonly EventMark[]; sets: readonly SetMark[]; points: readonly PointMark[] }
type Place = { x: number; y: number; radius: number }

/** The nearest mark of the lane within reach of the pointer, else the moment there. */
export function pickAt(place: Place, marks: Pickable, { scale, layout, view }: { scale: Scale; layout: Layout; view: ReachView }): Pick {
  return markAt(place, marks, scale, layout) ?? momentAt(scale.time(place.x), scale.msPerPx, view)
}

function markAt({ x, y, radius }: Place, { events, sets, points }: Pickable, scale: Scale, layout: Layout): Pick | null {
  const isNear = ({ away }: { away: number }) => away <= radius
  if (y >= layout.events - 4 && y <= layout.eventsEnd) {
    const within = events.map((mark) => ({ dx: awayFrom(mark, x), dy: awayFromRow(mark, y, layout), mark }))
      .filter(({ dx, dy }) => dx <= radius && dy <= radius)
    const found = nearest(within.map(({ dx, dy, mark }) => ({ away: Math.hypot(dx, dy), mark })))[0]
    return found ? { type: 'event', mark: found.mark } : null
  }
  if (y <= layout.eventsEnd || y > layout.branch + 12) return null
  const ofSets = sets.map((set) => ({ away: Math.abs(scale.x(set.at) - x), pick: { type: 'set', set } as const }))
  const ofPoints = points.map((point) => ({ away: Math.abs(scale.x(point.at) - x), pick: { type: 'point', point } as const }))
  return nearest([...ofSets, ...ofPoints]).filter(isNear)[0]?.pick ?? null
}

/** A wide mark is met anywhere on it. */
function awayFrom({ drawnX, width }: EventMark, x: number): number {
  return Math.max(0, Math.abs(drawnX - x) - Math.max(0, width / 2 - 12))
}

/** From the middle of its icon; a day's pill is met anywhere in the lane. */
function awayFromRow(mark: EventMark, y: number, layout: Layout): number {
  if (layout.detail === 'days') return 0
  return Math.abs((layout.detail === 'flags' ? flagTop(mark, layout) : iconTop(layout)) + 12 - y)
}

function nearest<T extends { away: number }>(all: readonly T[]): T[] {
  return all.toSorted((a, b) => a.away - b.away)
}

/** Pixels are coarser than seconds: what is chosen is as round as they are, and can be restored wherever the place itself can. */
function momentAt(time: number, msPerPx: number, view: ReachView): Pick {
  const snap = snapOf(msPerPx)
  const round = new Date(Math.round(time / snap) * snap)
  if (reachabilityAt(round, view).ok) return { type: 'moment', at: round }
  const whole = new Date(Math.round(time / 1_000) * 1_000)
  const reach = reachabilityAt(whole, view)
  return reach.ok ? { type: 'moment', at: whole } : { type: 'blocked', at: whole, reach }
}
