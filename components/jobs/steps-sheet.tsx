'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { StepMark, stepTenses } from './step-mark'
import { type StepView, stepsOf } from './steps'
import { phaseWords } from './words'

export function StepsSheet({ job }: { job: TailJob }) {
  const t = useTranslations('jobs.steps')
  return (
    <Sheet>
      <SheetHeader title={t('title')} />
      <ol className="px-4 pt-2.5 pb-3 md:px-5">
        {stepsOf(job).map((step, at) => (
          <Step key={at} step={step} job={job} />
        ))}
      </ol>
    </Sheet>
  )
}

function Step({ step, job }: { step: StepView; job: TailJob }) {
  const t = useTranslations('jobs')
  const { state, phase } = step
  const note = useNote(step, job)
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2.5 py-1.25">
      <span className="mt-0.5 flex size-4 items-center justify-center">
        <StepMark state={state} />
      </span>
      <div className="min-w-0">
        <span
          className={cn(
            state === 'failed' && 'font-semibold text-bad',
            (state === 'now' || state === 'stopped' || state === 'lost') && 'font-semibold',
            (state === 'todo' || state === 'not-reached') && 'text-faint',
          )}
        >
          {phaseWords(t, phase, job.kind, stepTenses[state])}
        </span>
        {note && <span className="block text-meta [overflow-wrap:anywhere]">{note}</span>}
      </div>
      <Took step={step} />
    </li>
  )
}

/** pgBackRest's figures for the step, or how far it came. */
function useNote({ state, phase, detail }: StepView, { progress }: TailJob): string | null {
  const t = useTranslations('jobs')
  const format = useFormat()
  if (state === 'not-reached') return t('steps.notReached')
  if (phase === 'replay' && progress?.replayedAt) {
    return t('steps.replayedTo', { time: format.time(new Date(progress.replayedAt), { seconds: true }) })
  }
  if ((phase === 'copy' || phase === 'restore') && progress?.percent !== undefined) {
    if (state === 'failed' || state === 'stopped') return t('steps.stoppedAt', { percent: format.percent(progress.percent) })
    if (state === 'now' && progress.filesDone !== undefined) return t('progress.filesNote', { count: progress.filesDone })
  }
  return detail
}

function Took({ step: { state, startedAt, endedAt } }: { step: StepView }) {
  const format = useFormat()
  const now = useNow()
  if (!startedAt) return null
  const until = endedAt ?? (state === 'now' ? now : null)
  return (
    until && <span className="text-meta leading-5">{format.duration(Math.max(0, until.getTime() - startedAt.getTime()))}</span>
  )
}
