'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { KindGlyph } from '@/components/jobs/kind-glyph'
import { cancelWords, jobTitle, repositoryName } from '@/components/jobs/words'
import { Button } from '@/components/ui/button'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import { Tooltip, TooltipContent, TooltipTrigger } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import type { Overview, OverviewJob } from '@/lib/health/schema'
import { selector } from '@/lib/i18n'
import { canCancel, isBarred, measureOf } from '@/lib/jobs/rules'
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
                {t('queued', { behind: isBlind ? 'worker' : isBehind(job, [...running, ...queued.slice(0, index)]) ? 'yes' : 'no' })}
              </p>
              {cancel(job)}
            </div>
          ))}
        </Sheet>
      )}
    </>
  )
}

function isBehind({ kind }: OverviewJob, ahead: readonly OverviewJob[]): boolean {
  return ahead.some((job) => isBarred(kind, job.kind))
}

function useJobName(overview: Overview) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  return (job: OverviewJob) => {
    const title = jobTitle(t, job, format, now)
    if (job.repo === null) return title
    const repository = overview.repositories.find(({ key }) => key === job.repo)
    const place = repository ? repositoryName(t, repository) : t('repository.other', { key: job.repo })
    return t('titleTo', { title, repository: place })
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
      <KindGlyph kind={job.kind} type={job.type} className={cn('mt-0.5', ink)} />
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
  const jobs = useTranslations('jobs')
  const { progress, lost, cancelRequestedAt, heartbeatAt } = job
  const measure = progress && measureOf({ kind: job.kind, ...progress })
  const note = () => {
    if (lost) return t('lost', { time: format.time(heartbeatAt ?? job.createdAt, { seconds: true }) })
    return cancelRequestedAt ? t('stopping', { kept: cancelWords(jobs, job) }) : null
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
        <ProgressBar label={nameOf(job)} value={measure && measure !== 'replay' ? (progress?.percent ?? undefined) : undefined} />
        <Numbers job={job} measure={measure} />
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

type NumbersProps = { job: OverviewJob; measure: ReturnType<typeof measureOf> }

function Numbers({ job: { kind, progress, claimedAt, createdAt }, measure }: NumbersProps) {
  const t = useTranslations('overview.running')
  const format = useFormat()
  const now = useNow()
  const { phase = null, replayedAt = null } = progress ?? {}
  const copied = measure === 'backup' || measure === 'restore' ? progress : null
  const { bytesDone = null, bytesTotal = null, rate = null, secondsLeft = null } = copied ?? {}
  const percent = measure && measure !== 'replay' ? (progress?.percent ?? null) : null
  const soft = (chunks: ReactNode) => <span className="text-muted">{chunks}</span>
  const phaseWords = t(`phase.${phase ?? 'claim'}`, { kind: selector(kind) })
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
      {measure === 'replay' && replayedAt && <span>{t('replayed', { time: format.time(replayedAt, { seconds: true }) })}</span>}
      {rate !== null && <span>{format.rate(rate)}</span>}
    </p>
  )
}

function CancelButton({ job, cancelJob }: { job: OverviewJob; cancelJob: OverviewActions['cancelJob'] }) {
  const t = useTranslations('overview.running')
  const jobs = useTranslations('jobs')
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
        <TooltipContent>{cancelWords(jobs, job)}</TooltipContent>
      </Tooltip>
      {(refusal || isError) && (
        <p role="alert" className="basis-full text-compact text-bad">
          {t('cancelFailed', { message: refusal ?? '' })}
        </p>
      )}
    </>
  )
}
