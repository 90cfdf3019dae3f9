import { memo } from 'react'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { EventGlyph } from './event-glyph'
import { type Flag, placedFlags } from './flags'
import { ink } from './ink'
import type { Layout } from './layout'
import { type EventMark, FLAG_AIR, countsOf, flagTop, iconTop, leftOf, rightOf } from './marks'
import { type Scale, px } from './scale'
import { useMarkWords, useStampOf } from './words'

type EventsLayerProps = { marks: readonly EventMark[]; at: number | null; scale: Scale; layout: Layout }

/** The shop's log: a pill a day, an icon each, or words. A deletion is told by its icon and its colour. */
export const EventsLayer = memo(function EventsLayer({ marks, at, scale, layout }: EventsLayerProps) {
  if (layout.detail === 'days') return <Pills marks={marks} scale={scale} layout={layout} />
  if (layout.detail === 'flags') return <Flags marks={marks} at={at} scale={scale} layout={layout} />
  return marks.map((mark) => <Icon key={mark.first.id} mark={mark} y={iconTop(layout)} />)
})

const DAY = 86_400_000

/** As tall as the day was busy. Where something was deleted it is red, and stands on a foot. */
function Pills({ marks, scale, layout }: Omit<EventsLayerProps, 'at'>) {
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
  const { drawnX, width, deletions, kind } = mark
  const { main, more } = countsOf(mark)
  const x = drawnX - width / 2
  return (
    <g className={deletions > 0 ? 'text-bad' : 'text-muted'}>
      <rect x={px(x)} y={y} width={px(width)} height={24} rx={12} className={cn('fill-card', deletions > 0 ? 'stroke-bad-fill' : 'stroke-control/70')} />
      <EventGlyph kind={deletions > 0 && kind === 'several' ? 'product-deleted' : kind} x={x + 5.5} y={y + 5.5} width={13} height={13} />
      {width > 24 && (
        <text x={px(x + 22)} y={y + 16} className="fill-current text-[12px] font-semibold">
          {main > 1 && format.count(main)}
          {more > 0 && <tspan dx={main > 1 ? 5 : 0} className="fill-muted font-normal">+{format.count(more)}</tspan>}
        </text>
      )}
    </g>
  )
}

type FlagsProps = { marks: readonly EventMark[]; at: number | null; scale: Scale; layout: Layout }

function Flags({ marks, at, scale, layout }: FlagsProps) {
  const wordsOf = useMarkWords()
  const stampOf = useStampOf()
  const line = at !== null && scale.shows(at) ? scale.x(at) : null
  const flags = placedFlags(marks, layout, line, { stampOf, wordsOf: (mark) => [wordsOf(mark), mark.first.what] })
  const poles = (isDeletion: boolean) => marks.filter(({ deletions }) => deletions > 0 === isDeletion)
    .map((mark) => `M${px(mark.x)} ${px(flagTop(mark, layout) + 24)}V${layout.ribbon}`).join('')
  return (
    <g>
      <path d={poles(false)} className="stroke-control/70" strokeWidth={1.25} />
      <path d={poles(true)} className="stroke-bad-fill" strokeWidth={1.25} />
      {flags.map((flag) => <FlagWithWords key={flag.mark.first.id} flag={flag} y={flagTop(flag.mark, layout)} />)}
    </g>
  )
}

function FlagWithWords({ flag: { mark, stamp, words, isFlipped }, y }: { flag: Flag; y: number }) {
  const x = isFlipped ? leftOf(mark) - FLAG_AIR : rightOf(mark) + FLAG_AIR
  return (
    <g>
      <Icon mark={mark} y={y} />
      <text x={px(x)} y={px(y + 16)} textAnchor={isFlipped ? 'end' : 'start'} className={cn(ink.words, ink.halo)}>
        <tspan className="font-semibold">{stamp}</tspan>
        {words && <tspan dx={7}>{words}</tspan>}
      </text>
    </g>
  )
}
