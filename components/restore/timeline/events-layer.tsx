import { memo } from 'react'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { EventGlyph } from './event-glyph'
import { ink } from './ink'
import type { Layout } from './layout'
import type { EventMark } from './marks'
import { type Scale, px, textWidth } from './scale'
import { useMarkWords, useTimes } from './words'

type EventsLayerProps = { marks: readonly EventMark[]; scale: Scale; layout: Layout }

/** The shop's log: a pill a day, an icon each, or words. A deletion is told by its icon and stands by itself. */
export const EventsLayer = memo(function EventsLayer({ marks, scale, layout }: EventsLayerProps) {
  if (layout.detail === 'days') return <Pills marks={marks} scale={scale} layout={layout} />
  if (layout.detail === 'flags') return <Flags marks={marks} layout={layout} />
  const above = marks.toSorted((a, b) => a.deletions - b.deletions)
  return above.map((mark) => <Icon key={keyOf(mark)} mark={mark} y={layout.eventsEnd - 26} />)
})

const keyOf = ({ first, deletions }: EventMark) => `${first.id} ${deletions > 0}`
const DAY = 86_400_000

/** As tall as the day was busy. Where something was deleted it is red, and stands on a foot. */
function Pills({ marks, scale, layout }: EventsLayerProps) {
  const middle = (layout.events + layout.eventsEnd) / 2
  const width = Math.max(1.5, Math.min(5, (DAY / scale.msPerPx) * 0.42))
  return marks.map(({ first, x, count, deletions }) => {
    const height = Math.min(layout.eventsEnd - layout.events - 12, 4 + Math.sqrt(count) * 7)
    const top = middle - height / 2
    return (
      <g key={first.id} className={deletions > 0 ? 'fill-bad-fill' : 'fill-foreground/30'}>
        <rect x={px(x - width / 2)} y={px(top)} width={px(width)} height={px(height)} rx={px(width / 2)} />
        {deletions > 0 && <path d={`M${px(x - 3)} ${px(middle + height / 2 + 6)}l3 -4l3 4Z`} />}
      </g>
    )
  })
}

function Icon({ mark, y }: { mark: EventMark; y: number }) {
  const format = useFormat()
  const { drawnX, width, count, deletions, kind } = mark
  const x = drawnX - width / 2
  return (
    <g className={deletions > 0 ? 'text-bad' : 'text-muted'}>
      <rect x={px(x)} y={y} width={width} height={24} rx={12} className={cn('fill-card', deletions > 0 ? 'stroke-bad-fill' : 'stroke-control/70')} />
      <EventGlyph kind={deletions > 0 && kind === 'several' ? 'product-deleted' : kind} x={x + 5.5} y={y + 5.5} width={13} height={13} />
      {count > 1 && (
        <text x={px(x + 28)} y={y + 16} textAnchor="middle" className="fill-current text-[12px] font-semibold">{format.count(count)}</text>
      )}
    </g>
  )
}

const ROWS = 3

function Flags({ marks, layout }: { marks: readonly EventMark[]; layout: Layout }) {
  const height = (layout.eventsEnd - layout.events) / ROWS - 4
  return marks.map((mark, n) => <Flag key={keyOf(mark)} mark={mark} y={layout.events + 4 + (n % ROWS) * height} layout={layout} />)
}

/** Words stand right of the flag, else left of it: with the time, without it, or what it was about alone. */
function Flag({ mark, y, layout }: { mark: EventMark; y: number; layout: Layout }) {
  const wordsOf = useMarkWords()
  const { second } = useTimes()
  const { first, x, deletions } = mark
  const { stamp, words, isFlipped } = fittingWords(x, layout, [
    { stamp: second(first.at), words: wordsOf(mark) }, { stamp: '', words: wordsOf(mark) }, { stamp: '', words: first.what },
  ])
  return (
    <g>
      <path d={`M${px(x)} ${y + 24}V${layout.ribbon}`} className={deletions > 0 ? 'stroke-bad-fill' : 'stroke-control/70'} strokeWidth={1.25} />
      <Icon mark={{ ...mark, drawnX: x, width: 24, count: 1 }} y={y} />
      <text x={px(isFlipped ? x - 18 : x + 18)} y={y + 16} textAnchor={isFlipped ? 'end' : 'start'} className={cn(ink.words, ink.halo)}>
        {stamp && <tspan className="font-semibold">{stamp}</tspan>}
        <tspan dx={stamp ? 7 : 0}>{words}</tspan>
      </text>
    </g>
  )
}

type FlagWords = { stamp: string; words: string }

export function fittingWords(x: number, { width, left }: Layout, candidates: readonly FlagWords[]): FlagWords & { isFlipped: boolean } {
  const [right, before] = [width - x - 22, x - left - 18]
  for (const candidate of candidates) {
    const needed = textWidth(`${candidate.stamp} ${candidate.words}`, 13)
    if (needed <= right || needed <= before) return { ...candidate, isFlipped: needed > right }
  }
  const shortest = candidates.at(-1) ?? { stamp: '', words: '' }
  const letters = Math.floor((Math.max(right, before) / textWidth(shortest.words, 13)) * shortest.words.length) - 1
  return { ...shortest, words: `${shortest.words.slice(0, Math.max(0, letters))}…`, isFlipped: before > right }
}
