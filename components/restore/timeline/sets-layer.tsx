import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { SetMark } from '@/lib/restore/timeline/schema'
import { ink } from './ink'
import type { Layout } from './layout'
import type { PointMark } from './pick'
import { type Scale, px } from './scale'
import { type Link, type Named, placedNames, tickHeight, tickWidths } from './sets'
import { useTimes } from './words'

type SetsLayerProps = { sets: readonly SetMark[]; points: readonly PointMark[]; chain: readonly Link[]; at: number | null; scale: Scale; layout: Layout }

const shades = {
  days: { full: 'fill-foreground/90', diff: 'fill-foreground/60', incr: 'fill-foreground/40' },
  hours: { full: 'fill-foreground/90', diff: 'fill-foreground/70', incr: 'fill-foreground/60' },
}

/** Sets where they were finished: from there on they can be used. On a branch that was left they stand on that. */
export const SetsLayer = memo(function SetsLayer({ sets, points, chain, at, scale, layout }: SetsLayerProps) {
  const used = new Set(chain.map(({ label }) => label))
  const shown = sets.filter((set) => scale.shows(set.at))
  const [live, left] = [shown.filter(({ isOnLiveLineage }) => isOnLiveLineage), shown.filter(({ isOnLiveLineage }) => !isOnLiveLineage)]
  const named = points.filter((point) => scale.shows(point.at))
  const shade = shades[layout.detail === 'days' ? 'days' : 'hours']
  return (
    <g>
      {(['incr', 'diff', 'full'] as const).map((type) => (
        <path key={type} d={ticks(live.filter((set) => set.type === type && set.isUsable && !used.has(set.label)), scale, layout)} className={shade[type]} />
      ))}
      <path d={ticks(live.filter(({ label }) => used.has(label)), scale, layout)} className="fill-then" />
      <path d={ticks(live.filter(({ isUsable }) => !isUsable), scale, layout, 4)} className="fill-card stroke-bad-fill" strokeDasharray="2 1.5" />
      {left.map((set) => (
        <circle key={`${set.repo}/${set.label}`} cx={px(scale.x(set.at))} cy={layout.branch + 2} r={2.4} className="fill-card stroke-wal" />
      ))}
      <Points points={named} scale={scale} layout={layout} />
      {layout.detail !== 'days' && <Names {...{ sets: live, points: named, chain, at, scale, layout }} />}
    </g>
  )
})

function ticks(sets: readonly SetMark[], scale: Scale, layout: Layout, width?: number): string {
  return sets.map(({ at, type }) => {
    const [wide, high] = [width ?? tickWidths[type], tickHeight(type, layout)]
    return `M${px(scale.x(at) - wide / 2)} ${layout.ribbon - 2}v${-high}h${wide}v${high}Z`
  }).join('')
}

type NamesProps = Pick<SetsLayerProps, 'sets' | 'points' | 'chain' | 'at' | 'scale' | 'layout'>

/** The newest set of the chain is named first, then restore points, then the others. */
function Names({ sets, points, chain, at, scale, layout }: NamesProps) {
  const t = useTranslations('timeline.set')
  const { minute } = useTimes()
  const used = new Set(chain.map(({ label }) => label))
  const newest = chain.at(-1)?.label
  const marks = [
    ...points.map((point): Named => ({ key: point.name, x: scale.x(point.at), half: 5, words: [point.name], isFirst: false, isUsed: false })),
    ...sets.map(({ repo, label, type, at: stop }): Named => {
      const time = minute(new Date(stop))
      const words = [t('mark', { type, time }), time]
      return { key: `${repo}/${label}`, x: scale.x(stop), half: 1, words, isFirst: label === newest, isUsed: used.has(label) }
    }),
  ]
  const playhead = at !== null && scale.shows(at) ? scale.x(at) : null
  return placedNames(marks, layout, playhead).map(({ key, x, anchor, text, isUsed }) => (
    <text key={key} x={px(x)} y={layout.ribbon - 7} textAnchor={anchor} className={cn(ink.note, ink.halo, isUsed && 'fill-then')}>
      {text}
    </text>
  ))
}

type PointsProps = { points: readonly PointMark[]; scale: Scale; layout: Layout }

/** Restore points: a bookmark of its own. */
function Points({ points, scale, layout }: PointsProps) {
  const path = points.map(({ at }) => `M${px(scale.x(at) - 4)} ${layout.ribbon - 14}h8v12l-4 -3.5l-4 3.5Z`).join('')
  return <path d={path} className="fill-card stroke-foreground/80" strokeWidth={1.25} />
}
