import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import Link from 'next/link'
import type { TimelineSlice } from '@/lib/restore/timeline/schema'
import { NARROW } from './layout'
import { Legend } from './legend'
import { Notices } from './notices'
import { Plot } from './plot'
import { PlotSkeleton } from './plot-skeleton'
import type { RestoreTimelineProps } from './restore-timeline'
import { Search } from './search'
import { dayStart } from './ticks'
import { useSlice } from './timeline-query'
import { TimelineTable } from './timeline-table'
import { type ShownAs, Toolbar } from './toolbar'
import { type StageProps, useStage } from './use-stage'
import { type ViewState, useMoved, useMotion } from './use-view'
import { useTimes } from './words'
import { type Bounds, boundsOf, broughtIn, clampView } from './zoom'

type TimelineBodyProps = RestoreTimelineProps & { width: number; state: ViewState }

const DAY = 86_400_000
const WHOLE_BARS = 250

/** Bar, drawing or table, and legend; or why there is none. */
export function TimelineBody({ width, state, compact: isCompact = false, ...props }: TimelineBodyProps) {
  const { view, at, onAt } = props
  const { zone } = useTimes()
  const bounds = useMemo(() => boundsOf(view), [view])
  const [wanted] = state
  const shown = useMemo(() => clampView(wanted, bounds), [wanted, bounds])
  const motion = useMotion(state)
  const [as, setAs] = useState<ShownAs>('timeline')
  const whole = useWhole(bounds, zone)
  useMoved(at, (moment) => motion.glide((from) => broughtIn(from, moment, bounds)))
  if (view.sets.length === 0 && whole.data?.sets.length === 0) return <NoSets />
  if (!whole.data && whole.isError) return <Unread query={whole} />
  const common = { ...props, shown, width, isCompact, bounds, motion }
  if (isCompact) return whole.data ? <Staged {...common} whole={whole.data} /> : <PlotSkeleton isCompact />
  return (
    <>
      <Toolbar
        shown={shown} at={at?.getTime() ?? null} bounds={bounds} style={{ zone, hoursOfDay: width < NARROW ? 12 : 24 }} motion={motion} as={as} onAs={setAs}
        search={<Search view={view} onEvent={(event) => onAt(new Date(event.before))} />}
      />
      {as === 'table' && <TimelineTable shown={shown} view={view} at={at} onAt={onAt} />}
      {as === 'timeline' && (whole.data ? <Staged {...common} whole={whole.data} /> : <PlotSkeleton isCompact={false} />)}
      {as === 'timeline' && <Legend />}
    </>
  )
}

/** Everything there is, by days: it changes its address once a day. */
function useWhole({ earliest, now }: Bounds, zone: string) {
  return useSlice({ from: dayStart(earliest, zone), to: dayStart(now, zone) + 2 * DAY }, WHOLE_BARS, now)
}

function Staged(props: StageProps & { whole: TimelineSlice }) {
  const stage = useStage(props)
  return (
    <>
      <Plot stage={stage} />
      <Notices stage={stage} />
    </>
  )
}

function NoSets() {
  const t = useTranslations('timeline.empty')
  return (
    <EmptyState title={t('title')} className="m-3.5 md:m-5" action={<Button asChild><Link href="/">{t('action')}</Link></Button>}>
      {t('text')}
    </EmptyState>
  )
}

function Unread({ query }: { query: { isFetching: boolean; refetch: () => unknown } }) {
  const t = useTranslations('timeline.failed')
  return (
    <ErrorState title={t('title')} onRetry={() => void query.refetch()} busy={query.isFetching}>
      {t('text')}
    </ErrorState>
  )
}
