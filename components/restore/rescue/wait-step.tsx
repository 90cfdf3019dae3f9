'use client'

import { useTranslations } from 'use-intl'
import { phaseWords } from '@/components/jobs/words'
import { DialogDescription, DialogTitle } from '@/components/ui/dialog'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { TailJob } from '@/lib/jobs/tail/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { jobLink } from '../text-link'

type WaitStepProps = { title: string; text: string; job: TailJob | null; jobId: string | null; view: RestoreView; isUnread: boolean }

/** A job of the rescue that waits or runs; what it waits for is told by name. */
export function WaitStep({ title, text, job, jobId, view, isUnread }: WaitStepProps) {
  const t = useTranslations('rescue')
  const jobs = useTranslations('jobs')
  const before = job?.status === 'QUEUED' ? view.jobs.find(({ id, status }) => id !== job.id && status === 'RUNNING') : undefined
  const phase = job?.progress?.steps.at(-1)?.phase
  return (
    <>
      <DialogTitle>{title}</DialogTitle>
      <DialogDescription className="text-pretty">{text}</DialogDescription>
      <div role="status" className="mt-5 grid gap-2">
        <ProgressBar label={title} />
        <p className="text-compact text-muted">
          {isUnread && t('unread')}
          {before && t('waits', { name: before.actorName, title: jobs(`title.${before.kind}`, { type: 'full' }), id: before.id })}
          {!isUnread && !before && job && phase && phaseWords(jobs, phase, job.kind, 'now')}{' '}
          {jobId && t.rich('job', { id: jobId, link: jobLink(jobId) })}
        </p>
      </div>
    </>
  )
}
