'use client'

import { Cloud, Server } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { repositoryName } from '@/components/jobs/words'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Overview, OverviewRepository } from '@/lib/health/schema'
import { REPOSITORIES_ID } from './evidence-link'
import { Figure } from './figure'

const onThisMachine = ['posix', 'cifs']

/** What the backups occupy, where, and how much room is left. */
export function RepositoriesSheet({ overview: { repositories, verdict } }: { overview: Overview }) {
  const t = useTranslations('overview.repositories')
  const format = useFormat()
  const size = repositories.reduce((sum, repository) => sum + repository.size, 0)
  const sets = repositories.reduce((sum, repository) => sum + repository.sets, 0)
  const failed = new Set(verdict.reasons.flatMap((reason) => (reason.code === 'repository-failed' ? [reason.key] : [])))
  return (
    <Sheet className="flex flex-col">
      <div id={REPOSITORIES_ID} className="scroll-mt-24">
        <SheetHeader title={t('title')} />
      </div>
      {repositories.length === 0 ? (
        <p className="px-4 pt-2 pb-4 text-muted md:px-5">{t('none')}</p>
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-2.5 px-4 pt-1.5 md:px-5">
            <Figure text={format.bytes(size)} />
            <span className="text-meta">{t('setsNote', { count: sets })}</span>
          </p>
          <ul className="mt-3.5">
            {repositories.map((repository) => (
              <RepositoryRow key={repository.key} repository={repository} isFailed={failed.has(repository.key)} />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  )
}

function RepositoryRow({ repository, isFailed }: { repository: OverviewRepository; isFailed: boolean }) {
  const t = useTranslations('overview.repositories')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(10_000)
  const { key, type, location, cipher, size, sets, diskFree, diskTotal, checkedAt } = repository
  const Icon = onThisMachine.includes(type) ? Server : Cloud
  const facts = { key, sets: t('sets', { count: sets }), cipher: cipher === 'none' ? t('plain') : t('encrypted') }
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 border-t px-4 py-3 md:px-5">
      <Icon aria-hidden className="mt-0.5 size-4 text-muted" />
      <span className="first-letter:uppercase">{repositoryName(jobs, repository)}</span>
      <span>{format.bytes(size)}</span>
      <span className="col-span-2 col-start-2 truncate font-mono text-meta" title={location}>
        {location}
      </span>
      {diskTotal !== null && diskFree !== null && <DiskBar total={diskTotal} free={diskFree} />}
      <span className={cn('col-span-2 col-start-2 text-meta', isFailed && 'text-bad')}>
        {isFailed ? t('failed', { key }) : t('meta', facts)}
        {', '}
        {t('asked', { ago: format.ago(checkedAt, now) })}
      </span>
    </li>
  )
}

function DiskBar({ total, free }: { total: number; free: number }) {
  const t = useTranslations('overview.repositories')
  const format = useFormat()
  return (
    <span className="col-span-2 col-start-2 my-1.5 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
      <span aria-hidden className="h-[3px] overflow-hidden rounded-full bg-foreground/9">
        <span className="block h-full rounded-full bg-bar" style={{ width: `${((total - free) / Math.max(total, 1)) * 100}%` }} />
      </span>
      <span className="text-meta">{t('free', { free: format.bytes(free), total: format.bytes(total) })}</span>
    </span>
  )
}
