import { useId, useMemo } from 'react'
import { useNow } from '@/components/format-provider'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { RestorePlan } from '@/lib/restore/schema'
import type { EventGroup, TimelineSlice } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAround } from '../restore-query'
import type { DrawingProps } from './drawing'
import { type Layout, layoutOf } from './layout'
import { type EventMark, dayGroups, dayPills, flagMarks, iconMarks } from './marks'
import type { Pickable } from './pick'
import { pillOf } from './playhead'
import { type Scale, type Span, scaleOf } from './scale'
import { chainOf } from './sets'
import { stripScale } from './strip-layer'
import { usePieces } from './timeline-query'
import type { Motion } from './use-view'
import { useStampOf, useTimes } from './words'
import type { Bounds } from './zoom'

export type OnAt = (at: Date, options?: { replace?: boolean }) => void

export type StageProps = {
  view: RestoreView
  plan: RestorePlan | null
  at: Date | null
  onAt: OnAt
  onSet: (repo: number, label: string) => void
  onEnter?: () => void
  shown: Span
  width: number
  isCompact: boolean
  whole: TimelineSlice
  bounds: Bounds
  motion: Motion
}

/** Everything that is drawn and can be taken hold of. */
export type Stage = Pick<StageProps, 'view' | 'onAt' | 'onSet' | 'onEnter' | 'bounds' | 'motion'> & {
  id: string
  moment: Date | null
  scale: Scale
  layout: Layout
  strip: Scale
  now: number
  events: readonly EventGroup[]
  pickable: Pickable
  pieces: ReturnType<typeof usePieces>
  drawing: DrawingProps
} & Pick<DrawingProps, 'at' | 'pill' | 'isReachable'>

const HOUR = 3_600_000

export function useStage(props: StageProps): Stage {
  const { view, plan, at: moment, shown, width, isCompact, whole, bounds } = props
  const id = useId()
  const { zone } = useTimes()
  const now = useNow(shown.to - shown.from > HOUR ? 5_000 : 1_000).getTime()
  const layout = useMemo(() => layoutOf(shown, width, isCompact), [shown, width, isCompact])
  const scale = useMemo(() => scaleOf(shown, layout.left, layout.right), [shown, layout])
  const strip = useMemo(() => stripScale(whole, bounds.earliest, bounds.now, layout), [whole, bounds, layout])
  const pieces = usePieces(scale, zone, now)
  const { drawn } = pieces
  const events = drawn?.events ?? whole.events
  const chain = useMemo(() => chainOf(plan, drawn?.sets ?? whole.sets, view), [plan, drawn, whole, view])
  const { around, isCurrent } = useAround(moment)
  const at = moment?.getTime() ?? null
  const marks = useMarks({ events, bin: drawn?.bin ?? whole.bin * 1_000, scale, layout, zone, at, now })
  const isReachable = useMemo(() => moment === null || reachabilityAt(moment, view).ok, [moment, view])
  const pill = usePill(moment, scale, layout)
  const latest = view.windows.find(({ isLive }) => isLive)?.latest?.getTime() ?? null
  const pickable = useMemo(
    () => ({ events: marks, sets: drawn?.sets ?? whole.sets, points: drawn?.points ?? whole.points }),
    [marks, drawn, whole],
  )
  const drawing: DrawingProps = {
    scale, layout, zone, whole, drawn, isWaiting: pieces.isWaiting, marks, chain, plan, at, isReachable, pill,
    tally: isCurrent ? (around?.since ?? null) : null, now, latest, currency: view.currency, strip,
  }
  return { ...props, id, moment, at, scale, layout, strip, now, events, pickable, pieces, pill, isReachable, drawing }
}

type Marked = { events: readonly EventGroup[]; bin: number; scale: Scale; layout: Layout; zone: string; at: number | null; now: number }

function useMarks({ events, bin, scale, layout, zone, at, now }: Marked): EventMark[] {
  const stampOf = useStampOf()
  const isByDay = layout.detail === 'days'
  const days = useMemo(() => (isByDay ? dayGroups(events, bin, zone) : []), [isByDay, events, bin, zone])
  return useMemo(() => {
    if (layout.detail === 'days') return dayPills(days, bin, scale, now)
    if (layout.detail === 'flags') return flagMarks(events, scale, { now, width: layout.width, stampOf })
    return iconMarks(events, scale, { moment: at, now })
  }, [days, events, bin, scale, layout, at, now, stampOf])
}

function usePill(moment: Date | null, scale: Scale, layout: Layout) {
  const times = useTimes()
  return useMemo(() => {
    if (!moment) return null
    const isOut = !scale.shows(moment.getTime())
    const main = layout.detail === 'days' || isOut ? times.dayTime(moment) : times.time(moment)
    return pillOf(moment.getTime(), { main: layout.isNarrow && !isOut ? times.time(moment) : main, utc: isOut ? null : times.utc(moment) }, scale, layout)
  }, [moment, scale, layout, times])
}
