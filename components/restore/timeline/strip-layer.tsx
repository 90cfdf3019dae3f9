import { memo } from 'react'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import { cn } from '@/lib/cn'
import { bandOf } from './ribbon'
import { type Scale, type Span, px, scaleOf } from './scale'

const AREA = 26
const LEAST_BRUSH = 8

type StripLayerProps = {
  slice: TimelineSlice
  view: Span
  /** All of time, at the strip's place */
  scale: Scale
  at: number | null
  latest: number | null
  y: number
}

/** What the strip shows: everything that is kept or was sold, and a little beyond now. */
export function stripScale({ all }: Pick<TimelineSlice, 'all'>, earliest: number, now: number, { left, right }: { left: number; right: number }): Scale {
  const from = Math.min(all.days[0]?.[0] ?? all.from, earliest)
  const margin = (now - from) * 0.02
  return scaleOf({ from: from - margin, to: now + margin }, left, right)
}

/** The whole window, with the view as a brush. Same layers, fewer. */
export const StripLayer = memo(function StripLayer({ slice, view, scale, at, latest, y }: StripLayerProps) {
  const brush = brushOf(view, scale)
  const line = y + AREA + 3
  return (
    <g>
      <path d={dailyPath(slice, scale, y)} className="fill-sale/45" />
      {slice.reach.filter(({ isLive }) => isLive).map(({ timeline, from, to }, n, all) => {
        const band = bandOf(from, n === all.length - 1 ? Math.max(to, latest ?? to) : to, scale, 1)
        return band && <rect key={`${timeline} ${from}`} {...band} y={line - 1.5} height={3} className="fill-wal" />
      })}
      {slice.gaps.map(({ first, from, to }) => {
        const band = bandOf(from, to, scale, 3)
        return band && <path key={first} d={`M${band.x} ${line}h${band.width}`} className="stroke-bad-fill stroke-3" strokeDasharray="2 1.5" />
      })}
      {at !== null && <path d={`M${px(scale.clamped(at))} ${y}V${line + 2}`} className="stroke-then" strokeWidth={1.5} />}
      <rect x={px(brush.x)} y={y - 3} width={px(brush.width)} height={AREA + 10} rx={4} className={cn('fill-foreground/5 stroke-foreground/45')} />
    </g>
  )
})

export function brushOf(view: Span, scale: Scale): { x: number; width: number } {
  const [a, b] = [scale.clamped(view.from), scale.clamped(view.to)]
  const width = Math.max(LEAST_BRUSH, b - a)
  return { x: Math.min(scale.right - width, width > b - a ? (a + b - width) / 2 : a), width }
}

/** Sales of each day; a day without any is bare ground. */
function dailyPath({ all }: Pick<TimelineSlice, 'all'>, scale: Scale, y: number): string {
  const top = Math.max(...all.days.map(([, count]) => count), 1)
  const day = 86_400_000
  return all.days.map(([at, count]) => {
    const [x, end] = [scale.clamped(at), scale.clamped(at + day)]
    return `M${px(x)} ${y + AREA}V${px(y + AREA - (count / top) * 21)}H${px(end)}V${y + AREA}Z`
  }).join('')
}
