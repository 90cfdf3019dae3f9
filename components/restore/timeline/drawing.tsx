import { memo, useId, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { RestorePlan } from '@/lib/restore/schema'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Tally } from '@/lib/salespider/life/schema'
import { AxisLayer, type Silence } from './axis-layer'
import { EventsLayer } from './events-layer'
import { ink } from './ink'
import { LaneNames } from './lane-names'
import type { Layout } from './layout'
import { LostWash, LostWords } from './lost-layer'
import type { EventMark } from './marks'
import { NowLayer } from './now-layer'
import { PlanLayer } from './plan-layer'
import { type Pill, Playhead } from './playhead'
import { RibbonLayer } from './ribbon-layer'
import { RibbonWords } from './ribbon-words'
import { SalesBars } from './sales-layer'
import type { Scale } from './scale'
import { SegmentsLayer } from './segments-layer'
import type { Link } from './sets'
import { SetsLayer } from './sets-layer'
import type { Drawn } from './slices'
import { SalesStems, isFine } from './stems-layer'
import { StripLayer } from './strip-layer'

export type DrawingProps = {
  scale: Scale
  layout: Layout
  zone: string
  /** Everything, at the coarsest: the ribbon and the strip */
  whole: TimelineSlice
  drawn: Drawn | null
  isWaiting: boolean
  marks: readonly EventMark[]
  chain: readonly Link[]
  plan: RestorePlan | null
  at: number | null
  isReachable: boolean
  pill: Pill | null
  tally: Tally | null
  now: number
  latest: number | null
  currency: RestoreView['currency']
  strip: Scale
}

/** Every layer is a function of view and moment. Hidden from screen readers: the playhead and the table say the same. */
export const Drawing = memo(function Drawing(props: DrawingProps) {
  const { scale, layout, whole, drawn, marks, chain, plan, at, pill, now, latest } = props
  const hatch = useId()
  const sets = drawn?.sets ?? whole.sets
  const silence = useMemo(() => silenceOf(pill, now, scale, layout), [pill, now, scale, layout])
  const stands = useMemo((): Silence => (at !== null && scale.shows(at) ? [[scale.x(at) - 3, scale.x(at) + 3]] : []), [at, scale])
  return (
    <svg aria-hidden width={layout.width} height={layout.height} className="block overflow-visible">
      <Patterns id={hatch} layout={layout} />
      {at !== null && <LostWash at={at} now={now} scale={scale} layout={layout} />}
      <AxisLayer scale={scale} layout={layout} silence={silence} />
      <LaneNames scale={scale} layout={layout} drawn={drawn} currency={props.currency} />
      <Sales {...props} />
      <g clipPath={`url(#${hatch}-plot)`}>
        <RibbonLayer wal={whole} latest={latest} now={now} scale={scale} layout={layout} hatch={hatch} />
        <PlanLayer chain={chain} at={at} scale={scale} layout={layout} />
      </g>
      <NowLayer now={now} latest={latest} pill={pillSpan(pill)} scale={scale} layout={layout} />
      {pill && at !== null && <Playhead pill={pill} at={at} isReachable={props.isReachable} scale={scale} layout={layout} />}
      {layout.detail === 'flags' && drawn && <SegmentsLayer segments={drawn.segments} scale={scale} layout={layout} />}
      <SetsLayer sets={sets} points={drawn?.points ?? whole.points} chain={chain} at={at} scale={scale} layout={layout} />
      <RibbonWords wal={whole} segments={drawn?.segments ?? whole.segments} plan={plan} at={at} scale={scale} layout={layout} taken={stands} />
      <EventsLayer marks={marks} at={at} scale={scale} layout={layout} />
      <Lost {...props} />
      {layout.strip !== null && <StripLayer slice={whole} view={scale} scale={props.strip} at={at} latest={latest} y={layout.strip} />}
    </svg>
  )
})

function Sales({ scale, layout, zone, whole, drawn, isWaiting, at, now, currency }: DrawingProps) {
  const t = useTranslations('timeline')
  const hasStems = drawn?.sales != null && isFine(scale)
  const isKnown = drawn && (drawn.reading === 'ok' || drawn.bars.length > 0)
  return (
    <g className={cn('transition-opacity duration-150', isWaiting && 'opacity-60')}>
      {isKnown && (hasStems && drawn.sales
        ? <SalesStems sales={drawn.sales} at={at} currency={currency} scale={scale} layout={layout} />
        : <SalesBars bars={drawn.bars} bin={drawn.bin} zone={zone} at={at} now={now} scale={scale} layout={layout} />)}
      {isKnown && drawn.bars.length === 0 && whole.all.days.length === 0 && (
        <text x={(layout.left + layout.right) / 2} y={(layout.sales + layout.base) / 2} textAnchor="middle" className={ink.note}>{t('noSales')}</text>
      )}
    </g>
  )
}

function Lost({ scale, layout, drawn, at, isReachable, tally, now, currency }: DrawingProps) {
  if (at === null || !isReachable || !tally) return null
  return <LostWords {...{ at, now, tally, currency, scale, layout }} hasStems={drawn?.sales != null && isFine(scale)} />
}

function pillSpan(pill: Pill | null): Silence {
  return pill ? [[pill.x - 4, pill.x + pill.width + 4]] : []
}

function silenceOf(pill: Pill | null, now: number, scale: Scale, layout: Layout): Silence {
  const ofNow = scale.shows(now) && layout.detail !== 'days' ? [[scale.x(now) - 22, scale.x(now) + 22] as const] : []
  return [...pillSpan(pill), ...ofNow]
}

/** Hatched is what is missing, whatever its colour. */
function Patterns({ id, layout }: { id: string; layout: Layout }) {
  const square = { width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' } as const
  return (
    <defs>
      <pattern id={`${id}-gap`} {...square}><path d="M0 0V6" className="stroke-bad-fill" strokeWidth={1.6} /></pattern>
      <pattern id={`${id}-none`} {...square}><path d="M0 0V6" className="stroke-control" strokeWidth={1.2} /></pattern>
      <clipPath id={`${id}-plot`}><rect x={layout.left} y={0} width={Math.max(0, layout.right - layout.left)} height={layout.height} /></clipPath>
    </defs>
  )
}
