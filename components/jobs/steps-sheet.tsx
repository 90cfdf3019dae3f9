'use client'

import { Ban, Check, CircleHelp, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { type StepState, type StepView, stepsOf } from './steps'
import { type Tense, phaseWords } from './words'

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

const tenses: Record<StepState, Tense> = {
  done: 'past', now: 'now', failed: 'now', stopped: 'now', lost: 'now', todo: 'future', 'not-reached': 'future',
}

function Step({ step, job }: { step: StepView; job: TailJob }) {
  const t = useTranslations('jobs')
  const { state, phase } = step
  const note = useNote(step, job)
  return (
    <li aria-current={state === 'now' ? 'step' : undefined} className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-2.5 py-1.25">
      <span className="mt-0.5 flex size-4 items-center justify-center">
        <Mark state={state} />
      </span>
      <div className="min-w-0">
        <span
          className={cn(
            state === 'failed' && 'font-semibold text-bad',
            (state === 'now' || state === 'stopped' || state === 'lost') && 'font-semibold',
            (state === 'todo' || state === 'not-reached') && 'text-faint',
          )}
        >
          {phaseWords(t, phase, job.kind, tenses[state])}
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

function Mark({ state }: { state: StepState }) {
  switch (state) {
    case 'done':
      return <Check aria-hidden className="size-4 text-ok" />
    case 'failed':
      return <X aria-hidden className="size-4 text-bad" />
    case 'stopped':
      return <Ban aria-hidden className="size-4 text-muted" />
    case 'lost':
      return <CircleHelp aria-hidden className="size-4 text-warn" />
    case 'now':
      return <i aria-hidden className="size-2.5 rounded-full bg-run-fill ring-4 ring-run/16" />
    default:
      return <i aria-hidden className="size-1.5 rounded-full bg-bar" />
  }
}
