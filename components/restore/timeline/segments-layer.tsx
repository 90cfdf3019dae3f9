import { memo } from 'react'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import type { Layout } from './layout'
import { RIBBON } from './ribbon'
import { type Scale, px } from './scale'

type SegmentsLayerProps = { segments: TimelineSlice['segments']; scale: Scale; layout: Layout }

/** Near enough, the ribbon falls into its segments, and each mark of the WAL clock is a dot. */
export const SegmentsLayer = memo(function SegmentsLayer({ segments, scale, layout: { ribbon } }: SegmentsLayerProps) {
  const cuts = segments.slice(1).flatMap(({ marks: [first] }) => (first !== undefined && scale.shows(first) ? [scale.x(first)] : []))
  const dots = segments.flatMap(({ marks }) => marks.slice(1)).filter((at) => scale.shows(at)).map(scale.x)
  const isRoomy = dots.every((x, n) => n === 0 || x - (dots[n - 1] ?? 0) > 7)
  return (
    <g className="fill-card">
      <path d={cuts.map((x) => `M${px(x - 1)} ${ribbon}h2v${RIBBON}h-2Z`).join('')} />
      {isRoomy && dots.map((x) => <circle key={x} cx={px(x)} cy={ribbon + RIBBON / 2} r={1.6} />)}
    </g>
  )
})
