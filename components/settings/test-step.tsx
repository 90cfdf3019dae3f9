import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { StepMark, stepTenses } from '@/components/jobs/step-mark'
import type { StepView } from '@/components/jobs/steps'
import { phaseWords } from '@/components/jobs/words'
import { cn } from '@/lib/cn'
import type { JobKind } from '@/lib/jobs/schema'

export function TestStep({ step: { phase, state, startedAt, endedAt }, kind }: { step: StepView; kind: JobKind }) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const isLeftOut = state === 'not-reached' || state === 'todo'
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-2.5">
      <span className="flex size-4 items-center justify-center">
        <StepMark state={state} />
      </span>
      <span className={cn(state === 'failed' && 'font-medium text-bad', state === 'now' && 'font-medium', isLeftOut && 'text-muted')}>
        {phaseWords(t, phase, kind, stepTenses[state])}
        {state === 'failed' && <span className="sr-only">: {t('state.failed')}</span>}
      </span>
      <span className="text-meta">
        {state === 'not-reached' ? t('steps.notReached') : startedAt && endedAt && format.duration(endedAt.getTime() - startedAt.getTime())}
      </span>
    </li>
  )
}
