'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Stethoscope } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { useFormat, useNow } from '@/components/format-provider'
import { repositoryName } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import type { Overview, OverviewJob } from '@/lib/health/schema'
import { canCancel } from '@/lib/jobs/rules'
import type { May, OverviewActions } from './may'

type ActiveJobsProps = { overview: Overview; may: May; cancelJob: OverviewActions['cancelJob'] }

/** What runs now, and what waits behind it. It goes when it is done: the strip and the activity keep it. */
export function ActiveJobs({ overview, may, cancelJob }: ActiveJobsProps) {
  const t = useTranslations('overview.running')
  const running = overview.active.filter(({ status }) => status === 'RUNNING')
  const queued = overview.active.filter(({ status }) => status === 'QUEUED')
  const isBlind = overview.verdict.state === 'unknown'
  const cancel = (job: OverviewJob) => may.cancel && <CancelButton job={job} cancelJob={cancelJob} />
  return (
    <>
      {running.map((job) => (
        <RunningJob key={job.id} job={job} overview={overview} cancel={cancel(job)} />
      ))}
      {queued.length > 0 && (
        <Sheet label={t('queuedLabel')} className="divide-y">
          {queued.map((job, index) => (
            <div key={job.id} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 md:px-5">
              <JobTitle job={job} overview={overview} />
              <p className="ml-auto text-compact text-muted max-md:ml-6">
                {t('queued', { behind: isBlind ? 'worker' : running.length + index > 0 ? 'yes' : 'no' })}
              </p>
              {cancel(job)}
            </div>
          ))}
        </Sheet>
      )}
    </>
  )
}

function useJobName(overview: Overview) {
  const t = useTranslations('overview.running')
  const jobs = useTranslations('jobs')
  return ({ kind, type, repo }: OverviewJob) => {
    const repository = overview.repositories.find(({ key }) => key === repo)
    const place = repository ? repositoryName(jobs, repository) : jobs('repository.other', { key: repo ?? 1 })
    return t(`title.${kind}`, { type: type ?? 'full', repository: place })
  }
}

function JobTitle({ job, overview }: { job: OverviewJob; overview: Overview }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const nameOf = useJobName(overview)
  const { trigger, reason, actorName: name, createdAt } = job
  const ink = job.lost ? 'text-warn' : job.status === 'RUNNING' ? 'text-run' : 'text-faint'
  return (
    <div className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5">
      {job.type ? (
        <TypeGlyph type={job.type} className={cn('mt-0.5', ink)} />
      ) : (
        <Stethoscope aria-hidden className={cn('mt-0.5 size-4', ink)} />
      )}
      <Link href={`/jobs/${job.id}` as Route} className="text-section hover:underline">
        {nameOf(job)}
      </Link>
      <span className="col-start-2 mt-0.5 text-meta [overflow-wrap:anywhere]">
        {t('running.who', { who: t(`who.${trigger}`, { name }), time: format.time(createdAt), reason: reason ?? 'none' })}
      </span>
    </div>
  )
}

function RunningJob({ job, overview, cancel }: { job: OverviewJob; overview: Overview; cancel: ReactNode }) {
  const t = useTranslations('overview.running')
  const format = useFormat()
  const nameOf = useJobName(overview)
  const { progress, lost, cancelRequestedAt, heartbeatAt } = job
  const note = () => {
    if (lost) return t('lost', { time: format.time(heartbeatAt ?? job.createdAt, { seconds: true }) })
    return cancelRequestedAt ? t('stopping') : null
  }
  return (
    <Sheet
      label={t('label')}
      className={cn(
        'grid items-center gap-x-8 gap-y-3 px-4 py-3.5 md:px-5 md:py-4',
        'md:grid-cols-[minmax(0,1fr)_auto] xl:grid-cols-[290px_minmax(0,1fr)_auto]',
      )}
    >
      <JobTitle job={job} overview={overview} />
      <div className="max-xl:row-start-2 md:max-xl:col-span-2">
        <ProgressBar label={nameOf(job)} value={progress?.percent ?? undefined} />
        <Numbers job={job} />
        {note() && <p className={cn('mt-1 text-compact', lost ? 'text-warn' : 'text-muted')}>{note()}</p>}
      </div>
      <div className="flex gap-2 max-md:[&>*]:flex-1">
        <Button
          asChild
          variant="quiet"
          size="sm"
          className="max-md:text-foreground max-md:inset-ring max-md:inset-ring-control/55"
        >
          <Link href={`/jobs/${job.id}` as Route}>{t('openLog')}</Link>
        </Button>
        {cancel}
      </div>
    </Sheet>
  )
}

function Numbers({ job: { progress, claimedAt, createdAt } }: { job: OverviewJob }) {
  const t = useTranslations('overview.running')
  const format = useFormat()
  const now = useNow()
  const { phase = null, percent = null, bytesDone = null, bytesTotal = null, rate = null, secondsLeft = null } = progress ?? {}
  const soft = (chunks: ReactNode) => <span className="text-muted">{chunks}</span>
  const phaseWords = t(`phase.${phase ?? 'claim'}`)
  const elapsed = now.getTime() - (claimedAt ?? createdAt).getTime()
  return (
    <p className="mt-2 flex flex-wrap items-baseline gap-x-6 gap-y-0.5 text-compact">
      <span className="text-muted">
        {percent === null
          ? phaseWords
          : t.rich('percent', {
              percent: format.percent(percent), phase: phaseWords,
              strong: (chunks) => <strong className="font-medium text-foreground">{chunks}</strong>,
            })}
      </span>
      <span className="ml-auto md:order-last">
        {secondsLeft === null
          ? t('since', { duration: format.duration(elapsed) })
          : t('left', { duration: format.duration(secondsLeft * 1_000) })}
      </span>
      <span className="max-md:hidden max-md:basis-full" />
      {bytesDone !== null && bytesTotal !== null && (
        <span>{t.rich('bytes', { done: format.bytes(bytesDone), total: format.bytes(bytesTotal), soft })}</span>
      )}
      {rate !== null && <span>{format.rate(rate)}</span>}
    </p>
  )
}

function CancelButton({ job, cancelJob }: { job: OverviewJob; cancelJob: OverviewActions['cancelJob'] }) {
  const t = useTranslations('overview.running')
  const queries = useQueryClient()
  const { mutate, data, isPending, isError } = useMutation({
    mutationFn: () => cancelJob({ jobId: job.id }),
    onSettled: () => queries.invalidateQueries(),
  })
  const refusal = data && !data.ok ? data.error.message : null
  if (!canCancel(job)) return null
  return (
    <>
      <Tooltip>
        <TooltipTrigger asChild>
          <Button size="sm" busy={isPending} onClick={() => mutate()}>
            {t('cancel')}
          </Button>
        </TooltipTrigger>
        <TooltipContent>{job.status === 'QUEUED' ? t('cancelQueued') : t('cancelHint')}</TooltipContent>
      </Tooltip>
      {(refusal || isError) && (
        <p role="alert" className="basis-full text-compact text-bad">
          {t('cancelFailed', { message: refusal ?? '' })}
        </p>
      )}
    </>
  )
}
