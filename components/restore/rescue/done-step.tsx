'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogTitle } from '@/components/ui/dialog'
import type { JobResult } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { jobLink } from '../text-link'
import { StepList } from './plan-step'
import { UndoHere } from './undo-here'

type DoneStepProps = {
  job: TailJob; result: Extract<JobResult, { kind: 'rescue' }>; view: RestoreView; onClose: () => void
}

/** They are back: what came with them, and the way to take it back. */
export function DoneStep({ job, result: { steps }, view, onClose }: DoneStepProps) {
  const t = useTranslations('rescue.done')
  const chosen = steps.filter(({ why }) => why === 'chosen').length
  return (
    <>
      <DialogTitle className="flex items-center gap-2">
        <CircleCheck aria-hidden className="size-5 shrink-0 text-ok" />
        <span role="status">{t('title', { count: chosen })}</span>
      </DialogTitle>
      <DialogDescription className="text-pretty">
        {t('text', { along: steps.length - chosen })} {t.rich('job', { id: job.id, link: jobLink(job.id) })}
      </DialogDescription>
      <StepList title={null} steps={steps} className="mt-4 max-h-[40dvh] overflow-y-auto" />
      <DialogFooter className="items-start">
        <UndoHere rescue={job.id} view={view} />
        <Button variant="primary" onClick={onClose}>{t('close')}</Button>
      </DialogFooter>
    </>
  )
}
