/** Events as marks: how many stand together, and where. */
import type { EventGroup } from '@/lib/restore/timeline/schema'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import type { Layout } from './layout'
import { type Scale, textWidth } from './scale'
import { dayStart } from './ticks'

export type EventMark = {
  /** Where it stands, and the moment it stands for */
  x: number
  at: number
  to: number
  /** The middle of what is drawn, which grows to the right with what it counts */
  drawnX: number
  width: number
  /** Flags stand in rows; all else in the first */
  row: number
  count: number
  deletions: number
  kind: ShopEvent['kind'] | 'several'
  first: ShopEvent
}

const DAY = 86_400_000
/** Of flags */
export const ROWS = 3
const SINGLE_PX = 24
/** The words of flags, and between a flag and its words, and between them and what stands beside */
export const FLAG_SIZE = 13
export const FLAG_AIR = 6
/** Between marks, and beside a count within one */
const AIR_PX = 2
const COUNT_AIR_PX = 5
/** Between a mark and the line of the moment */
const LINE_PX = 5

/** What is drawn as one pill: `slot` is where the day, or a bin that is longer, begins. The same at whatever zoom. */
export type DayGroup = { slot: number; group: EventGroup }

/** One a day; a bin longer than a day stands for itself. */
export function dayGroups(groups: readonly EventGroup[], bin: number, zone: string): DayGroup[] {
  const slots = new Map<number, EventGroup>()
  for (const group of groups) {
    const slot = bin > DAY ? group.at : dayStart(group.at, zone)
    const there = slots.get(slot)
    slots.set(slot, there ? joined(there, group) : group)
  }
  return [...slots].map(([slot, group]) => ({ slot, group }))
}

/** A pill each, in the middle of what has passed of its time. */
export function dayPills(days: readonly DayGroup[], bin: number, scale: Scale, now: number): EventMark[] {
  const middle = (slot: number) => (slot + Math.max(slot, Math.min(slot + Math.max(bin, DAY), now))) / 2
  const placed = days.map(({ slot, group }) => ({ x: scale.x(middle(slot)), group }))
  return placed.filter(({ x }) => x >= scale.left && x <= scale.right).map(({ x, group }) => markAt(x, group))
}

/** The lines of the drawing that a mark must not cross: the moment, on the side of which it happened, and now. */
export type Lines = { moment: number | null; now: number }

/** One each, where it happened; what would overlap is one, with a count. */
export function iconMarks(groups: readonly EventGroup[], scale: Scale, { moment, now }: Lines): EventMark[] {
  const shown = groups.filter(({ at, to }) => scale.shows(at, to))
  const end = Math.min(scale.x(now), scale.right + SINGLE_PX / 2)
  const line = moment !== null && scale.shows(moment) ? scale.x(moment) : null
  const isAfter = (group: EventGroup) => moment !== null && timeOf(group) > moment
  const [before, after] = [shown.filter((group) => !isAfter(group)), shown.filter(isAfter)]
  const later = line === null ? [] : apart(after, { from: line + LINE_PX, to: end }, scale)
  const hasRoom = line !== null && later.every((mark) => leftOf(mark) > line)
  if (!hasRoom) return apart(shown, { from: -Infinity, to: end }, scale)
  return [...apart(before, { from: -Infinity, to: line - LINE_PX }, scale), ...later]
}

type Room = { from: number; to: number }

/** From left to right: what would touch the one before is counted there. */
function apart(groups: readonly EventGroup[], room: Room, scale: Scale): EventMark[] {
  const marks: EventMark[] = []
  for (const group of groups) {
    let mark = placed(group, room, scale)
    for (let last = marks.at(-1); last && leftOf(mark) < rightOf(last) + AIR_PX; last = marks.at(-1)) {
      marks.pop()
      mark = placed(joined(groupOf(last), groupOf(mark)), room, scale)
    }
    marks.push(mark)
  }
  return marks
}

/** Its icon stands where the first of it was, or as near as there is room. */
function placed(group: EventGroup, { from, to }: Room, scale: Scale): EventMark {
  const mark = markAt(scale.clamped(timeOf(group)), group)
  const left = Math.min(Math.max(mark.x - SINGLE_PX / 2, from), to - mark.width)
  return { ...mark, drawnX: left + mark.width / 2 }
}

const timeOf = ({ first }: EventGroup) => first.at.getTime()
export const leftOf = ({ drawnX, width }: EventMark) => drawnX - width / 2
export const rightOf = ({ drawnX, width }: EventMark) => drawnX + width / 2

/** Times of flags: of one, or the span of several */
export type StampOf = (group: Pick<EventGroup, 'at' | 'to'>) => string
type FlagPlace = { now: number; width: number; stampOf: StampOf }

/** Each by itself, in rows in turn, with room for its time; where every row is taken, one more of the one before. */
export function flagMarks(groups: readonly EventGroup[], scale: Scale, { now, width, stampOf }: FlagPlace): EventMark[] {
  const room = { from: -Infinity, to: Math.min(scale.x(now), scale.right) + SINGLE_PX / 2 }
  const marks: EventMark[] = []
  const endOf = (row: number) => {
    const last = marks.findLast((mark) => mark.row === row)
    return last ? stampedExtent(last, stampOf(last), width)[1] : -Infinity
  }
  const inRow = (mark: EventMark) => {
    const [from] = stampedExtent(mark, stampOf(mark), width)
    const before = marks.at(-1)?.row ?? -1
    return Array.from({ length: ROWS }, (_, n) => (before + 1 + n) % ROWS).find((row) => endOf(row) + AIR_PX <= from)
  }
  for (const group of groups.filter(({ at, to }) => scale.shows(at, to))) {
    let mark = placed(group, room, scale)
    let row = inRow(mark)
    while (row === undefined) {
      const last = marks.pop()
      if (last) mark = placed(joined(groupOf(last), groupOf(mark)), room, scale)
      row = last ? inRow(mark) : 0
    }
    marks.push({ ...mark, row })
  }
  return marks
}

/** A flag with its time: right of it, at the right edge left of it. */
export function stampedExtent(mark: EventMark, stamp: string, width: number): [from: number, to: number] {
  const [from, to, needed] = [leftOf(mark), rightOf(mark), FLAG_AIR + textWidth(stamp, FLAG_SIZE)]
  return to + needed + FLAG_AIR > width ? [from - needed, to] : [from, to + needed]
}

/** Where a flag's icon begins */
export function flagTop({ row }: Pick<EventMark, 'row'>, { events, eventsEnd }: Pick<Layout, 'events' | 'eventsEnd'>): number {
  return events + 4 + row * ((eventsEnd - events) / ROWS - 4)
}

/** Where an icon begins that stands in no row */
export function iconTop({ eventsEnd }: Pick<Layout, 'eventsEnd'>): number {
  return eventsEnd - 26
}

function joined(a: EventGroup, b: EventGroup): EventGroup {
  const first = a.deletions === 0 && b.deletions > 0 ? b.first : a.first
  return { at: a.at, to: Math.max(a.to, b.to), count: a.count + b.count, deletions: a.deletions + b.deletions, first }
}

function groupOf({ at, to, count, deletions, first }: EventMark): EventGroup {
  return { at, to, count, deletions, first }
}

function markAt(x: number, group: EventGroup): EventMark {
  const { at, to, count, deletions, first } = group
  const isKnown = count === 1 || (deletions === count && first.kind.endsWith('-deleted'))
  const kind = isKnown ? first.kind : 'several'
  const mark: EventMark = { x, at, to, drawnX: x, width: SINGLE_PX, row: 0, count, deletions, kind, first }
  const { main, more } = countsOf(mark)
  const letters = [main > 1 ? String(main) : '', more > 0 ? `+${more}` : ''].filter(Boolean)
  return { ...mark, width: SINGLE_PX + letters.reduce((width, text) => width + textWidth(text) + COUNT_AIR_PX, 0) }
}

/** What stands beside the icon: how many deletions, where there are any, and how much else there was. */
export function countsOf({ count, deletions }: Pick<EventMark, 'count' | 'deletions'>): { main: number; more: number } {
  return deletions > 0 ? { main: deletions, more: count - deletions } : { main: count, more: 0 }
}

/** The first deletion soon after the moment, and how many more follow it. */
export type Callout = { first: ShopEvent; more: number; lastAt: number }

const SOON_MS = 300_000

export function calloutOf(groups: readonly EventGroup[], at: number): Callout | null {
  const soon = groups.filter((group) => group.deletions > 0 && group.first.at.getTime() > at && group.at <= at + SOON_MS)
  const [first, last] = [soon[0], soon.at(-1)]
  if (!first || !last || first.first.at.getTime() - at > SOON_MS) return null
  const count = soon.reduce((sum, { deletions }) => sum + deletions, 0)
  return { first: first.first, more: count - 1, lastAt: last.count > 1 ? last.to : last.first.at.getTime() }
}
