/** What of a day, and which moment, can be restored: read off the windows, before any plan is asked for. */
import { fromWallClock } from '@/lib/format/zone'
import type { RestoreView } from '../view/schema'

export const reachCodes = ['before-window', 'in-gap', 'not-archived', 'in-future', 'nothing'] as const
export type ReachCode = (typeof reachCodes)[number]

export type Reachability =
  | { ok: true }
  | {
      ok: false
      code: ReachCode
      /** The stretch that cannot be reached, as far as it is known where it begins and ends */
      from?: Date
      to?: Date
      /** The last whole second before it that can be reached, and the first after it */
      nearestBefore?: Date
      nearestAfter?: Date
    }

/** Stretches of the day as shares of it, 0 to 1, in order; what is in none of them lies outside the window. */
export type DayCoverage = {
  parts: { from: number; to: number; state: 'whole' | 'missing' }[]
  /** A whole second of it can be restored */
  isReachable: boolean
  /** Why none can, or why a part of it cannot */
  reason?: ReachCode
}

type Span = { from: number; to: number }
type Extent = { earliest: number; latest: number; missing: Span[] }
type WindowView = Pick<RestoreView, 'windows' | 'timelines' | 'now'>

const SECOND = 1_000
const DAY = 86_400_000
/** A switch takes less */
const PAUSE = 60_000

export function reachabilityAt(at: Date, view: WindowView): Reachability {
  const extent = extentOf(view)
  const instant = at.getTime()
  if (!extent) return { ok: false, code: instant > view.now.getTime() ? 'in-future' : 'nothing' }
  const { earliest, latest, missing } = extent
  const [first, last] = [up(earliest), down(latest)]
  if (instant > view.now.getTime()) return { ok: false, code: 'in-future', from: view.now, nearestBefore: last }
  if (instant > latest) return { ok: false, code: 'not-archived', from: new Date(latest), nearestBefore: last }
  if (instant < earliest) return { ok: false, code: 'before-window', to: new Date(earliest), nearestAfter: first }
  const gap = missing.find(({ from, to }) => from < instant && instant < to)
  if (!gap) return { ok: true }
  return {
    ok: false, code: 'in-gap', from: new Date(gap.from), to: new Date(gap.to),
    ...(gap.from >= earliest && { nearestBefore: down(gap.from) }), ...(gap.to <= latest && { nearestAfter: up(gap.to) }),
  }
}

/** `day`: "2026-11-24" on the wall clock of the zone; one on which the clocks change has 23 or 25 hours. */
export function dayCoverage(day: string, zone: string, view: WindowView): DayCoverage {
  const { from, to } = spanOfDay(day, zone)
  const extent = extentOf(view)
  const now = view.now.getTime()
  if (!extent) return { parts: [], isReachable: false, reason: from > now ? 'in-future' : 'nothing' }
  const { earliest, latest, missing } = extent
  const gaps = missing.flatMap((gap) => overlapOf(gap, { from: Math.max(from, earliest), to: Math.min(to, latest) }))
  const whole = without({ from: Math.max(from, earliest), to: Math.min(to, latest + 1) }, gaps)
  const share = (instant: number) => (instant - from) / (to - from)
  const parts = [...whole.map((span) => ({ ...span, state: 'whole' as const })), ...gaps.map((span) => ({ ...span, state: 'missing' as const }))]
    .toSorted((a, b) => a.from - b.from)
    .map((part) => ({ ...part, from: share(part.from), to: Math.min(1, share(part.to)) }))
  const isReachable = whole.some((span) => up(span.from).getTime() < span.to)
  return { parts, isReachable, ...reasonOf({ from, to }, extent, gaps.length > 0, now) }
}

function reasonOf({ from, to }: Span, { earliest, latest }: Extent, hasGap: boolean, now: number): { reason?: ReachCode } {
  if (from > now) return { reason: 'in-future' }
  if (from > latest) return { reason: 'not-archived' }
  if (to <= earliest) return { reason: 'before-window' }
  return hasGap ? { reason: 'in-gap' } : {}
}

export function spanOfDay(day: string, zone: string): Span {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  const [from = midnight] = fromWallClock(midnight, zone)
  const [to = midnight + DAY] = fromWallClock(midnight + DAY, zone)
  return { from, to }
}

/** From the first moment that can be restored, on whatever branch, to the last, and what is missing in between. */
function extentOf({ windows, timelines }: WindowView): Extent | null {
  const open = windows.flatMap(({ timeline, earliest, latest }) => (earliest && latest ? [{ timeline, earliest, latest }] : []))
  if (open.length === 0) return null
  const earliest = Math.min(...open.map((window) => window.earliest.getTime()))
  const latest = Math.max(...open.map((window) => window.latest.getTime()))
  // One that two branches share is told by both.
  const gaps = new Map(windows.flatMap((window) => window.gaps).map((gap) => [`${gap.repo} ${gap.first}`, gap]))
  const missing = [...gaps.values()].flatMap(({ from, to }) =>
    from || to ? [{ from: from?.getTime() ?? earliest - 1, to: to?.getTime() ?? latest + 1 }] : [])
  return { earliest, latest, missing: merged([...missing, ...deadTimes(open, timelines)]) }
}

/** Between the end of a branch that a restore left and the beginning of the next timeline no shop ran. */
function deadTimes(windows: readonly { timeline: number; latest: Date }[], timelines: WindowView['timelines']): Span[] {
  const live = timelines.find(({ isLive }) => isLive)?.id
  const beginnings = timelines.flatMap(({ beganAt }) => beganAt?.getTime() ?? [])
  return windows.filter(({ timeline }) => timeline !== live).flatMap(({ latest }) => {
    const from = latest.getTime()
    const to = Math.min(...beginnings.filter((began) => began > from))
    return Number.isFinite(to) && to - from > PAUSE ? [{ from, to }] : []
  })
}

function merged(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else all.push({ ...span })
  }
  return all
}

function overlapOf(a: Span, b: Span): Span[] {
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)]
  return from < to ? [{ from, to }] : []
}

function without(span: Span, gaps: readonly Span[]): Span[] {
  const rest: Span[] = []
  let next = span.from
  for (const { from, to } of gaps) {
    if (from > next) rest.push({ from: next, to: from })
    next = Math.max(next, to)
  }
  return next < span.to ? [...rest, { from: next, to: span.to }] : rest
}

function down(instant: number): Date {
  return new Date(Math.floor(instant / SECOND) * SECOND)
}

function up(instant: number): Date {
  return new Date(Math.ceil(instant / SECOND) * SECOND)
}
