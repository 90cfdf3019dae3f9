'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cancelWords, phaseWords } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { canCancel } from '@/lib/jobs/rules'
import type { ClusterJob } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { Refusal } from '../guarded-button'
import { PhaseList } from './phase-list'
import { jobLink } from '../text-link'
import { usePress } from '../use-press'

/** A job that waits or runs: how far it is, what it goes through, who asked for it, and a way to stop it. */
export function JobProgress({ job, label }: { job: ClusterJob; label: string }) {
  const t = useTranslations('rehearsal.progress')
  return (
    <div className="grid gap-3">
      <ProgressBar label={label} value={job.percent ?? undefined} />
      <PhaseList job={job} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <p className="text-compact text-muted">{t.rich('by', { name: job.actorName, id: job.id, link: jobLink(job.id) })}</p>
        <Numbers job={job} />
        <CancelButton job={job} />
      </div>
    </div>
  )
}

function Numbers({ job }: { job: ClusterJob }) {
  const t = useTranslations('rehearsal.progress')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const { status, phase, kind, percent, replayedAt, secondsLeft, cancelRequestedAt } = job
  if (cancelRequestedAt) return <p role="status" className="text-compact">{t('stopping')}</p>
  if (status === 'QUEUED') return <p className="text-compact text-muted">{t('waiting')}</p>
  const doing = phaseWords(jobs, phase ?? 'claim', kind, 'now')
  const parts = [
    percent === null ? null : t('percent', { percent: format.percent(percent), phase: doing }),
    phase === 'replay' && replayedAt && t('replayed', { time: format.dateTime(replayedAt) }),
    secondsLeft !== null && t('left', { duration: format.duration(secondsLeft * 1_000) }),
  ].filter((part) => typeof part === 'string')
  return <p className="text-compact">{parts.join(', ')}</p>
}

type CancelButtonProps = { job: Pick<ClusterJob, 'id' | 'kind' | 'status' | 'cancelRequestedAt'>; label?: string }

export function CancelButton({ job, label }: CancelButtonProps) {
  const t = useTranslations('rehearsal.progress')
  const jobs = useTranslations('jobs')
  const { may, actions } = useAccess()
  const { press, busy, error, done } = usePress(actions.cancelJob)
  if (!may.cancel || !canCancel(job)) return null
  if (done) return <p role="status" className="text-compact text-muted">{t('stopping')}</p>
  return (
    <div className="flex flex-wrap items-center gap-2 md:ml-auto">
      <Refusal words={error?.message} />
      <Tooltip>
        <TooltipTrigger asChild>
          <Button size="sm" busy={busy} onClick={() => press({ jobId: job.id })}>
            {label ?? t('cancel')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{cancelWords(jobs, job)}</TooltipContent>
      </Tooltip>
    </div>
  )
}
