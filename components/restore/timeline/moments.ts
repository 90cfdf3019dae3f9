/** Which moment a step, a drag or an event leads to: never one that cannot be restored. */
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { RestoreView } from '@/lib/restore/view/schema'

export type ReachView = Pick<RestoreView, 'windows' | 'timelines' | 'now'>

/** The first or last whole second that can be restored; null while nothing can. */
export function edgeOf(edge: 'earliest' | 'latest', view: ReachView): Date | null {
  const beyond = edge === 'earliest' ? new Date(0) : new Date(view.now.getTime() + 1)
  const reach = reachabilityAt(beyond, view)
  if (reach.ok) return null
  return (edge === 'earliest' ? reach.nearestAfter : reach.nearestBefore) ?? null
}

/** So many milliseconds on; over a gap, to its other side; at the end, no further. Null where there is nowhere to go. */
export function stepped(at: Date, ms: number, view: ReachView): Date | null {
  const wanted = new Date(at.getTime() + ms)
  const reach = reachabilityAt(wanted, view)
  if (reach.ok) return wanted
  const ahead = ms > 0 ? reach.nearestAfter : reach.nearestBefore
  if (ahead) return ahead
  const edge = ms > 0 ? reach.nearestBefore : reach.nearestAfter
  return edge && Math.sign(edge.getTime() - at.getTime()) === Math.sign(ms) ? edge : null
}

/** A drag stops at the nearer edge of what it is drawn into. */
export function dragged(to: number, view: ReachView): Date | null {
  const at = new Date(to)
  const reach = reachabilityAt(at, view)
  if (reach.ok) return at
  const edges = [reach.nearestBefore, reach.nearestAfter].filter((edge) => edge !== undefined)
  return edges.toSorted((a, b) => Math.abs(a.getTime() - to) - Math.abs(b.getTime() - to))[0] ?? null
}

/** The nearest event's "just before" on one side of the moment. `events`: in order of time. */
export function eventBeside(at: Date, direction: 1 | -1, events: readonly { before: string }[], view: ReachView): Date | null {
  const moments = events.map(({ before }) => new Date(before)).filter((moment) => reachabilityAt(moment, view).ok)
  return (direction > 0 ? moments.find((moment) => moment > at) : moments.findLast((moment) => moment < at)) ?? null
}
