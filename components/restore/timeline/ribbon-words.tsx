import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { RestorePlan } from '@/lib/restore/schema'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import { ink } from './ink'
import type { Layout } from './layout'
import { type RibbonLabel, placedLabels } from './ribbon'
import { type Scale, textWidth } from './scale'
import { useTimes } from './words'

type RibbonWordsProps = {
  wal: Pick<TimelineSlice, 'reach' | 'gaps' | 'branches'>
  segments: TimelineSlice['segments']
  plan: RestorePlan | null
  at: number | null
  scale: Scale
  layout: Layout
  /** Where something stands already */
  taken: readonly (readonly [number, number])[]
}

/** Below the ribbon: how long a gap is, what is replayed, which timeline goes on. */
export const RibbonWords = memo(function RibbonWords(props: RibbonWordsProps) {
  const labels = useLabels(props)
  return placedLabels(labels, props.taken, props.layout.width).map(({ key, x, anchor, text, className, row }) => (
    <text key={key} x={x} y={props.layout.branch + 6 + row * 14} textAnchor={anchor} className={cn('text-[12px]', ink.halo, className)}>
      {text}
    </text>
  ))
})

/** More gaps, or more branches, than that have no room for words at any width. */
const WORDED = 24

/** The weightiest first */
function useLabels({ wal, segments, plan, at, scale, layout }: RibbonWordsProps): RibbonLabel[] {
  const t = useTranslations('timeline.ribbon')
  const format = useFormat()
  const branches = useBranchLabels()
  const longest = wal.gaps.filter(({ from, to }) => scale.shows(from, to)).toSorted((a, b) => (b.to - b.from) - (a.to - a.from))
  const gaps = longest.slice(0, WORDED).flatMap(({ first, from, to }): RibbonLabel[] => {
    const [a, b] = [scale.clamped(from), scale.clamped(to)]
    const label = { key: first, className: 'fill-bad', canSink: true, text: t('gap', { span: format.duration(to - from) }) }
    const beside: RibbonLabel[] = b < scale.right ? [{ ...label, x: b, anchor: 'start' }] : [{ ...label, x: a + (b - a) / 4, anchor: 'middle' }]
    return [{ ...label, x: (a + b) / 2, anchor: 'middle' }, ...beside]
  })
  const replays = plan && plan.segments > 0 && layout.detail === 'hours' && !layout.isNarrow ? t('replays', { count: plan.segments }) : null
  const hasRoom = at !== null && replays !== null && scale.shows(at) && scale.x(at) - 8 - textWidth(replays) > layout.left
  const replay: RibbonLabel[] = hasRoom ? [{ key: 'replay', x: scale.x(at) - 8, anchor: 'end', className: 'fill-then', text: replays }] : []
  const names = layout.detail === 'flags' ? segmentNames(segments, scale) : []
  return [...gaps, ...replay, ...branches(wal, scale, layout), ...expired(wal, scale, layout, t('expired')), ...names]
}

function useBranchLabels() {
  const t = useTranslations('timeline.ribbon')
  const format = useFormat()
  const { dayMinute } = useTimes()
  return (wal: RibbonWordsProps['wal'], scale: Scale, layout: Layout): RibbonLabel[] =>
    wal.branches.filter(({ from, to, leftAt }) => scale.shows(from, Math.max(to, leftAt ?? 0))).slice(-WORDED).flatMap(({ timeline, from, to, next, leftAt }) => {
      if (next === null) return []
      const x = Math.max(scale.x(to), scale.x(from) + 3) + 8
      const place = { x: Math.min(x, layout.right), anchor: 'start', className: 'fill-muted', canSink: true } as const
      const short = { ...place, key: `${timeline} ${from}`, text: t('timeline', { timeline: next }) }
      if (layout.isNarrow || leftAt === null) return [short]
      const values = { timeline: next, left: format.day(new Date(leftAt)), from: dayMinute(new Date(from)) }
      return [{ ...place, key: `${timeline} ${from}`, text: t('restored', values) }, short]
    })
}

/** A segment's name, from where it begins; of one that began before the view, from the view's edge. */
function segmentNames(segments: RibbonWordsProps['segments'], scale: Scale): RibbonLabel[] {
  return segments.flatMap(({ name, marks }, n) => {
    const [from, to] = [marks[0] ?? scale.from, segments[n + 1]?.marks[0] ?? marks.at(-1) ?? scale.to]
    const room = scale.clamped(to) - scale.clamped(from)
    const className = 'fill-muted font-mono text-[11px]'
    return scale.shows(from, to) && room > 190 ? [{ key: name, x: scale.clamped(from) + 3, anchor: 'start', className, text: name }] : []
  })
}

/** Left of everything that is kept */
function expired({ reach }: RibbonWordsProps['wal'], scale: Scale, { detail, isNarrow, left }: Layout, text: string): RibbonLabel[] {
  const first = Math.min(...reach.map(({ from }) => from))
  const hasRoom = detail === 'days' && !isNarrow && Number.isFinite(first) && scale.clamped(first) - left > 80
  return hasRoom ? [{ key: 'expired', x: left, anchor: 'start', className: 'fill-muted', text }] : []
}
