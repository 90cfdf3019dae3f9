'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { RepositoryName } from '@/lib/history/schema'
import { exclusiveKinds, isActive, laneOf, targetOf } from '@/lib/jobs/rules'
import type { TailEvent, TailJob } from '@/lib/jobs/tail/schema'
import { type JobActions, JobButtons } from './job-actions'
import { lastLabelOf } from './log-lines'
import { JobStatePill } from './state'
import { jobTitle, repositoryName } from './words'

type JobHeadingProps = {
  job: TailJob
  events: readonly TailEvent[]
  repository: RepositoryName | null
  actions: JobActions
}

/** What it is and how it stands, then in one line who, when, why, and what came of it. */
export function JobHeading({ job, events, repository, actions }: JobHeadingProps) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  const type = job.request.kind === 'backup' ? job.request.type : null
  const title = jobTitle(t, { kind: job.kind, type, target: targetOf(job.request) }, format, now)
  return (
    <div className="mb-1 flex flex-wrap items-start gap-x-6 gap-y-3 md:flex-nowrap">
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-title">
          {repository ? t('titleTo', { title, repository: repositoryName(t, repository) }) : title}
          <JobStatePill job={job} type={type} />
        </h2>
        <p className="mt-0.5 text-pretty text-muted">
          <Sentences job={job} events={events} />
        </p>
      </div>
      <JobButtons job={job} actions={actions} />
    </div>
  )
}

function Sentences({ job, events }: { job: TailJob; events: readonly TailEvent[] }) {
  const t = useTranslations('jobs.page')
  const begin = useBeginning(job)
  const end = useEnding(job)
  const setLink = (label: string) => (chunks: ReactNode) => (
    <TextLink href={`/history?set=${repoOf(job)}/${label}`}>{chunks}</TextLink>
  )
  const base = job.result ? null : lastLabelOf(events)
  const sentences = [
    begin,
    base && t.rich('buildsOn', { type: typeOf(base), label: base, link: setLink(base) }),
    job.retryOf &&
      t.rich('repeats', { id: job.retryOf, link: (chunks) => <TextLink href={`/jobs/${job.retryOf}`}>{chunks}</TextLink> }),
    end,
    laneOf(job.kind) === 'cluster' && restoreLink(t, job),
    job.result?.kind === 'backup' && t.rich('made', { label: job.result.label, link: setLink(job.result.label) }),
  ]
  return sentences.map((sentence, at) => sentence && <Fragment key={at}>{sentence}. </Fragment>)
}

/** An exchange of the shop has a page that tells of it in its own terms, also while it goes on. */
function restoreLink(t: ReturnType<typeof useTranslations<'jobs.page'>>, { id, kind, status }: TailJob): ReactNode {
  const linkTo = (href: string) => ({ link: (chunks: ReactNode) => <TextLink href={href}>{chunks}</TextLink> })
  if (!exclusiveKinds.includes(kind)) return !isActive(status) && t.rich('goOn', linkTo('/restore'))
  return t.rich(isActive(status) ? 'watch' : 'outcome', linkTo(`/restore/exchange/${id}`))
}

function useBeginning(job: TailJob): string {
  const t = useTranslations('jobs.page')
  const format = useFormat()
  const now = useNow(60_000)
  const began = job.claimedAt ?? job.createdAt
  const time = format.time(began, { seconds: true })
  const moment =
    format.dayKey(began) === format.dayKey(now) ? t('todayAt', { time }) : t('onDayAt', { date: format.date(began), time })
  const who = {
    schedule: t('scheduled', { moment }),
    'catch-up': t('caughtUp', { moment }),
    system: t('system', { moment }),
    other: t(job.claimedAt ? 'startedBy' : 'askedBy', { name: job.actorName, moment }),
  }
  const { trigger } = job
  const words = trigger === 'schedule' || trigger === 'catch-up' || trigger === 'system' ? who[trigger] : who.other
  return job.reason ? `${words}, ${t('reason', { reason: job.reason })}` : words
}

function useEnding({ status, claimedAt, finishedAt, progress, cancelRequestedAt, cancelRequestedBy }: TailJob): string | null {
  const t = useTranslations('jobs.page')
  const format = useFormat()
  const name = cancelRequestedBy ?? ''
  if (status === 'RUNNING' && cancelRequestedAt) return t('stopping', { name })
  if (!claimedAt || !finishedAt) return null
  const duration = format.duration(finishedAt.getTime() - claimedAt.getTime())
  if (status === 'CANCELLED' && name) return t('cancelledBy', { name, duration })
  if (status === 'SUCCEEDED') return null
  return progress?.percent === undefined
    ? t('stopped', { duration })
    : t('stoppedAt', { duration, percent: format.percent(progress.percent) })
}

function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href as Route} className="font-medium [overflow-wrap:anywhere] text-primary-strong hover:underline">
      {children}
    </Link>
  )
}

function repoOf({ request }: TailJob): number {
  return request.kind === 'backup' ? request.repo : 1
}

function typeOf(label: string): 'full' | 'diff' | 'incr' {
  return label.endsWith('F') ? 'full' : label.endsWith('D') ? 'diff' : 'incr'
}
