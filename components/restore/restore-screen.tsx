'use client'

import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { memo } from 'react'
import { useNow } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { cn } from '@/lib/cn'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type Access, AccessProvider } from './access'
import { ExchangePart } from './exchange/exchange-part'
import { InPlacePart } from './exchange/in-place-part'
import { KeptSheet } from './exchange/kept-sheet'
import { FailureNote } from './failure-note'
import { AroundSheet } from './picker/around-sheet'
import { PickerSheet } from './picker/picker-sheet'
import { PlanSheet } from './picker/plan-sheet'
import { RehearsalCard } from './picker/rehearsal-card'
import { REHEARSE } from './picker/rehearse'
import { useTarget, useTargetMoment } from './picker/use-target'
import { PointsSheet } from './points-sheet'
import { usePlan, useRestore } from './restore-query'
import { setId } from './target-draft'
import { RestoreTimeline } from './timeline/restore-timeline'
import { useMoment } from './use-moment'
import { WindowSection } from './window-section'

type RestoreScreenProps = { rendered: RestoreView; access: Access }

/** From what can be restored to a rehearsal of it; beneath, what earlier restores left. */
export function RestoreScreen({ rendered, access }: RestoreScreenProps) {
  const { view, stale } = useRestore(rendered, useNow())
  return (
    <AccessProvider value={access}>
      <NuqsAdapter>
        {stale && <StaleNote since={stale} />}
        <div className={cn('grid grid-cols-[minmax(0,1fr)] gap-3 max-md:pb-24 md:gap-4', stale && '[&>*]:opacity-60')}>
          <ExchangePart view={view} />
          <FailureNote view={view} />
          <WindowSection view={view} />
          <RehearsalCard view={view} />
          <Choice view={view} />
        </div>
      </NuqsAdapter>
    </AccessProvider>
  )
}

/** One point, in three views of it: on the timeline, in the calendar, among what happened; and the way there. */
const Choice = memo(function Choice({ view }: { view: RestoreView }) {
  const target = useTarget(view)
  const { setAt } = useMoment()
  const asked = usePlan(target.read.wish)
  const plan = asked.answer && 'plan' in asked.answer ? asked.answer.plan : null
  const known = useTargetMoment(target.draft, view)
  const at = known ?? (plan?.time ? new Date(plan.time) : null)
  const isReachable = target.draft.type !== 'time' || at === null || reachabilityAt(at, view).ok
  return (
    <>
      <RestoreTimeline
        view={view}
        plan={plan}
        at={at}
        onAt={(moment) => setAt(moment, { replace: true })}
        onSet={(repo, label) => target.choose({ by: 'set', set: setId({ repo, label }) })}
        onEnter={() => document.getElementById(REHEARSE)?.focus()}
      />
      <div
        className={cn(
          'grid grid-cols-[minmax(0,1fr)] gap-3 md:gap-4 lg:grid-cols-2',
          'xl:grid-cols-[minmax(0,1.19fr)_minmax(0,1.09fr)_minmax(0,1fr)]',
        )}
      >
        <PickerSheet view={view} target={target} />
        <AroundSheet at={at} isReachable={isReachable} view={view} setAt={setAt} />
        <PlanSheet view={view} target={target} asked={asked} at={at} setAt={setAt} />
      </div>
      <KeptSheet view={view} />
      <PointsSheet view={view} />
      <InPlacePart view={view} read={target.read} asked={asked} />
    </>
  )
})
