/** Where a moment lies: linear in time, always. Positions are CSS pixels, times epoch milliseconds. */

/** A stretch of time */
export type Span = { from: number; to: number }

export type Scale = Span & {
  /** The plot's edges */
  left: number
  right: number
  msPerPx: number
  x(at: number): number
  /** Kept within the plot */
  clamped(at: number): number
  time(x: number): number
  /** Whether a moment, or a part of a stretch, is in view */
  shows(from: number, to?: number): boolean
}

export function scaleOf({ from, to }: Span, left: number, right: number): Scale {
  const msPerPx = (to - from) / Math.max(1, right - left)
  const x = (at: number) => left + (at - from) / msPerPx
  return {
    from, to, left, right, msPerPx, x,
    clamped: (at) => Math.min(right, Math.max(left, x(at))),
    time: (position) => from + (position - left) * msPerPx,
    shows: (first, last = first) => last >= from && first <= to,
  }
}

const heads = [1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 10]

/** The round number that an axis ends at. */
export function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return (heads.find((head) => head * power >= value) ?? 10) * power
}

/** A tenth of a pixel is as fine as a path need be. */
export function px(position: number): string {
  return String(Math.round(position * 10) / 10)
}

const wide = /[0-9A-Z₦€£$…]/
const thin = /[ :.,'’il|]/

/** Widths of the newest texts, in em: a frame asks for what the frame before has asked. No font is measured, so none can make them wrong. */
const widths = new Map<string, number>()
const REMEMBERED = 4_000

/** About how wide words stand at 12 px of Geist, with tabular figures. For what must not collide; nothing is cut by it. */
export function textWidth(text: string, size = 12): number {
  const known = widths.get(text)
  if (known !== undefined) return known * size
  let em = 0
  for (const letter of text) em += wide.test(letter) ? 0.63 : thin.test(letter) ? 0.29 : 0.54
  if (widths.size >= REMEMBERED) widths.clear()
  widths.set(text, em)
  return em * size
}
