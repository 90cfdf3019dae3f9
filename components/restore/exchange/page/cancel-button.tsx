'use client'

import { useTranslations } from 'use-intl'
import { cancelWords } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { canCancel } from '@/lib/jobs/rules'
import type { JobKind, JobStatus } from '@/lib/jobs/schema'
import { useAccess } from '../../access'
import { Refusal } from '../../guarded-button'
import { usePress } from '../../use-press'

type CancelButtonProps = {
  job: { id: string; kind: JobKind; status: JobStatus; cancelRequestedAt: Date | null }
  label?: string
  className?: string
}

export function CancelButton({ job, label, className }: CancelButtonProps) {
  const t = useTranslations('exchange.live')
  const jobs = useTranslations('jobs')
  const { may, actions } = useAccess()
  const { press, busy, error, done } = usePress(actions.cancelJob)
  if (job.cancelRequestedAt || done) return <p className="text-compact text-muted">{t('stopping')}</p>
  if (!may.cancel || !canCancel(job)) return null
  return (
    <>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button size="sm" className={className} busy={busy} onClick={() => press({ jobId: job.id })}>
            {label ?? t('cancel')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{cancelWords(jobs, job)}</TooltipContent>
      </Tooltip>
      <Refusal words={error?.message} />
    </>
  )
}
