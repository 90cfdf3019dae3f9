import { memo, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { Bar } from '@/lib/restore/timeline/schema'
import { binEnd } from './bins'
import { ink } from './ink'
import type { Layout } from './layout'
import { type Scale, niceMax, px } from './scale'

type SalesBarsProps = { bars: readonly Bar[]; bin: number; zone: string; at: number | null; now: number; scale: Scale; layout: Layout }

/** Sales of each bin. What lies right of the moment would be lost; the bin that holds it is cut in two. */
export const SalesBars = memo(function SalesBars({ bars, bin, zone, at, now, scale, layout }: SalesBarsProps) {
  const format = useFormat()
  const spans = useMemo(() => bars.map(([from, count]) => ({ from, to: binEnd(from, bin, zone), count })), [bars, bin, zone])
  const shown = spans.filter(({ from, to }) => scale.shows(from, to))
  const top = niceMax(Math.max(...shown.map(({ count }) => count), 1))
  const paths = barPaths(shown, top, { at, now, gap: bin / scale.msPerPx > 7 ? 2 : 1, scale, layout })
  return (
    <g>
      <path d={paths.kept} className="fill-sale" />
      <path d={paths.lost} className="fill-lost" />
      {shown.length > 0 && <TopLine layout={layout} label={format.count(top)} />}
    </g>
  )
})

type Drawing = { at: number | null; now: number; gap: number; scale: Scale; layout: Layout }

export function barPaths(bars: readonly { from: number; to: number; count: number }[], top: number, drawing: Drawing) {
  const { at, now, gap, scale, layout } = drawing
  const height = layout.base - layout.sales - 4
  const paths = { kept: '', lost: '' }
  for (const { from, to, count } of bars) {
    const y = px(layout.base - Math.max(1.5, (count / top) * height))
    const cut = at ?? Infinity
    const add = (part: keyof typeof paths, a: number, b: number) => {
      const [left, right] = [scale.clamped(a), scale.clamped(b)]
      if (right - left > 0.4) paths[part] += `M${px(left)} ${layout.base}V${y}H${px(right)}V${layout.base}Z`
    }
    const end = to - gap * scale.msPerPx
    if (from < cut) add('kept', from, Math.min(end, cut))
    if (to > cut) add('lost', Math.max(from, cut), Math.max(Math.min(end, now), from + scale.msPerPx))
  }
  return paths
}

/** The one line of the scale, its value at its end. */
export function TopLine({ layout, label }: { layout: Layout; label: string }) {
  const y = layout.sales + 4.5
  const { isNarrow, left, right } = layout
  return (
    <>
      <path d={`M${left} ${y}H${right}`} className="stroke-border" strokeDasharray="2 3" />
      <text x={isNarrow ? right : right + 8} y={isNarrow ? y + 13 : y + 4} textAnchor={isNarrow ? 'end' : 'start'} className={cn(ink.note, ink.halo)}>
        {label}
      </text>
    </>
  )
}

/** What the bars count: "per 10 min". */
export function usePerBin() {
  const t = useTranslations('timeline.lane')
  const format = useFormat()
  const units = new Map([[60_000, 'minute'], [3_600_000, 'hour'], [86_400_000, 'day'], [604_800_000, 'week']])
  return (bin: number) => t('per', { unit: units.get(bin) ?? 'span', span: format.duration(bin) })
}
