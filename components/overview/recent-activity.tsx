'use client'

import { Clock3, Minus, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { KindGlyph } from '@/components/jobs/kind-glyph'
import { repositoryName, targetWords } from '@/components/jobs/words'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Overview, OverviewJob, OverviewRepository } from '@/lib/health/schema'

/** The newest jobs: when, who, what, and what came of it. */
export function RecentActivity({ overview: { recent, repositories } }: { overview: Overview }) {
  const t = useTranslations('overview.activity')
  const all = (
    <Link href={'/history/jobs' as Route} className="text-meta hover:underline">
      {t('all')}
    </Link>
  )
  return (
    <Sheet>
      <SheetHeader title={t('title')} end={all} />
      {recent.length === 0 ? (
        <p className="px-4 pt-2 pb-4 text-muted md:px-5">{t('none')}</p>
      ) : (
        <ul className="pt-2 pb-2.5">
          {recent.map((job) => (
            <ActivityRow key={job.id} job={job} repositories={repositories} />
          ))}
        </ul>
      )}
      <ToRestore />
    </Sheet>
  )
}

/** What went wrong in the shop is mended there; here it is only the backups that act. */
function ToRestore() {
  const t = useTranslations('picker.overview')
  return (
    <p className="border-t px-4 py-2.5 text-compact text-muted md:px-5">
      {t.rich('deleted', {
        link: (chunks) => (
          <Link href={'/restore' as Route} className="font-medium text-primary-strong hover:underline">
            {chunks}
          </Link>
        ),
      })}
    </p>
  )
}

function ActivityRow({ job, repositories }: { job: OverviewJob; repositories: OverviewRepository[] }) {
  const t = useTranslations('overview')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  const isToday = format.dayKey(job.createdAt) === format.dayKey(now)
  const repository = repositories.length > 1 && repositories.find(({ key }) => key === job.repo)
  const place = repository ? t('activity.to', { repository: repositoryName(jobs, repository) }) : 'none'
  const note = job.reason ?? (job.status === 'CANCELLED' && job.kind === 'backup' ? t('activity.resumes') : place)
  return (
    <li>
      <Link
        href={`/jobs/${job.id}` as Route}
        className={cn(
          'grid grid-cols-[64px_16px_minmax(0,1fr)] items-start gap-x-2.5 px-4 py-1.5 hover:bg-hover',
          'focus-visible:-outline-offset-2 md:grid-cols-[112px_16px_minmax(0,1fr)_auto] md:items-center md:px-5',
        )}
      >
        <time dateTime={job.createdAt.toISOString()} className="text-compact text-muted">
          {isToday ? format.time(job.createdAt) : <DayAndTime at={job.createdAt} now={now} />}
        </time>
        <JobMark job={job} />
        <span className="md:truncate">
          {t.rich(`activity.did.${job.kind}`, {
            who: t(`who.${job.trigger}`, { name: job.actorName }),
            type: job.type ?? 'full',
            target: job.target ? targetWords(jobs, job.target, format, now) : 'none',
            note,
            strong: (chunks) => <strong className="font-medium">{chunks}</strong>,
            soft: (chunks: ReactNode) => <span className="text-muted">{chunks}</span>,
          })}
        </span>
        <Outcome job={job} />
      </Link>
    </li>
  )
}

function DayAndTime({ at, now }: { at: Date; now: Date }) {
  const format = useFormat()
  return (
    <>
      <span className="max-md:hidden">{format.moment(at, now)}</span>
      <span className="md:hidden">{format.day(at)}</span>
    </>
  )
}

function JobMark({ job: { kind, type, status, lost } }: { job: OverviewJob }) {
  const size = 'size-[15px] max-md:mt-[3px]'
  if (status === 'FAILED') return <X aria-hidden className={cn(size, 'text-bad')} />
  if (status === 'CANCELLED') return <Minus aria-hidden className={cn(size, 'text-faint')} />
  const ink = status === 'RUNNING' ? (lost ? 'text-warn' : 'text-run') : 'text-faint'
  if (kind !== 'backup' && status === 'QUEUED') return <Clock3 aria-hidden className={cn(size, ink)} />
  return <KindGlyph kind={kind} type={type} className={cn(size, ink)} />
}

function Outcome({ job: { status, lost, size, downtime, failure, claimedAt, finishedAt } }: { job: OverviewJob }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const place = 'text-meta max-md:col-start-3'
  if (lost) return <span className={cn(place, 'text-warn')}>{t('activity.lost')}</span>
  if (status === 'RUNNING') return <span className={cn(place, 'text-run')}>{t('activity.running')}</span>
  if (status === 'QUEUED') return <span className={place}>{t('activity.queued')}</span>
  if (status === 'FAILED') {
    return <span className={cn(place, 'text-bad')}>{failure ? t(`cause.${failure}`) : t('activity.failed')}</span>
  }
  if (status === 'CANCELLED') return <span className={place}>{t('activity.cancelled')}</span>
  if (!claimedAt || !finishedAt) return null
  if (downtime !== null) return <span className={place}>{t('activity.closedFor', { duration: format.tenths(downtime) })}</span>
  const duration = format.duration(finishedAt.getTime() - claimedAt.getTime())
  const words = size === null ? duration : t('activity.sizeAndTime', { size: format.bytes(size), duration })
  return <span className={place}>{words}</span>
}
