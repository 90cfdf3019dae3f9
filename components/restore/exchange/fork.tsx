'use client'

import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useNow } from '@/components/format-provider'
import { useSlice } from '../timeline/timeline-query'
import { useWidth } from './use-width'
import { usePointWords, useTimes } from './words'

const HEIGHT = 108
const BARS = { foot: 64, height: 44 }
const TRUNK = { y: 72, height: 9 }
const BRANCH = { y: 94, height: 7 }
/** Bins of sales; the server makes them as wide as that allows */
const BINS = 60
const LEAST_MS = 600_000

type ForkProps = {
  /** What the shop goes back to */
  at: Date
  /** When it left; without it, it still could */
  left?: Date
  timeline?: number | null
  /** Until when what is left is kept; null where it is not any more */
  keptUntil?: Date | null
}

/** The shop's way: back to the point and on from there; what was sold after it stays on the branch that is left. */
export function Fork({ at, left, timeline = null, keptUntil }: ForkProps) {
  const t = useTranslations('exchange.fork')
  const words = usePointWords()
  const { day, until } = useTimes()
  const now = useNow(30_000)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const end = left ?? now
  const span = viewOf(at, end, now)
  const point = words({ at, target: null })
  const label = t('label', { point, until: keptUntil ? until(keptUntil) : 'none' })
  return (
    <div ref={box} style={{ height: HEIGHT }} className="relative overflow-hidden">
      {width > 0 && (
        <svg role="img" aria-label={label} width={width} height={HEIGHT} className="absolute inset-0 text-[12px]">
          <Drawn
            {...{ span, width, at: at.getTime(), end: end.getTime(), isLeft: left !== undefined }}
            words={{
              point, goes: t('goes', { timeline: timeline ?? 'none' }),
              kept: keptUntil ? t('keptUntil', { day: day(keptUntil) }) : keptUntil === null ? null : t('kept'),
            }}
          />
        </svg>
      )}
    </div>
  )
}

type Span = { from: number; to: number }

/** A while before the point to see what it follows on, and room behind the end for what goes on. */
function viewOf(at: Date, end: Date, now: Date): Span {
  const length = Math.max(LEAST_MS, Math.max(end.getTime(), now.getTime()) - at.getTime())
  return { from: Math.round(at.getTime() - length * 0.6), to: Math.round(Math.max(end.getTime(), now.getTime()) + length * 0.3) }
}

type DrawnProps = {
  span: Span; width: number; at: number; end: number; isLeft: boolean
  words: { point: string; goes: string; kept: string | null }
}

function Drawn({ span, width, at, end, isLeft, words }: DrawnProps) {
  const x = (ms: number) => ((ms - span.from) / (span.to - span.from)) * width
  const [from, to] = [x(at), Math.max(x(end), x(at) + 24)]
  const bend = Math.min(26, (to - from) * 0.4)
  const middle = TRUNK.y + TRUNK.height / 2
  const pointIsLeft = from > 90
  return (
    <>
      <Sales span={span} x={x} at={at} end={end} isLeft={isLeft} />
      <rect x={0} y={TRUNK.y} width={from} height={TRUNK.height} className="fill-wal" />
      <path d={branchOf(from, to, bend)} className="fill-lost/40" />
      <path d={`M${to} ${BRANCH.y - 3}v${BRANCH.height + 6}`} className="stroke-lost" strokeWidth={2} />
      <path d={`M${from} ${middle}H${to}`} className="stroke-then" strokeWidth={1.5} strokeDasharray="2 3" />
      <rect x={to} y={TRUNK.y} width={Math.max(0, width - to)} height={TRUNK.height} className="fill-then" />
      <path d={`M${from} 1V${TRUNK.y + TRUNK.height + 4}`} className="stroke-then" strokeWidth={1.75} />
      <circle cx={from} cy={middle} r={5} className="fill-card stroke-then" strokeWidth={2} />
      <text x={from + (pointIsLeft ? -8 : 8)} y={11} textAnchor={pointIsLeft ? 'end' : 'start'} className="fill-then font-medium">
        {words.point}
      </text>
      <text x={width} y={TRUNK.y - 7} textAnchor="end" className="fill-then">
        {words.goes}
      </text>
      {words.kept && (
        <text x={to + 8} y={BRANCH.y + BRANCH.height + 1} className="fill-lost-ink">
          {words.kept}
        </text>
      )}
    </>
  )
}

/** The ribbon that leaves the trunk downwards, and ends where the shop was left. */
function branchOf(from: number, to: number, bend: number): string {
  const [top, low, foot] = [TRUNK.y, BRANCH.y, BRANCH.y + BRANCH.height]
  const [begin, end] = [from + bend * 0.6, from + bend]
  return `M${from} ${top}C${begin} ${top} ${from + bend * 0.4} ${low} ${end} ${low}H${to}V${foot}H${end}`
    + `C${from + bend * 0.3} ${foot} ${from + bend * 0.3} ${top + TRUNK.height} ${from} ${top + TRUNK.height}Z`
}

type SalesProps = { span: Span; x: (ms: number) => number; at: number; end: number; isLeft: boolean }

/** What the running shop tells: once it was left, what stayed behind is not among it. */
function Sales({ span, x, at, end, isLeft }: SalesProps) {
  const { data } = useSlice(span, BINS, span.to)
  if (!data || data.bars.length === 0) return null
  const most = Math.max(...data.bars.map(([, count]) => count))
  return data.bars.map(([start, count]) => {
    const stays = start < at || (isLeft && start >= end)
    const [left, right] = [Math.max(0, x(start)), x(start + data.bin * 1_000)]
    const height = (count / most) * BARS.height
    const cut = start < at && start + data.bin * 1_000 > at ? x(at) : null
    return (
      <g key={start}>
        <rect
          x={left} y={BARS.foot - height} width={Math.max(1.5, (cut ?? right) - left - 1)} height={height}
          className={stays ? 'fill-sale' : 'fill-lost'}
        />
        {cut !== null && !isLeft && (
          <rect x={cut + 1} y={BARS.foot - height} width={Math.max(1, right - cut - 2)} height={height} className="fill-lost" />
        )}
      </g>
    )
  })
}
