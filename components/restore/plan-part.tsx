'use client'

import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { refusalText } from '@/lib/restore/refusal'
import type { RestorePlan } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { estimateOf } from './estimate'
import { Fact, Facts } from './facts'
import type { AskedPlan } from './restore-query'

/** What the way there takes, before anything is started; or why there is none. */
export function PlanPart({ asked, view }: { asked: AskedPlan; view: RestoreView }) {
  const t = useTranslations('restore.plan')
  const format = useFormat()
  const { answer, isAsking, isError } = asked
  if (isError) return <Quiet>{t('failed')}</Quiet>
  if (!answer) return <Quiet>{t(isAsking ? 'asking' : 'nothing')}</Quiet>
  if ('refusal' in answer) {
    return (
      <div role="status" className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2">
        <CircleX aria-hidden className="mt-0.5 size-4 text-warn" />
        <p className="font-medium text-warn">{t('unreachable')}</p>
        <p className="col-start-2 text-pretty">{refusalText(answer.refusal, format)}</p>
      </div>
    )
  }
  return (
    <>
      <p role="status" className="flex items-center gap-2 font-medium">
        <CircleCheck aria-hidden className="size-4 text-ok" />
        {t('reachable')}
      </p>
      <PlanFacts plan={answer.plan} view={view} />
    </>
  )
}

function Quiet({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-pretty text-muted">
      {children}
    </p>
  )
}

function PlanFacts({ plan, view }: { plan: RestorePlan; view: RestoreView }) {
  const t = useTranslations('restore')
  const format = useFormat()
  const now = useNow(60_000)
  const set = view.sets.find(({ label, repo }) => label === plan.label && repo === plan.repo)
  const name = set && t('target.setName', { type: set.type, moment: format.moment(set.stoppedAt, now, { inline: true }) })
  const { segments, timeline } = plan
  return (
    <Facts className="mt-3">
      <Fact name={t('plan.set')} note={<span className="font-mono [overflow-wrap:anywhere]">{plan.label}</span>}>
        {name ?? plan.label}, {t('plan.chain', { count: plan.chain.length })}
      </Fact>
      <Fact name={t('plan.replay')} note={plan.time && t('plan.until', { moment: format.dateTime(new Date(plan.time)) })}>
        {plan.target.type === 'set' ? t('plan.segmentsExact', { count: segments }) : t('plan.segments', { count: segments })}
      </Fact>
      <Fact name={t('plan.timeline')}>
        {plan.isOnLiveLineage ? timeline : <span className="text-warn">{t('plan.timelineDead', { timeline })}</span>}
      </Fact>
      <ReadyFact plan={plan} view={view} />
      <Fact name={t('plan.disk')}>{t('plan.diskIs', { size: format.bytes(plan.databaseSize) })}</Fact>
      <Fact name={t('plan.shop')}>{t('plan.shopOpen')}</Fact>
    </Facts>
  )
}

function ReadyFact({ plan, view }: { plan: RestorePlan; view: RestoreView }) {
  const t = useTranslations('restore.plan')
  const format = useFormat()
  const estimate = estimateOf(plan, view.estimate)
  const note = estimate && t('aboutParts', {
    copy: format.duration(estimate.copy), replay: format.duration(estimate.replay), samples: estimate.samples,
  })
  return (
    <Fact name={t('ready')} note={view.rehearsal ? t('moveNote') : (note ?? t('unknownNote'))}>
      {estimate ? t('about', { duration: format.duration(estimate.total) }) : t('unknown')}
    </Fact>
  )
}
