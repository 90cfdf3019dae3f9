import { memo } from 'react'
import type { Layout } from './layout'
import { RIBBON, bandOf } from './ribbon'
import type { Scale } from './scale'
import { type Link, arcsOf } from './sets'

type PlanLayerProps = { chain: readonly Link[]; at: number | null; scale: Scale; layout: Layout }

/** The way the data takes: from set to set, then along the WAL up to the moment. */
export const PlanLayer = memo(function PlanLayer({ chain, at, scale, layout }: PlanLayerProps) {
  const newest = chain.at(-1)
  if (!newest) return null
  const replay = at !== null && at > newest.at ? bandOf(newest.at, at, scale, 1) : null
  return (
    <g>
      <path d={arcsOf(chain, scale, layout)} className="fill-none stroke-then/80" strokeWidth={1.25} />
      {replay && <rect {...replay} y={layout.ribbon} height={RIBBON} className="fill-then" />}
    </g>
  )
})
