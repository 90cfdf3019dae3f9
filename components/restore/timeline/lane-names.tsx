import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { RestoreView } from '@/lib/restore/view/schema'
import { ink } from './ink'
import type { Layout } from './layout'
import { usePerBin } from './sales-layer'
import type { Scale } from './scale'
import type { Drawn } from './slices'
import { isFine } from './stems-layer'

type LaneNamesProps = { scale: Scale; layout: Layout; drawn: Drawn | null; currency: RestoreView['currency'] }

/** Beside the lanes; on a phone above them. */
export function LaneNames({ scale, layout, drawn, currency }: LaneNamesProps) {
  const t = useTranslations('timeline.lane')
  const perBin = usePerBin()
  const isEach = drawn?.sales != null && isFine(scale)
  const note = drawn && (isEach ? t('each', { currency: currency.symbol || currency.code }) : perBin(drawn.bin))
  if (layout.isNarrow) {
    return (
      <g className={cn(ink.lane, ink.halo)}>
        <text x={layout.left} y={layout.events - 6}>{t('events')}</text>
        <text x={layout.left} y={layout.eventsEnd + 20}>{t('setsAndWal')}</text>
        <text x={layout.left} y={layout.sales - 8}>
          {t('sales')} <tspan className="fill-muted text-[12px] font-normal">{note}</tspan>
        </text>
      </g>
    )
  }
  return (
    <g className={ink.lane}>
      <text x={20} y={layout.detail === 'days' ? (layout.events + layout.eventsEnd) / 2 + 4 : layout.eventsEnd - 10}>{t('events')}</text>
      <text x={20} y={layout.ribbon - 8}>{t('sets')}</text>
      <text x={20} y={layout.ribbon + 11}>{t('wal')}</text>
      <text x={20} y={layout.sales + 12}>{t('sales')}</text>
      <text x={20} y={layout.sales + 28} className={ink.note}>{note}</text>
      {layout.strip !== null && <text x={20} y={layout.strip + 18}>{t('all')}</text>}
    </g>
  )
}
