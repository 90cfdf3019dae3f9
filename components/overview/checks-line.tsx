'use client'

import { Check as Tick, CircleDashed, Minus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { reasonValues } from '@/components/health/reason-values'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { cn } from '@/lib/cn'
import { shopSpace } from '@/lib/health/disk/rules'
import type { Check, CheckId, Overview } from '@/lib/health/schema'
import { CHECKS_ID } from './evidence-link'

const SHOWN = { open: 5, boxed: 4 }
const marks = {
  ok: { Icon: Tick, ink: 'text-ok' },
  warn: { Icon: Minus, ink: 'text-warn' },
  fail: { Icon: X, ink: 'text-bad' },
  unknown: { Icon: CircleDashed, ink: 'text-warn' },
}
const urgency: Check['status'][] = ['fail', 'warn', 'unknown', 'ok']

/** What the verdict rests on: what does not pass first. On a phone only that, and how many pass. */
export function ChecksLine({ overview, isStale, isBoxed }: { overview: Overview; isStale: boolean; isBoxed: boolean }) {
  const t = useTranslations('overview.checks')
  const { checks } = overview.verdict
  const shown = isStale ? checks.map((check): Check => ({ ...check, status: 'unknown' })) : checks
  const sorted = shown.toSorted((a, b) => urgency.indexOf(a.status) - urgency.indexOf(b.status))
  const passed = shown.filter(({ status }) => status === 'ok').length
  const summary = () => {
    if (passed === shown.length) return t('all', { count: passed })
    return shown.every(({ status, reasons }) => status === 'unknown' || reasons.length > 0) && passed === 0
      ? t('none')
      : t('some', { passed, count: shown.length })
  }
  return (
    <div id={CHECKS_ID} className="mt-4 flex scroll-mt-24 flex-wrap gap-x-[22px] gap-y-1.5 text-compact max-md:grid md:mt-[18px]">
      <ul aria-label={t('label')} className="contents">
        {sorted.slice(0, isBoxed ? SHOWN.boxed : SHOWN.open).map((check) => (
          <li key={check.id} className={cn('flex items-center gap-1.5', check.status === 'ok' && 'max-md:hidden')}>
            <CheckWords check={check} overview={overview} />
          </li>
        ))}
      </ul>
      <Popover>
        <PopoverTrigger className="flex items-center gap-1.5 font-medium text-primary-strong hover:underline md:ml-auto">
          <Tick aria-hidden className={cn('size-[15px] text-ok md:hidden', passed < shown.length && 'hidden')} />
          {summary()}
        </PopoverTrigger>
        <PopoverContent align="end" aria-label={t('list')} className="w-96 px-4 py-3">
          <ul className="grid gap-2 text-compact">
            {sorted.map((check) => (
              <li key={check.id} className="flex items-center gap-2">
                <CheckWords check={check} overview={overview} />
              </li>
            ))}
          </ul>
        </PopoverContent>
      </Popover>
    </div>
  )
}

/** The first backup is awaited, not missing. */
function isPending({ status, reasons }: Check): boolean {
  return status === 'warn' && reasons[0]?.code === 'no-set'
}

function CheckWords({ check, overview }: { check: Check; overview: Overview }) {
  const t = useTranslations('overview')
  const { Icon, ink } = marks[isPending(check) ? 'unknown' : check.status]
  const value = useCheckValue(check, overview)
  return (
    <>
      <Icon aria-hidden className={cn('size-[15px] shrink-0', ink)} />
      {t(`checks.${check.id}.name`, { count: overview.repositories.length })}
      <span className="ml-auto text-right text-muted md:ml-0 [[role=dialog]_&]:ml-auto">{value}</span>
    </>
  )
}

function useCheckValue({ id, status, reasons }: Check, overview: Overview): string {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow()
  const [worst] = reasons
  if (worst) return t(`reason.${worst.code}.check`, reasonValues(worst, { t, format, now, overview }))
  if (status === 'unknown') return t('checks.unknown')
  const when = (at: Date | null | undefined) => (at ? format.moment(at, now, { inline: true }) : 'none')
  const archivedAt = overview.cluster?.archiver?.lastArchivedAt
  const seenAt = id === 'worker' ? overview.worker?.heartbeatAt : archivedAt && new Date(archivedAt)
  const moments: Partial<Record<CheckId, Date | null>> = {
    schedule: overview.next?.at, 'last-backup': overview.lastBackupAt, 'newest-set': overview.newest?.stoppedAt,
  }
  const own = overview.cluster && shopSpace(overview.cluster)?.free
  const free = [own, ...overview.repositories.map(({ diskFree }) => diskFree)].flatMap((bytes) => bytes ?? [])
  return t(`checks.${id}.ok`, {
    at: archivedAt ?? 'none',
    ago: seenAt ? format.ago(seenAt, now) : '',
    when: when(moments[id]),
    count: overview.repositories.length,
    free: free.length > 0 ? format.bytes(Math.min(...free)) : 'none',
    version: overview.cluster?.version ?? 'none',
  })
}
