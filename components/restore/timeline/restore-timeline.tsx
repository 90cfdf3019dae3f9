'use client'

import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { NARROW } from './layout'
import { PlotSkeleton } from './plot-skeleton'
import { TimelineBody } from './timeline-body'
import type { OnAt } from './use-stage'
import { useAddressView, useOwnView } from './use-view'
import { initialView } from './zoom'
import { useTimes } from './words'

export type RestoreTimelineProps = {
  view: RestoreView
  /** The way to the target, once it is known */
  plan: RestorePlan | null
  at: Date | null
  /** `replace`: dragged or stepped, no step to go back to */
  onAt: OnAt
  onSet: (repo: number, label: string) => void
  /** Enter on the playhead: on to what is done with the moment */
  onEnter?: () => void
  /** Without bar, strip and legend, and with its view in its own state rather than in the address */
  compact?: boolean
}

/** What happened in the shop, what reaches it, and the moment that was chosen. */
export function RestoreTimeline(given: RestoreTimelineProps) {
  const t = useTranslations('timeline')
  const props = { ...given, at: useSame(given.at) }
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const Timeline = props.compact ? OwnTimeline : AddressedTimeline
  const content = (
    <div ref={frame} role="group" aria-label={t('label')} aria-busy={width === null}>
      {width === null ? <PlotSkeleton isCompact={props.compact === true} /> : <Timeline {...props} width={width} />}
    </div>
  )
  return props.compact ? content : <Sheet as="div">{content}</Sheet>
}

type MeasuredProps = RestoreTimelineProps & { width: number }

function AddressedTimeline(props: MeasuredProps): ReactNode {
  const initial = useInitial(props)
  return <TimelineBody {...props} state={useAddressView(initial)} />
}

function OwnTimeline(props: MeasuredProps): ReactNode {
  const initial = useInitial(props)
  return <TimelineBody {...props} state={useOwnView(initial)} />
}

function useInitial({ view, at, width, compact = false }: MeasuredProps) {
  const { zone } = useTimes()
  const style = { zone, hoursOfDay: width < NARROW ? 12 : 24 } as const
  return () => initialView(at?.getTime() ?? null, view, style, compact)
}

/** The same moment is the same date, so that nothing is drawn anew for it. */
function useSame(at: Date | null): Date | null {
  const time = at?.getTime() ?? null
  return useMemo(() => (time === null ? null : new Date(time)), [time])
}

/** Narrower than that it is on its way to the page, or hidden. */
const LEAST_PX = 100

/** Pixels; null until it stands on the page. */
function useWidth(frame: { current: HTMLElement | null }): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => {
      const pixels = Math.floor(entry?.contentRect.width ?? 0)
      setWidth(pixels > LEAST_PX ? pixels : null)
    })
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  return width
}
