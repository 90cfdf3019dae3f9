/** The ribbon's shapes: where WAL reaches, where a restore left a timeline, and the words below. */
import type { Branch } from '@/lib/restore/timeline/schema'
import type { Layout } from './layout'
import { type Scale, px, textWidth } from './scale'

export const RIBBON = 10
const THIN = 6

/** A stretch of the ribbon as a rectangle, or null where it is not in view. `least`: pixels it is shown with at any zoom. */
export function bandOf(from: number, to: number, scale: Scale, least = 0) {
  if (!scale.shows(from, to)) return null
  const x = scale.clamped(from)
  const width = Math.max(least, scale.clamped(to) - x)
  return width > 0.3 ? { x: px(x), width: px(width) } : null
}

/** The old end leaves the ribbon downwards and goes on, thinner, to where it can be restored to. */
export function branchPath({ from, to }: Branch, scale: Scale, { ribbon, branch }: Layout): string {
  const [a, b] = [scale.x(from), Math.max(scale.x(to), scale.x(from) + 3)]
  const bend = Math.min(18, (b - a) * 0.55)
  const [top, low] = [branch - 1, branch - 1 + THIN]
  const at = (x: number, y: number) => `${px(x)} ${px(y)}`
  return [
    `M${at(a, ribbon)}`,
    `C${at(a + bend * 0.6, ribbon)} ${at(a + bend * 0.3, top)} ${at(a + bend, top)}`,
    `H${px(b)}V${low}H${px(a + bend)}`,
    `C${at(a + bend * 0.2, low)} ${at(a + bend * 0.2, ribbon + RIBBON)} ${at(a, ribbon + RIBBON)}Z`,
  ].join('')
}

/** Of those with one key the first that has room stands. */
export type RibbonLabel = { key: string; x: number; anchor: 'start' | 'middle' | 'end'; text: string; className: string; size?: number }

/** Between words */
const AIR = 4

/** Labels in the order of their weight; what would touch one that stands already is left out. */
export function placedLabels(labels: readonly RibbonLabel[], taken: readonly (readonly [number, number])[], width: number): RibbonLabel[] {
  const spots = [...taken]
  const placed = new Set<string>()
  return labels.filter((label) => {
    const [from, to] = extentOf(label)
    const isFree = !placed.has(label.key) && from >= 0 && to <= width && spots.every(([a, b]) => to + AIR < a || from - AIR > b)
    if (!isFree) return false
    placed.add(label.key)
    spots.push([from, to])
    return true
  })
}

function extentOf({ x, anchor, text, size }: RibbonLabel): [number, number] {
  const width = textWidth(text, size)
  const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return [from, from + width]
}
