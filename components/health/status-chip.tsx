'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/lib/cn'
import type { Format } from '@/lib/format'
import type { Status } from '@/lib/health/schema'
import { staleSince } from './freshness'
import { type OverviewWords, spanWords } from './spans'
import { stateMarks } from './state-mark'
import { useStatus } from './status-query'

/** The verdict in the header: the state's word, its shape, and the one number it rests on. Grey until it was read. */
export function StatusChip({ className }: { className?: string }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  const { data, isError } = useStatus()
  if (!data && !isError) return <Skeleton className={cn('h-7 w-32 rounded-full', className)} />
  const stale = data ? staleSince(data.now, isError, now) : null
  const state = !data || stale ? 'unknown' : data.verdict.state
  const { Icon, ink } = stateMarks[state]
  const word = t(`state.${state}`)
  return (
    <Link
      href="/"
      aria-label={t('chip.label', { state: word })}
      className={cn(
        'flex h-7 items-center gap-1.5 rounded-full bg-card px-1.5 text-compact font-medium whitespace-nowrap',
        'inset-ring inset-ring-border hover:bg-hover md:pr-2.5 md:pl-2',
        className,
      )}
    >
      <Icon aria-hidden className={cn('size-[15px]', ink)} />
      {word}
      <span className="font-normal text-muted max-md:hidden">
        {stale ? t('chip.noAnswer', { time: format.time(stale) }) : data && numberOf(data, t, format, now)}
      </span>
    </Link>
  )
}

/** The archive's lag while all is well or it is what ails; else the age of the newest set. */
function numberOf({ verdict, newestAt, archivedAt }: Status, t: OverviewWords, format: Format, now: Date): string {
  const [worst] = verdict.reasons
  if (worst?.code === 'worker-silent') {
    return worst.since ? t('chip.silent', { span: spanWords(t, now.getTime() - worst.since.getTime()) }) : ''
  }
  const isAboutArchive = verdict.state === 'protected' || worst?.code.startsWith('archive-')
  if (isAboutArchive && archivedAt) return t('chip.archived', { ago: format.ago(archivedAt, now) })
  return newestAt ? t('chip.newest', { ago: format.ago(newestAt, now) }) : ''
}
