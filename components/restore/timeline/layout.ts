/** How high what is drawn: lanes from top to bottom. The base line stays where it is, whatever the level. */
import type { Span } from './scale'

const MINUTE = 60_000
const DAY = 86_400_000

/** How much can be said of one thing: a pill a day, an icon each, or words. */
export type Detail = 'days' | 'hours' | 'flags'

export type Layout = {
  detail: Detail
  isNarrow: boolean
  isCompact: boolean
  width: number
  left: number
  right: number
  /** The lower tier's base line, and where the grid begins */
  axis: number
  events: number
  eventsEnd: number
  ribbon: number
  branch: number
  sales: number
  base: number
  /** The strip of all time; none in the compact form */
  strip: number | null
  height: number
}

/** Below it, in pixels, names stand above the lanes and not beside them. */
export const NARROW = 640
const AXIS = 48
const STRIP = 44

/** A target for a finger is 44 px, for a pointer 24. */
export const hitRadius = (isTouch: boolean) => (isTouch ? 22 : 12)

export function detailOf({ from, to }: Span): Detail {
  const width = to - from
  return width <= 20 * MINUTE ? 'flags' : width <= 4 * DAY ? 'hours' : 'days'
}

export function layoutOf(view: Span, width: number, isCompact: boolean): Layout {
  const isNarrow = width < NARROW
  const detail = detailOf(view)
  const label = isNarrow ? 16 : 0
  const events = AXIS + label + 4
  const eventsEnd = events + heightOfEvents(detail, isNarrow, isCompact)
  const ribbon = eventsEnd + 8 + label + (detail === 'hours' ? 50 : 40)
  const base = baseOf(isNarrow, isCompact)
  const strip = isCompact ? null : base + 22
  return {
    detail, isNarrow, isCompact, width, left: isNarrow ? 14 : 104, right: width - (isNarrow ? 14 : 52),
    axis: AXIS, events, eventsEnd, ribbon, branch: ribbon + 22, sales: ribbon + (isNarrow ? 64 : 56), base, strip,
    height: strip === null ? base + 4 : strip + STRIP,
  }
}

function heightOfEvents(detail: Detail, isNarrow: boolean, isCompact: boolean): number {
  if (detail === 'flags') return isCompact ? 96 : isNarrow ? 124 : 112
  if (isCompact) return 36
  return detail === 'hours' ? 94 : 56
}

function baseOf(isNarrow: boolean, isCompact: boolean): number {
  if (isCompact) return isNarrow ? 380 : 336
  return isNarrow ? 412 : 372
}

/** The height before the width is known, for what stands in its place. */
export function restingHeight(isCompact: boolean): number {
  return layoutOf({ from: 0, to: DAY }, NARROW, isCompact).height
}

/** The smallest thing that a click or a drag chooses: a minute where pixels are longer, a tenth of a second where they are not. */
export function snapOf(msPerPx: number): number {
  if (msPerPx >= 45_000) return MINUTE
  return msPerPx > 25 ? 1_000 : 100
}
