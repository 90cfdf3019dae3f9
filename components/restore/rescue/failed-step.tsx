'use client'

import { OctagonX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { DialogDescription, DialogFooter, DialogTitle } from '@/components/ui/dialog'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { jobLink } from '../text-link'

type FailedStepProps = { job: TailJob | null; /** What the server refused */ words?: string; onAgain: () => void; onClose: () => void }

/** Nothing was put back, or nothing was looked at: why, and what to do. */
export function FailedStep({ job, words, onAgain, onClose }: FailedStepProps) {
  const t = useTranslations('rescue')
  const failures = useTranslations('failures')
  const told = job?.failure ? failureWords(failures, job.failure, job.kind) : null
  return (
    <>
      <DialogTitle className="flex items-start gap-2">
        <OctagonX aria-hidden className="mt-0.5 size-5 shrink-0 text-bad" />
        {told?.title ?? t('failed')}
      </DialogTitle>
      <DialogDescription role="alert" className="text-pretty">
        {words ?? (told ? told.meaning.join(' ') : t('cancelled'))}
      </DialogDescription>
      {told && told.steps.length > 0 && (
        <ol className="mt-3 grid list-decimal gap-1 pl-5 text-compact">
          {told.steps.map((step) => <li key={step} className="text-pretty">{step}</li>)}
        </ol>
      )}
      {job && <p className="mt-3 text-meta">{t.rich('job', { id: job.id, link: jobLink(job.id) })}</p>}
      <DialogFooter>
        <Button onClick={onClose}>{t('close')}</Button>
        <Button variant="primary" onClick={onAgain}>{t('again')}</Button>
      </DialogFooter>
    </>
  )
}
