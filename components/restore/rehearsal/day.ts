/** The day as a line: what was sold up to each moment. */
import type { Bar } from '@/lib/restore/timeline/schema'

export type Point = { at: number; value: number }
/** In a box of that width and height, from its upper left corner. */
export type Line = { before: string; after: string; momentX: number }

/** Sums up bins; each counts from where it ends. Empty where nothing was sold. */
export function cumulative(bars: readonly Bar[], { bin, to }: { bin: number; to: number }, of: 'sales' | 'takings'): Point[] {
  let value = 0
  return bars.map(([from, sales, takings]) => {
    value += of === 'sales' ? sales : takings
    return { at: Math.min(from + bin * 1_000, to), value }
  })
}

type Frame = { from: number; to: number; moment: number; width: number; height: number }

/** Steps from bin to bin, cut in two at the moment. */
export function lineOf(points: readonly Point[], { from, to, moment, width, height }: Frame): Line {
  const highest = Math.max(1, ...points.map(({ value }) => value))
  const x = (at: number) => round(((Math.min(Math.max(at, from), to) - from) / (to - from)) * width)
  const y = (value: number) => round(height - (value / highest) * height)
  const steps = (path: readonly Point[], start: Point, end: number) =>
    `M${x(start.at)} ${y(start.value)}${path.map(({ at, value }) => `H${x(at)}V${y(value)}`).join('')}H${x(end)}`
  const before = points.filter(({ at }) => at <= moment)
  const reached = before.at(-1)?.value ?? 0
  return {
    before: steps(before, { at: from, value: 0 }, moment),
    after: steps(points.filter(({ at }) => at > moment), { at: moment, value: reached }, to),
    momentX: x(moment),
  }
}

const round = (value: number) => Math.round(value * 10) / 10
