'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { KindGlyph } from '@/components/jobs/kind-glyph'
import { JobStateWords, jobStateOf } from '@/components/jobs/state'
import { jobTitle, startWords } from '@/components/jobs/words'
import { ProgressBar } from '@/components/ui/progress-bar'
import { cn } from '@/lib/cn'
import type { JobSummary } from '@/lib/history/jobs/schema'
import { failureWords } from '@/lib/jobs/failure/rules'
import { isActive } from '@/lib/jobs/rules'

const columns = [
  ['job', 'pl-5'],
  ['state', 'w-[22%]'],
  ['started', 'w-[16%]'],
  ['took', 'w-[11%] text-right'],
  ['by', 'w-[21%] pr-5'],
] as const

export function JobsTable({ jobs }: { jobs: JobSummary[] }) {
  const t = useTranslations('history.jobTable')
  return (
    <table aria-label={t('label')} className="w-full text-left max-lg:block lg:table-fixed">
      <thead className="max-lg:sr-only">
        <tr>
          {columns.map(([name, className]) => (
            <th key={name} scope="col" className={cn('border-b px-3 py-2.5 text-meta font-medium', className)}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y max-lg:block">
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </tbody>
    </table>
  )
}

const cell = 'align-top lg:px-3 lg:py-2'
const rowClasses = cn(
  'relative hover:bg-hover',
  'max-lg:grid max-lg:grid-cols-[minmax(0,1fr)_auto] max-lg:gap-x-3 max-lg:px-4 max-lg:py-2.5',
)

function JobRow({ job }: { job: JobSummary }) {
  const t = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(isActive(job.status) ? 1_000 : 60_000)
  const began = job.claimedAt ?? job.createdAt
  const who = startWords(t, { trigger: job.trigger, by: job.actorName, reason: job.reason }, job.type)
  return (
    <tr className={rowClasses}>
      <td className={cn(cell, 'lg:pl-5')}>
        <span className="flex items-start gap-2.5">
          <KindGlyph kind={job.kind} type={job.type} className="mt-0.5 text-bar-strong" />
          <span className="min-w-0">
            <Link href={`/jobs/${job.id}` as Route} className="block truncate font-medium after:absolute after:inset-0">
              {jobTitle(t, job, format, now)}
            </Link>
            <span className="block font-mono text-meta">{job.id}</span>
          </span>
        </span>
      </td>
      <td className={cn(cell, 'max-lg:text-compact')}>
        <JobStateWords job={job} />
        <StateNote job={job} />
      </td>
      <td className={cn(cell, 'max-lg:mt-1 max-lg:text-compact max-lg:text-muted')}>
        <span className="block truncate">{format.moment(began, now)}</span>
        <span className="block truncate text-meta max-lg:hidden">{format.ago(began, now)}</span>
      </td>
      <td className={cn(cell, 'text-right max-lg:mt-1 max-lg:text-compact max-lg:text-muted')}>
        {tookOf(job, now, format.duration)}
      </td>
      <td className={cn(cell, 'max-lg:col-span-2 lg:pr-5')}>
        <span className="block truncate max-lg:hidden">{who.name}</span>
        <span className="block truncate text-meta">
          <span className="lg:hidden">{who.name}{who.note && ', '}</span>
          {who.note}
        </span>
      </td>
    </tr>
  )
}

/** A job out of sight may have ended long ago: nobody can say how long it took. */
function tookOf({ claimedAt, finishedAt, lost }: JobSummary, now: Date, duration: (ms: number) => string): string {
  if (!claimedAt || lost) return ''
  return duration((finishedAt ?? now).getTime() - claimedAt.getTime())
}

/** How far it is, what came of it, or what went wrong. */
function StateNote({ job }: { job: JobSummary }) {
  const t = useTranslations('history.jobTable')
  const failures = useTranslations('failures')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const state = jobStateOf(job)
  if (state === 'running' && job.percent !== null) {
    return (
      <span className="mt-1 flex items-center gap-2 text-meta max-lg:hidden">
        <ProgressBar label={jobs('page.title', { id: job.id })} value={job.percent} className="w-24" />
        {format.percent(job.percent)}
      </span>
    )
  }
  const note = () => {
    if (job.failure) return failureWords(failures, job.failure, job.kind).title
    if (job.downtime !== null) return t('closedFor', { duration: format.tenths(job.downtime) })
    return job.stored === null ? null : t('stored', { size: format.bytes(job.stored) })
  }
  const words = note()
  return words && <span className="block truncate text-meta max-lg:hidden lg:pl-5.25">{words}</span>
}
