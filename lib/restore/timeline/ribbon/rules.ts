/** What WAL reaches, told in times: on which timeline, with which gaps, and the ends that restores left behind. */
import { type Lineage, lineageOf } from '../../lineage/rules'
import type { RecoveryWindow, TimelineView } from '../../schema'
import type { Branch, Reach } from '../schema'

export type GapMark = { timeline: number; from: number; to: number; first: string; last: string }
export type Ribbon = { reach: Reach[]; gaps: GapMark[]; branches: Branch[] }
type Span = { from: number; to: number }

export type RibbonFacts = {
  /** The live lineage first */
  windows: readonly RecoveryWindow[]
  timelines: readonly TimelineView[]
  /** When the shop stood at a position of a timeline: the newest mark up to it; null where none is known */
  timeAt: (timeline: number, position: bigint) => Date | null
}

export function ribbonOf({ windows, timelines, timeAt }: RibbonFacts, now: Date): Ribbon {
  const live = lineageOf(windows.find(({ isLive }) => isLive)?.timeline ?? 1, timelines) ?? []
  const find = (id: number) => timelines.find((timeline) => timeline.id === id)
  const pieces = windows.flatMap((window) => partsOf(window, live, timelines, timeAt).map((part) => ({ window, ...part })))
  const reach = pieces.flatMap(({ window, timeline, from, to }) => reachedIn(window, { from, to })
    .map((span) => ({ timeline, ...span, isLive: window.isLive })))
  return {
    // What two dead branches have in common is drawn once.
    reach: [...new Map(reach.map((span) => [`${span.timeline} ${span.from} ${span.to}`, span])).values()],
    gaps: gapMarks(windows, (window) => (window.isLive ? now : (find(window.timeline)?.endedAt ?? now))),
    branches: windows.filter(({ isLive }) => !isLive).flatMap((window) => {
      const { timeline, latest } = window
      const own = pieces.find((piece) => piece.window === window && piece.timeline === timeline)
      return own && latest ? [{ timeline, from: own.from, to: latest.getTime(), ...wentOn(timeline, timelines) }] : []
    }),
  }
}

/** A restore opens the next timeline there is. */
function wentOn(timeline: number, timelines: readonly TimelineView[]): Pick<Branch, 'next' | 'leftAt'> {
  const next = timelines.filter(({ id }) => id > timeline).toSorted((a, b) => a.id - b.id)[0]
  return { next: next?.id ?? null, leftAt: next?.beganAt?.getTime() ?? null }
}

/** What of each timeline lies on the window's lineage; of a dead branch only what does not lie on the live one. */
function partsOf(
  window: RecoveryWindow, live: Lineage, timelines: readonly TimelineView[], timeAt: RibbonFacts['timeAt'],
): (Span & { timeline: number })[] {
  return (lineageOf(window.timeline, timelines) ?? []).flatMap(({ timeline, from: birth, to: end }) => {
    const view = timelines.find(({ id }) => id === timeline)
    const left = window.isLive ? null : live.find((stretch) => stretch.timeline === timeline)
    if (left && (left.to === null || (end !== null && end <= left.to))) return []
    // The oldest timeline may have been there before the clock.
    const began = birth === 0n ? new Date(0) : view?.beganAt
    const from = left ? timeAt(timeline, left.to ?? 0n) : began
    const to = end === null ? view?.endedAt : timeAt(timeline, end)
    return from && to && from < to ? [{ timeline, from: from.getTime(), to: to.getTime() }] : []
  })
}

/** Without the gaps. */
function reachedIn({ earliest, latest, gaps }: RecoveryWindow, { from, to }: Span): Span[] {
  if (!earliest || !latest) return []
  const spans: Span[] = []
  let next = Math.max(from, earliest.getTime())
  const end = Math.min(to, latest.getTime())
  const holes = gaps.map((gap) => ({ from: gap.from?.getTime() ?? -Infinity, to: gap.to?.getTime() ?? Infinity }))
  for (const hole of holes.toSorted((a, b) => a.from - b.from)) {
    if (hole.from > next) spans.push({ from: next, to: Math.min(hole.from, end) })
    next = Math.max(next, hole.to)
  }
  return [...spans, { from: next, to: end }].filter((span) => span.from < span.to)
}

/** Each once, as long as it is in the way: without a later set, up to the lineage's end. */
function gapMarks(windows: readonly RecoveryWindow[], endOf: (window: RecoveryWindow) => Date): GapMark[] {
  const marks = windows.flatMap((window) => window.gaps.flatMap(({ timeline, first, last, from, to }) => {
    const [begin, end] = [from ?? window.earliest, to ?? endOf(window)]
    return begin && begin < end ? [{ timeline, first, last, from: begin.getTime(), to: end.getTime() }] : []
  }))
  return [...new Map(marks.toReversed().map((mark) => [mark.first, mark])).values()].toReversed()
}

/** Not more than can be drawn. */
export function longest<T extends Span>(spans: readonly T[], most: number): T[] {
  if (spans.length <= most) return [...spans]
  const kept = new Set(spans.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, most))
  return spans.filter((span) => kept.has(span))
}
