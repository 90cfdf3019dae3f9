import { memo } from 'react'
import { cn } from '@/lib/cn'
import type { Layout } from './layout'
import { RIBBON } from './ribbon'
import { type Scale, px, textWidth } from './scale'

export type Pill = { x: number; width: number; main: string; utc: string | null; isOut: 'left' | 'right' | null }

/** Both clocks where there is room. Out of view it waits at the edge. */
export function pillOf(at: number, { main, utc }: { main: string; utc: string | null }, scale: Scale, layout: Layout): Pill {
  const shownUtc = layout.isNarrow || layout.detail === 'days' ? null : utc
  const isOut = at < scale.from ? 'left' : at > scale.to ? 'right' : null
  const words = textWidth(main, 13) * 1.06 + (shownUtc ? textWidth(shownUtc) + 8 : 0)
  const width = Math.round(words + (isOut ? 36 : 24))
  const [first, last] = [layout.isNarrow ? 4 : layout.left - 16, layout.right + (layout.isNarrow ? 10 : 16) - width]
  return { x: Math.min(last, Math.max(first, scale.clamped(at) - width / 2)), width, main, utc: shownUtc, isOut }
}

type PlayheadProps = { pill: Pill; at: number; isReachable: boolean; scale: Scale; layout: Layout }

export const PILL = { top: 23, height: 23 }

/** The moment: a line through every lane, on it the time. Red where it cannot be restored, which the words beside say too. */
export const Playhead = memo(function Playhead({ pill, at, isReachable, scale, layout }: PlayheadProps) {
  const x = scale.x(at)
  const colour = isReachable ? 'fill-then' : 'fill-bad'
  return (
    <g>
      {!pill.isOut && (
        <>
          <path d={`M${px(x)} 46V${layout.base}`} className={isReachable ? 'stroke-then' : 'stroke-bad'} strokeWidth={1.75} />
          <path d={`M${px(x - 5)} 45h10l-5 6z`} className={colour} />
          <circle cx={px(x)} cy={layout.ribbon + RIBBON / 2} r={5} className={cn('fill-card stroke-2', isReachable ? 'stroke-then' : 'stroke-bad')} />
        </>
      )}
      <rect x={px(pill.x)} y={PILL.top} width={pill.width} height={PILL.height} rx={6} className={colour} />
      <text x={px(pill.x + pill.width / 2)} y={39} textAnchor="middle" className="fill-on-primary text-[13px]">
        {pill.isOut === 'left' && '‹ '}
        <tspan className="font-semibold">{pill.main}</tspan>
        {pill.utc && <tspan dx={8} className="text-[12px] opacity-85">{pill.utc}</tspan>}
        {pill.isOut === 'right' && ' ›'}
      </text>
    </g>
  )
})
