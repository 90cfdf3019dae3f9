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
export type RibbonLabel = {
  key: string
  x: number
  anchor: 'start' | 'middle' | 'end'
  text: string
  className: string
  size?: number
  /** Whether it may stand a row lower where the first has no room */
  canSink?: boolean
}
export type PlacedLabel = RibbonLabel & { row: 0 | 1 }

/** Between words */
const AIR = 4

/** Labels in the order of their weight; what would touch one that stands already is shortened, sinks, or is left out. */
export function placedLabels(labels: readonly RibbonLabel[], taken: readonly (readonly [number, number])[], width: number): PlacedLabel[] {
  const rows: Record<0 | 1, (readonly [number, number])[]> = { 0: [...taken], 1: [...taken] }
  return [...new Set(labels.map(({ key }) => key))].flatMap((key): PlacedLabel[] => {
    const own = labels.filter((label) => label.key === key)
    const tries = [...own.map((label) => ({ ...label, row: 0 as const })), ...own.filter(({ canSink }) => canSink).map((label) => ({ ...label, row: 1 as const }))]
    const found = tries.find((label) => {
      const [from, to] = extentOf(label)
      return from >= 0 && to <= width && rows[label.row].every(([a, b]) => to + AIR < a || from - AIR > b)
    })
    if (!found) return []
    rows[found.row].push(extentOf(found))
    return [found]
  })
}

function extentOf({ x, anchor, text, size }: RibbonLabel): [number, number] {
  const width = textWidth(text, size)
  const from = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return [from, from + width]
}
