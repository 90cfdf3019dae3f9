/** The backups' ruler: a tick for each set, the longer the more complete. */
import type { RestorePlan } from '@/lib/restore/schema'
import type { SetMark } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Layout } from './layout'
import { type Scale, textWidth } from './scale'

type SetType = SetMark['type']

const tall: Record<SetType, number> = { full: 30, diff: 24, incr: 18 }
const low: Record<SetType, number> = { full: 26, diff: 15, incr: 7 }
export const tickWidths: Record<SetType, number> = { full: 3, diff: 2, incr: 1.5 }

export function tickHeight(type: SetType, { detail }: Pick<Layout, 'detail'>): number {
  return (detail === 'hours' ? tall : low)[type]
}

/** A set that the plan reads, where it was finished */
export type Link = { label: string; type: SetType; at: number }

/** The sets of a plan's chain, oldest first; one that is known nowhere is left out. */
export function chainOf(plan: RestorePlan | null, sets: readonly SetMark[], view: Pick<RestoreView, 'sets'>): Link[] {
  if (!plan) return []
  const inView = view.sets.map(({ repo, label, type, stoppedAt }) => ({ repo, label, type, at: stoppedAt.getTime() }))
  const known = new Map([...inView, ...sets].filter(({ repo }) => repo === plan.repo).map(({ label, type, at }) => [label, { label, type, at }]))
  return plan.chain.flatMap((label) => known.get(label) ?? [])
}

/** A mark that wants a name: `words` the longest first, `half` its own width to either side. */
export type Named = { key: string; x: number; half: number; words: readonly string[]; isFirst: boolean; isUsed: boolean }
export type PlacedName = { key: string; x: number; anchor: 'start' | 'end'; text: string; isUsed: boolean }

/** Names beside the marks: the longest that fits; those that go first, first. What would touch another stays silent. */
export function placedNames(marks: readonly Named[], layout: Layout, playhead: number | null): PlacedName[] {
  const taken: [number, number][] = marks.map(({ x, half }) => [x - half, x + half])
  if (playhead !== null) taken.push([playhead - 2, playhead + 2])
  const fits = (from: number, to: number) => from >= layout.left && to <= layout.width - 8 && taken.every(([a, b]) => to < a || from > b)
  return marks.toSorted((a, b) => Number(b.isFirst) - Number(a.isFirst)).flatMap(({ key, x, half, words, isUsed }): PlacedName[] => {
    for (const text of words) {
      const width = textWidth(text) + 6
      const [right, left] = [x + half + 2, x - half - 2]
      const isRight = fits(right, right + width)
      if (!isRight && !fits(left - width, left)) continue
      taken.push(isRight ? [right, right + width] : [left - width, left])
      return [{ key, x: isRight ? right + 2 : left - 2, anchor: isRight ? 'start' : 'end', text, isUsed }]
    }
    return []
  })
}

/** From set to set in flat bows, as tall as the ticks they join. */
export function arcsOf(chain: readonly Link[], scale: Scale, layout: Layout): string {
  const lift = layout.detail === 'hours' ? 22 : 10
  return chain.slice(1).map((link, n) => {
    const before = chain[n]
    if (!before) return ''
    const [a, b] = [scale.x(before.at), scale.x(link.at)]
    const [p, q] = [layout.ribbon - 2 - tickHeight(before.type, layout), layout.ribbon - 2 - tickHeight(link.type, layout)]
    const top = Math.min(p, q) - Math.min(lift, (b - a) * 0.14)
    const bend = (b - a) * 0.2
    return `M${a.toFixed(1)} ${p}C${(a + bend).toFixed(1)} ${top.toFixed(1)} ${(b - bend).toFixed(1)} ${top.toFixed(1)} ${b.toFixed(1)} ${q}`
  }).join('')
}
