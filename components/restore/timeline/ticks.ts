/** The axis: round times on the wall clock of the shop, whatever its clocks do. */
import { fromWallClock, toWallClock } from '@/lib/format/zone'
import type { Span } from './scale'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

export const steps = [
  SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, WEEK, 2 * WEEK,
] as const

/** A day's number needs less room than a time. */
const DAY_PX = 26

/** The smallest step whose labels have room: `labelPx` is what a time needs. Infinity where the months are enough. */
export function tickStep(msPerPx: number, labelPx: number): number {
  return steps.find((step) => step / msPerPx >= (step >= DAY ? DAY_PX : labelPx)) ?? Infinity
}

/** Weeks begin on Sunday: 1 January 1970 was a Thursday. */
function floorWall(wall: number, step: number): number {
  const shift = step % WEEK === 0 ? 3 * DAY : 0
  return Math.floor((wall - shift) / step) * step + shift
}

/** The wall clock as if it were UTC */
export function wallOf(at: number, zone: string): number {
  return toWallClock(new Date(at), zone).getTime()
}

export function dayStart(at: number, zone: string): number {
  return floorTo(at, DAY, zone)
}

/** The last round time at or before, on the wall clock. */
export function floorTo(at: number, step: number, zone: string): number {
  const instants = fromWallClock(floorWall(wallOf(at, zone), step), zone)
  return instants.findLast((instant) => instant <= at) ?? instants[0] ?? at
}

/** Round times in view. Where spring skips one there is none, where autumn repeats one there are two. */
export function ticksOf({ from, to }: Span, step: number, zone: string): number[] {
  if (!Number.isFinite(step)) return []
  const ticks = new Set<number>()
  const [first, last] = [wallOf(from, zone), wallOf(to, zone)]
  // Where the clocks change in view, the wall clock's time at its ends is not all that it shows.
  const slack = last - first === to - from ? 0 : HOUR
  for (let wall = floorWall(first - slack, step); wall <= last + slack; wall += step) {
    for (const instant of fromWallClock(wall, zone)) {
      if (instant >= from && instant <= to) ticks.add(instant)
    }
  }
  return [...ticks].toSorted((a, b) => a - b)
}

export type Heading = { at: number; unit: 'month' | 'day'; isFirst: boolean }

/** The upper tier: the day or month that the view begins in, and each that begins in it. */
export function headingsOf({ from, to }: Span, zone: string): Heading[] {
  const unit = to - from > 10 * DAY ? 'month' : 'day'
  const starts = unit === 'day' ? ticksOf({ from, to }, DAY, zone) : monthStarts({ from, to }, zone)
  const headings = [from, ...starts.filter((at) => at > from)]
  return headings.map((at, n) => ({ at, unit, isFirst: n === 0 }))
}

function monthStarts({ from, to }: Span, zone: string): number[] {
  const first = new Date(wallOf(from, zone))
  const starts: number[] = []
  for (let n = 0; ; n += 1) {
    const wall = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n, 1)
    const [at = wall] = fromWallClock(wall, zone)
    if (at > to) return starts
    if (at >= from) starts.push(at)
  }
}

export function isMonthStart(at: number, zone: string): boolean {
  return new Date(wallOf(at, zone)).getUTCDate() === 1
}

export function dayOfMonth(at: number, zone: string): number {
  return new Date(wallOf(at, zone)).getUTCDate()
}
