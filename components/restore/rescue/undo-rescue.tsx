'use client'

import { useTranslations } from 'use-intl'
import type { ActionResult } from '@/lib/action'
import { failureWords } from '@/lib/jobs/failure/rules'
import { isActive } from '@/lib/jobs/rules'
import { GuardedButton, Refusal } from '../guarded-button'
import { jobLink } from '../text-link'
import { usePress } from '../use-press'
import { useAskedJob } from './job-query'

type UndoRescueProps = {
  /** The job that put the rows in */
  rescue: string
  undo: (input: { rescue: string }) => Promise<ActionResult<{ jobId: string }>>
  /** Why it cannot be pressed now */
  reason: string | null
  size?: 'sm' | 'md'
  label?: string
}

/** Takes the rows of a rescue back again; what the shop has changed in them since is not touched. */
export function UndoRescue({ rescue, undo, reason, size = 'md', label }: UndoRescueProps) {
  const t = useTranslations('rescue.undo')
  const failures = useTranslations('failures')
  const { press, busy, error, done } = usePress(undo)
  const { job } = useAskedJob(done?.jobId ?? null)
  if (job?.status === 'SUCCEEDED') return <p role="status" className="text-compact">{t('done')}</p>
  const isUnderWay = busy || (done !== null && (!job || isActive(job.status)))
  const failed = job?.failure ? failureWords(failures, job.failure, job.kind) : null
  return (
    <div className="grid gap-1.5">
      <GuardedButton size={size} busy={isUnderWay} reason={reason} aria-label={label} onClick={() => press({ rescue })}>
        {t('label')}
      </GuardedButton>
      <Refusal words={error?.message} className="max-w-80" />
      {failed && job && (
        <p role="alert" className="max-w-80 text-compact text-pretty text-bad">
          {failed.title} {failed.meaning.join(' ')} {t.rich('job', { id: job.id, link: jobLink(job.id) })}
        </p>
      )}
    </div>
  )
}
