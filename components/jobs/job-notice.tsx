'use client'

import { CircleHelp, Clock3, type LucideIcon, ShieldCheck, TriangleAlert } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { JobKind } from '@/lib/jobs/schema'
import type { JobTail } from '@/lib/jobs/tail/schema'

const lostText: Partial<Record<JobKind, 'lostSwitch' | 'lostInPlace' | 'lostRescue'>> = {
  switch: 'lostSwitch', undo: 'lostSwitch', 'restore-in-place': 'lostInPlace', rescue: 'lostRescue', 'undo-rescue': 'lostRescue',
}
const cancelledText: Partial<Record<JobKind, 'cancelledBackup' | 'cancelledRehearse' | 'cancelledSwitch' | 'cancelledRescue'>> = {
  backup: 'cancelledBackup', rehearse: 'cancelledRehearse', switch: 'cancelledSwitch', undo: 'cancelledSwitch',
  rescue: 'cancelledRescue', 'undo-rescue': 'cancelledRescue',
}

/** What has to be said about a job that neither runs well nor failed: lost, waiting, cancelled, or done with damage. */
export function JobNotice({ tail: { job, queue } }: { tail: JobTail }) {
  const t = useTranslations('jobs.notice')
  const format = useFormat()
  if (job.lost) {
    const since = job.heartbeatAt ?? job.claimedAt ?? job.createdAt
    return (
      <Notice icon={CircleHelp} tone="text-warn" title={t('lostTitle', { time: format.time(since, { seconds: true }) })}>
        {t(lostText[job.kind] ?? 'lostText')}
      </Notice>
    )
  }
  if (queue) return <QueueNotice queue={queue} />
  if (job.status === 'CANCELLED') {
    if (job.claimedAt && job.kind === 'restore-in-place') {
      return (
        <Notice icon={TriangleAlert} tone="text-warn" title={t('cancelledInPlaceTitle')}>
          {t('cancelledInPlace')}
        </Notice>
      )
    }
    return (
      <Notice icon={ShieldCheck} tone="text-muted" title={t('cancelledTitle')}>
        {t(job.claimedAt ? (cancelledText[job.kind] ?? 'cancelledOther') : 'cancelledQueued')}
      </Notice>
    )
  }
  if (job.result?.kind === 'backup' && job.result.error) {
    return (
      <Notice icon={TriangleAlert} tone="text-bad" className="border-bad-line bg-bad-tint" title={t('checksumTitle')}>
        {t('checksum')}
      </Notice>
    )
  }
  return null
}

function QueueNotice({ queue: { ahead, running, worker } }: { queue: NonNullable<JobTail['queue']> }) {
  const t = useTranslations('jobs.notice')
  const format = useFormat()
  const now = useNow()
  const isAlive = worker?.alive ?? false
  const link = (chunks: ReactNode) => (
    <Link href={`/jobs/${running}` as Route} className="font-medium text-primary-strong hover:underline">
      {chunks}
    </Link>
  )
  return (
    <Notice icon={isAlive ? Clock3 : CircleHelp} tone={isAlive ? 'text-muted' : 'text-warn'} title={t('queuedTitle')}>
      {!isAlive && (worker ? t('queuedNoWorker', { ago: format.ago(worker.seenAt, now) }) : t('queuedNeverWorker'))}{' '}
      {isAlive && running && t.rich('queuedBehind', { id: running, link })} {isAlive && ahead > 0 && t('queuedPlace', { ahead })}
      {isAlive && !running && ahead === 0 && t('queuedNext')}
    </Notice>
  )
}

type NoticeProps = { icon: LucideIcon; tone: string; title: string; className?: string; children: ReactNode }

function Notice({ icon: Icon, tone, title, className, children }: NoticeProps) {
  return (
    <section role="status" className={cn('flex gap-2.5 rounded-sheet border bg-foreground/4 px-4 py-3.5 md:px-5', className)}>
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', tone)} />
      <p className="max-w-[96ch] text-pretty">
        <b className={cn('font-semibold', tone === 'text-muted' ? 'text-foreground' : tone)}>{title}</b> {children}
      </p>
    </section>
  )
}
