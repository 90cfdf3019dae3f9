import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { ink } from './ink'
import type { Layout } from './layout'
import type { Silence } from './axis-layer'
import { RIBBON } from './ribbon'
import { type Scale, px } from './scale'

type NowLayerProps = { now: number; latest: number | null; pill: Silence; scale: Scale; layout: Layout }

/** Now, and how much of what happened last is not in the archive yet. */
export const NowLayer = memo(function NowLayer({ now, latest, pill, scale, layout }: NowLayerProps) {
  const t = useTranslations('timeline')
  const format = useFormat()
  if (!scale.shows(now)) return null
  const x = scale.x(now)
  const isNamed = layout.detail !== 'days' && pill.every(([from, to]) => x + 14 < from || x - 14 > to)
  const hasRoom = layout.detail !== 'days' && !layout.isNarrow && scale.right - x > 140 && latest !== null
  return (
    <g>
      <path d={`M${px(x)} ${layout.axis - 6}V${layout.base}`} className="stroke-foreground" />
      <circle cx={px(x)} cy={layout.ribbon + RIBBON / 2} r={4} className="fill-card stroke-foreground" strokeWidth={1.5} />
      {isNamed && <text x={px(x)} y={40} textAnchor="middle" className="fill-foreground text-[12px] font-semibold">{t('axis.now')}</text>}
      {hasRoom && (
        <text x={px(x + 12)} y={layout.ribbon + 10} className={cn(ink.note, ink.halo)}>
          {t('ribbon.notArchived', { span: format.duration(now - latest) })}
        </text>
      )}
    </g>
  )
})
