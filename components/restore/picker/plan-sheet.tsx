'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { AskedPlan } from '../restore-query'
import type { SetMoment } from '../use-moment'
import { PlanBody } from './plan-body'
import { Rehearse } from './rehearse'
import type { TargetChoice } from './use-target'
import { Unreachable } from './unreachable'

export type PlanSheetProps = { view: RestoreView; target: TargetChoice; asked: AskedPlan; at: Date | null; setAt: SetMoment }

/** What the way there takes, before anything is started; or why there is none. */
export function PlanSheet({ view, target, asked, at, setAt }: PlanSheetProps) {
  const t = useTranslations('picker.plan')
  const { answer, last, isAsking, isError } = asked
  const shown = answer ?? (isAsking ? last : null)
  return (
    <Sheet label={t('title')} className="flex flex-col">
      <header className="flex min-h-11 items-center gap-2 px-4 pt-2.5 md:px-5">
        <h2 className="text-section">{t('title')}</h2>
        <Badge asked={asked} />
      </header>
      <div
        aria-busy={isAsking && !answer}
        className={cn('flex-1 px-4 pt-2 pb-4 transition-opacity duration-150 md:px-5', isAsking && !answer && shown && 'opacity-55')}
      >
        {isError && <Quiet>{t('failed')}</Quiet>}
        {!isError && !shown && <Quiet>{t(isAsking ? 'asking' : 'nothing')}</Quiet>}
        {shown && 'plan' in shown && <PlanBody plan={shown.plan} details={shown.details} at={at} view={view} />}
        {shown && 'refusal' in shown && <Unreachable refusal={shown.refusal} target={target} view={view} setAt={setAt} />}
      </div>
      <Rehearse view={view} target={target} asked={asked} at={at} />
    </Sheet>
  )
}

function Badge({ asked: { answer, isAsking } }: { asked: AskedPlan }) {
  const t = useTranslations('picker.plan')
  const place = 'ml-auto inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-compact font-medium'
  if (!answer) return isAsking && <span role="status" className={cn(place, 'text-muted')}>{t('checking')}</span>
  const warned = cn(place, 'border-warn/25 bg-warn-tint text-warn')
  if ('refusal' in answer && answer.refusal.code === 'on-dead-branch') {
    return <Mark className={warned}>{t('onTimeline', { timeline: answer.refusal.params.timeline ?? '' })}</Mark>
  }
  if ('refusal' in answer) return <Mark className={cn(place, 'border-bad-line bg-bad-tint text-bad')}>{t('unreachable')}</Mark>
  const { plan } = answer
  if (plan.isOnLiveLineage) return <Mark className={cn(place, 'border-ok/25 bg-ok-tint text-ok')}>{t('reachable')}</Mark>
  return <Mark className={warned}>{t('onTimeline', { timeline: plan.timeline })}</Mark>
}

function Mark({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span role="status" className={className}>
      <i aria-hidden className="size-2 rounded-full bg-current" />
      {children}
    </span>
  )
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-pretty text-muted">
      {children}
    </p>
  )
}
