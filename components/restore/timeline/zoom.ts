/** The view: how much of time is shown, and how it is moved. Nothing here knows of pixels. */
import { fromWallClock } from '@/lib/format/zone'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Span } from './scale'
import { dayStart, wallOf } from './ticks'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const levels = ['months', 'month', 'day', 'hour', 'minute'] as const
export type Level = (typeof levels)[number]

const spans: Record<Level, number> = { months: 125 * DAY, month: 31 * DAY, day: DAY, hour: HOUR, minute: MINUTE }
const SMALLEST = 10 * SECOND
/** The slices' own limit is five years. */
const LARGEST = 4.5 * 365 * DAY

/** The oldest thing there is to see, and now. */
export type Bounds = { earliest: number; now: number }

/** `hoursOfDay`: what the level of a day shows; half a day on a phone. */
export type LevelStyle = { zone: string; hoursOfDay: 12 | 24 }

export function boundsOf({ windows, now }: Pick<RestoreView, 'windows' | 'now'>): Bounds {
  const first = windows.flatMap(({ earliest }) => earliest?.getTime() ?? [])
  return { earliest: Math.min(now.getTime() - DAY, ...first), now: now.getTime() }
}

/** What is shown first: the day of the moment, or the last one; in the compact form what lies between the moment and now. */
export function initialView(at: number | null, view: Pick<RestoreView, 'windows' | 'now'>, style: LevelStyle, isCompact: boolean): Span {
  const bounds = boundsOf(view)
  if (at === null) return nowView({ from: 0, to: style.hoursOfDay * HOUR }, bounds)
  if (!isCompact) return levelView('day', at, bounds, style)
  const away = Math.max(10 * MINUTE, bounds.now - at)
  return clampView({ from: at - away * 0.6, to: bounds.now + away * 0.4 }, bounds)
}

export function largestSpan({ earliest, now }: Bounds): number {
  return Math.min(LARGEST, Math.max(spans.months, (now - earliest) * 1.1))
}

/** No wider than everything, no narrower than ten seconds, and never with more than nine tenths of it beside what there is. */
export function clampView({ from, to }: Span, bounds: Bounds): Span {
  const width = Math.round(Math.min(largestSpan(bounds), Math.max(SMALLEST, to - from)))
  const middle = (from + to) / 2
  const first = bounds.earliest - width * 0.9
  const last = bounds.now - width * 0.1
  const start = Math.round(Math.min(last, Math.max(first, middle - width / 2)))
  return { from: start, to: start + width }
}

/** `factor` below 1 shows less; what lies at `at` stays where it is. */
export function zoomAt({ from, to }: Span, at: number, factor: number, bounds: Bounds): Span {
  const width = Math.min(largestSpan(bounds), Math.max(SMALLEST, (to - from) * factor))
  const share = (at - from) / (to - from)
  return clampView({ from: at - width * share, to: at + width * (1 - share) }, bounds)
}

export function pan({ from, to }: Span, ms: number, bounds: Bounds): Span {
  return clampView({ from: from + ms, to: to + ms }, bounds)
}

/** As wide as before, with `at` in the middle, unless it is in sight already. */
export function broughtIn(view: Span, at: number, bounds: Bounds): Span {
  const width = view.to - view.from
  return at >= view.from && at <= view.to ? view : clampView({ from: at - width / 2, to: at + width / 2 }, bounds)
}

/** What keys and buttons zoom at: the moment, where it is in sight, else the middle. */
export function focusOf({ from, to }: Span, at: number | null): number {
  return at !== null && at >= from && at <= to ? at : (from + to) / 2
}

export function levelOf({ from, to }: Span, { hoursOfDay }: LevelStyle): Level | null {
  const isAt = (level: Level) => {
    const wanted = level === 'day' ? hoursOfDay * HOUR : spans[level]
    return Math.abs(to - from - wanted) < wanted * 0.05
  }
  return levels.find(isAt) ?? null
}

/** A level's view around a moment: what led to it takes more room than what came after. */
export function levelView(level: Level, at: number, bounds: Bounds, { zone, hoursOfDay }: LevelStyle): Span {
  if (level === 'day' && hoursOfDay === 24) return clampView(wholeDay(at, zone), bounds)
  const width = level === 'day' ? 12 * HOUR : spans[level]
  const before = { months: 0.97, month: 0.77, day: 7 / 12, hour: 0.5, minute: 0.5 }[level]
  const around = clampView({ from: at - width * before, to: at + width * (1 - before) }, bounds)
  if (level !== 'months') return around
  const newest = clampView({ from: bounds.now - width * 0.97, to: bounds.now + width * 0.03 }, bounds)
  return at >= newest.from ? newest : around
}

/** What a double click shows: the next level that is clearly narrower, and after the last one a third. */
export function deeperFactor({ from, to }: Span): number {
  const next = levels.map((level) => spans[level]).find((span) => span < (to - from) * 0.6)
  return (next ?? (to - from) / 3) / (to - from)
}

/** As wide as before, with now near its right end. */
export function nowView({ from, to }: Span, bounds: Bounds): Span {
  return clampView({ from: bounds.now - (to - from) * 0.9, to: bounds.now + (to - from) * 0.1 }, bounds)
}

function wholeDay(at: number, zone: string): Span {
  const from = dayStart(at, zone)
  const [to = from + DAY] = fromWallClock(wallOf(from, zone) + DAY, zone)
  return { from, to }
}

/** Between two views on the way from one to the other; the width changes by equal factors, so that it looks even. */
export function between(a: Span, b: Span, share: number): Span {
  if (share >= 1) return b
  const widths = [a.to - a.from, b.to - b.from] as const
  const width = widths[0] * (widths[1] / widths[0]) ** share
  const moved = widths[0] === widths[1] ? share : (width - widths[0]) / (widths[1] - widths[0])
  const from = a.from + (b.from - a.from) * moved
  return { from: Math.round(from), to: Math.round(from + width) }
}
