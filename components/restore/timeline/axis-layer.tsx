import { memo } from 'react'
import { useFormat } from '@/components/format-provider'
import { ink } from './ink'
import type { Layout } from './layout'
import { type Scale, px, textWidth } from './scale'
import { type Heading, dayOfMonth, headingsOf, isMonthStart, tickStep, ticksOf } from './ticks'
import { useTimes } from './words'

const MINUTE = 60_000
const DAY = 86_400_000

/** Where the axis stays silent: the playhead's pill, and now. */
export type Silence = readonly (readonly [from: number, to: number])[]

type AxisLayerProps = { scale: Scale; layout: Layout; silence: Silence }

/** Two tiers: the day or month above, round times below, and a line down from each. */
export const AxisLayer = memo(function AxisLayer({ scale, layout, silence }: AxisLayerProps) {
  const label = useTickLabel()
  const { zone } = useTimes()
  const sample = textWidth(label(scale.from, 1_000), 12)
  const step = tickStep(scale.msPerPx, layout.isNarrow ? Math.max(60, sample + 8) : sample + 12)
  const ticks = ticksOf(scale, step, zone)
  const headings = headingsOf(scale, zone)
  const lines = ticks.map((at) => `M${px(scale.x(at))} ${layout.axis}V${layout.base}`).join('')
  return (
    <g>
      <path d={lines} className="stroke-border" />
      <path d={`M${layout.left} ${layout.base}H${layout.right}`} className="stroke-control/60" />
      {ticks.map((at) => (
        <TickLabel key={at} x={scale.x(at)} text={label(at, step)} isStart={step >= DAY && isMonthStart(at, zone)} {...{ layout, silence }} />
      ))}
      <Headings headings={headings} scale={scale} layout={layout} />
    </g>
  )
})

function useTickLabel() {
  const format = useFormat()
  const { zone } = useTimes()
  return (at: number, step: number) => {
    if (step >= DAY) return String(dayOfMonth(at, zone))
    return format.time(new Date(at), { seconds: step < MINUTE })
  }
}

type TickLabelProps = { x: number; text: string; isStart: boolean; layout: Layout; silence: Silence }

/** The first of a month stands beside its line, which the month's name shares. */
function TickLabel({ x, text, isStart, layout, silence }: TickLabelProps) {
  const half = textWidth(text) / 2 + 2
  const isSilent = silence.some(([from, to]) => x + half > from && x - half < to)
  if (isSilent || x < layout.left + 6 || x > layout.right - 6) return null
  return (
    <text x={px(isStart ? x + 6 : x)} y={40} textAnchor={isStart ? 'start' : 'middle'} className={ink.note}>
      {text}
    </text>
  )
}

type HeadingsProps = { headings: Heading[]; scale: Scale; layout: Layout }

function Headings({ headings, scale, layout }: HeadingsProps) {
  const textOf = useHeadingText()
  const shown = headings.filter(({ at }) => scale.x(at) < layout.right - 20)
  return shown.map((heading, n) => {
    const x = heading.isFirst ? layout.left : scale.x(heading.at)
    const next = shown[n + 1]
    const room = (next ? scale.x(next.at) : layout.width) - x - 10
    const text = textOf(heading, n).find((words) => textWidth(words, 13) < room)
    return (
      <g key={heading.isFirst ? 'first' : heading.at}>
        {!heading.isFirst && <path d={`M${px(x)} 6V${layout.base}`} className="stroke-control/60" />}
        {text && <text x={px(heading.isFirst ? x : x + 6)} y={18} className={ink.heading}>{text}</text>}
      </g>
    )
  })
}

/** The longest first */
function useHeadingText() {
  const format = useFormat()
  const times = useTimes()
  return ({ at, unit }: Heading, n: number) => {
    const date = new Date(at)
    if (unit === 'day') return [times.dayYear(date), times.day(date), format.weekday(date, 'short')]
    // The first may have no room for its year, so the second tells it too.
    const tellsYear = n < 2 || format.dayKey(date).slice(5, 7) === '01'
    return tellsYear ? [format.month(date, { year: true }), format.month(date)] : [format.month(date)]
  }
}
