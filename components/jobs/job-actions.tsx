'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { UndoRescue } from '@/components/restore/rescue/undo-rescue'
import { Button } from '@/components/ui/button'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import type { ActionResult } from '@/lib/action'
import { canCancel, canRetry } from '@/lib/jobs/rules'
import type { JobKind, JobStatus } from '@/lib/jobs/schema'
import { cancelWords } from './words'

/** The server actions, handed down by the page; null where this person may not use them. */
export type JobActions = {
  cancel: ((input: { jobId: string }) => Promise<ActionResult<unknown>>) | null
  retry: ((input: { jobId: string }) => Promise<ActionResult<{ jobId: string }>>) | null
  /** Of a rescue that was not taken back yet */
  undoRescue: ((input: { rescue: string }) => Promise<ActionResult<{ jobId: string }>>) | null
}

type Actionable = { id: string; kind: JobKind; status: JobStatus; cancelRequestedAt: Date | null }

/** Cancel while it is active; Run again once it has failed or was cancelled; Undo rescue while that can be. */
export function JobButtons({ job, actions: { cancel, retry, undoRescue } }: { job: Actionable; actions: JobActions }) {
  if (cancel && canCancel(job)) return <CancelButton job={job} cancel={cancel} />
  if (retry && canRetry(job)) return <RetryButton job={job} retry={retry} />
  if (undoRescue && job.kind === 'rescue' && job.status === 'SUCCEEDED') return <UndoRescue rescue={job.id} undo={undoRescue} reason={null} />
  return null
}

const column = 'grid gap-1.5 max-md:w-full md:max-w-80 md:justify-items-end md:text-right'

/** Says beforehand what a cancel keeps: beside the pointer, or below md beneath the button. */
function CancelButton({ job, cancel }: { job: Actionable; cancel: NonNullable<JobActions['cancel']> }) {
  const t = useTranslations('jobs')
  const { press, busy, refusal } = usePress(() => cancel({ jobId: job.id }))
  const kept = cancelWords(t, job)
  return (
    <div className={column}>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button busy={busy} onClick={press}>
            {t('page.cancel')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{kept}</TooltipContent>
      </Tooltip>
      <p className="text-meta md:hidden">{kept}</p>
      <Refusal words={refusal} />
    </div>
  )
}

function RetryButton({ job, retry }: { job: Actionable; retry: NonNullable<JobActions['retry']> }) {
  const t = useTranslations('jobs.page')
  const router = useRouter()
  const { press, busy, refusal } = usePress(async () => {
    const result = await retry({ jobId: job.id })
    if (result.ok) router.push(`/jobs/${result.data.jobId}`)
    return result
  })
  return (
    <div className={column}>
      <Button variant={job.status === 'FAILED' ? 'primary' : 'secondary'} busy={busy} onClick={press}>
        {t('runAgain')}
      </Button>
      <Refusal words={refusal} />
    </div>
  )
}

/** Busy until the server has answered; then everything on the page is read anew. */
function usePress(act: () => Promise<ActionResult<unknown>>) {
  const queries = useQueryClient()
  const shell = useTranslations('shell.action')
  const { mutate, data, isPending, isError } = useMutation({ mutationFn: act, onSettled: () => queries.invalidateQueries() })
  const refusal = isError ? shell('unavailable') : data && !data.ok ? data.error.message : null
  return { press: () => mutate(), busy: isPending, refusal }
}

function Refusal({ words }: { words: string | null }) {
  return words && (
    <p role="alert" className="text-compact text-bad">
      {words}
    </p>
  )
}
