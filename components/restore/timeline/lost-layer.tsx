import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Tally } from '@/lib/salespider/life/schema'
import { moneyText } from '../rehearsal/money'
import { ink } from './ink'
import type { Layout } from './layout'
import { type Scale, px, textWidth } from './scale'

type LostWashProps = { at: number; now: number; scale: Scale; layout: Layout }

/** From the moment to now: what a switch would leave behind. */
export function LostWash({ at, now, scale, layout }: LostWashProps) {
  const [x, end] = [scale.clamped(at), scale.clamped(now)]
  return end - x < 1 ? null : <rect x={px(x)} y={layout.axis} width={px(end - x)} height={layout.base - layout.axis} className="fill-lost/7" />
}

type LostWordsProps = LostWashProps & { tally: Tally; hasStems: boolean; currency: RestoreView['currency'] }

/** "₦412,300, 37 sales would be lost", where there is room: beside now, within the wash, else before the moment. */
export function LostWords({ tally, currency, ...place }: LostWordsProps) {
  const t = useTranslations('timeline.lost')
  const format = useFormat()
  const amount = moneyText(tally.takings, currency, format.options.locale)
  const { layout, scale, hasStems } = place
  if (tally.count === 0 || place.at > scale.to) return null
  if (layout.isNarrow) {
    const room = layout.right - Math.max(layout.left + NAME, scale.clamped(place.at) + 6)
    const words = [t('short', { count: tally.count, amount }), t('whole', { count: tally.count, amount }), amount].find((text) => textWidth(text) < room)
    return words && (
      <text x={layout.right} y={layout.sales - 8} textAnchor="end" className={cn('fill-lost-ink text-[12px] font-medium', ink.halo)}>{words}</text>
    )
  }
  if (hasStems) {
    return (
      <text x={layout.right} y={layout.sales - 6} textAnchor="end" className={cn('fill-lost-ink text-[13px]', ink.halo)}>
        <tspan className="font-semibold">{t('whole', { count: tally.count, amount })}</tspan> {t('until')}
      </text>
    )
  }
  const spot = spotOf(place)
  return spot && (
    <g className="fill-lost-ink" textAnchor={spot.anchor}>
      <text x={px(spot.x)} y={layout.sales + 26} className={cn('text-[15px] font-semibold', ink.halo)}>{amount}</text>
      <text x={px(spot.x)} y={layout.sales + 44} className={cn('text-[12px]', ink.halo)}>{t('sales', { count: tally.count })}</text>
    </g>
  )
}

const ROOM = 150
/** What the lane's own name takes on a phone */
const NAME = 110

function spotOf({ at, now, scale, layout }: LostWashProps): { x: number; anchor: 'start' | 'end' } | null {
  const end = scale.x(Math.min(now, scale.to))
  const start = scale.clamped(at)
  if (scale.right + 40 - end > ROOM) return { x: end + 12, anchor: 'start' }
  if (end - start > ROOM) return { x: start + 12, anchor: 'start' }
  return layout.detail === 'days' ? null : { x: start - 12, anchor: 'end' }
}
