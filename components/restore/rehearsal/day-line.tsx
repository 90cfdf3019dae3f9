'use client'

import { useMemo } from 'react'
import { useFormat } from '@/components/format-provider'
import { dayStart } from '../timeline/ticks'
import { type Line, cumulative, lineOf } from './day'
import { useSalesBetween } from './queries'

const WIDTH = 360
const HEIGHT = 40
/** Room for the line's own width */
const PAD = 4

/** What was sold since the day of that moment began, where the shop's database tells; all lines on one time axis. */
export function useDayLines(moment: Date | null, until: Date) {
  const { timeZone } = useFormat().options
  const from = moment ? dayStart(moment.getTime(), timeZone) : 0
  const to = until.getTime()
  const { data } = useSalesBetween(from, to, moment !== null && from < to)
  return useMemo(() => {
    if (!moment || !data || data.reading !== 'ok') return null
    const bars = data.bars.filter(([start]) => start >= from && start < to)
    const first = bars[0]?.[0]
    if (first === undefined || first > moment.getTime()) return null
    const frame = { from: first, to, moment: moment.getTime(), width: WIDTH, height: HEIGHT }
    const line = (of: 'sales' | 'takings') => lineOf(cumulative(bars, { bin: data.bin, to }, of), frame)
    return { from: new Date(first), sales: line('sales'), takings: line('takings') }
  }, [moment, data, from, to])
}

type DayLineProps = { line: Line; tone: 'lost' | 'back' | 'neutral' }

const strokes = { lost: 'stroke-lost', back: 'stroke-back', neutral: 'stroke-sale' }
const washes = { lost: 'fill-lost/12', back: 'fill-back/12', neutral: 'fill-sale/12' }

/** Up to the moment as it stays, after it in the colour of what a switch does to the figure. */
export function DayLine({ line: { before, after, momentX }, tone }: DayLineProps) {
  return (
    <svg aria-hidden viewBox={`0 ${-PAD} ${WIDTH} ${HEIGHT + 2 * PAD}`} preserveAspectRatio="none" className="block h-12 w-full">
      <rect x={momentX} y={-PAD} width={WIDTH - momentX} height={HEIGHT + 2 * PAD} className={washes[tone]} />
      <g fill="none">
        <path d={before} className="stroke-sale" strokeWidth={1.75} vectorEffect="non-scaling-stroke" />
        <path d={after} className={strokes[tone]} strokeWidth={2} vectorEffect="non-scaling-stroke" />
        <path d={`M${momentX} ${-PAD}V${HEIGHT + PAD}`} className="stroke-then" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
      </g>
    </svg>
  )
}
