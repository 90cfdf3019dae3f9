/** Events as marks: how many stand together, and where. */
import type { EventGroup } from '@/lib/restore/timeline/schema'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import type { Scale } from './scale'
import { dayStart } from './ticks'

export type EventMark = {
  /** Where it stands, and the moment it stands for */
  x: number
  at: number
  to: number
  /** Its middle may step aside to be seen */
  drawnX: number
  width: number
  count: number
  deletions: number
  kind: ShopEvent['kind'] | 'several'
  first: ShopEvent
}

const DAY = 86_400_000
const SINGLE_PX = 24
const COUNTED_PX = 40
/** How far a mark steps aside at most: as far as two that stand together need; a deletion less, it is drawn above the others */
const ASIDE_PX = 60
const DELETION_ASIDE_PX = 14

/** One a day, in the middle of it; a bin longer than a day stands for itself. */
export function dayPills(groups: readonly EventGroup[], bin: number, scale: Scale, zone: string): EventMark[] {
  const slots = new Map<number, EventGroup>()
  for (const group of groups) {
    const slot = bin > DAY ? group.at : dayStart(group.at, zone)
    const there = slots.get(slot)
    slots.set(slot, there ? joined(there, group) : group)
  }
  const width = Math.max(bin, DAY)
  return [...slots].map(([slot, group]) => markAt(scale.x(slot + width / 2), group)).filter(({ x }) => x >= scale.left && x <= scale.right)
}

/** One each; those of one sort within the width of a mark stand together. A deletion never stands with anything else. */
export function iconMarks(groups: readonly EventGroup[], scale: Scale, moment: number | null = null): EventMark[] {
  const marks: EventMark[] = []
  const shown = groups.filter(({ at, to }) => scale.shows(at, to)).flatMap(sorts)
  for (const group of shown) {
    const [x, last] = [scale.x(group.at), marks.at(-1)]
    const isAlike = last && last.deletions > 0 === group.deletions > 0 && x - last.x < SINGLE_PX
    if (isAlike) marks[marks.length - 1] = markAt(last.x, joined(groupOf(last), group))
    else marks.push(markAt(x, group))
  }
  return stepAside(marks, scale, moment === null ? null : scale.x(moment))
}

/** Each by itself, for words beside it. */
export function flagMarks(groups: readonly EventGroup[], scale: Scale): EventMark[] {
  return groups.filter(({ at }) => scale.shows(at)).map((group) => markAt(scale.x(group.at), group))
}

/** Deletions of a bin and what else was in it. */
function sorts(group: EventGroup): EventGroup[] {
  const others = group.count - group.deletions
  if (group.deletions === 0 || others === 0) return [group]
  return [{ ...group, count: group.deletions }, { ...group, count: others, deletions: 0 }]
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
  const width = count > 1 ? COUNTED_PX : SINGLE_PX
  return { x, at, to, drawnX: x, width, count, deletions, kind: isKnown ? first.kind : 'several', first }
}

/** To the right of the mark before, and of the playhead what came after it; within the plot. */
function stepAside(marks: readonly EventMark[], { right }: Scale, playhead: number | null): EventMark[] {
  let edge = -Infinity
  return marks.map((mark) => {
    const half = mark.width / 2
    const most = mark.deletions > 0 ? DELETION_ASIDE_PX : ASIDE_PX
    const isCut = playhead !== null && mark.x > playhead && mark.x - half < playhead + 5
    const wanted = Math.max(mark.x, Math.min(edge + 1 + half, mark.x + most), isCut ? playhead + 5 + half : mark.x)
    const drawnX = Math.max(mark.x, Math.min(wanted, right + 12 - half))
    edge = drawnX + half
    return { ...mark, drawnX }
  })
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
