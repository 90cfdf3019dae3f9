'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { EmptyState } from '@/components/ui/empty-state'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { CheckId, Overview } from '@/lib/health/schema'

/** What is still to come until the first verdict can be green, and what will stand here then. */
export function FirstRun({ overview }: { overview: Overview }) {
  const t = useTranslations('overview.firstRun')
  const format = useFormat()
  const now = useNow(60_000)
  const isOk = (...ids: CheckId[]) => overview.verdict.checks.every(({ id, status }) => !ids.includes(id) || status === 'ok')
  const isRunning = overview.active.some(({ kind }) => kind === 'backup')
  const next = overview.next ? format.moment(overview.next.at, now, { inline: true }) : 'none'
  const hasWorker = isOk('worker', 'database')
  const steps = [
    { title: t('worker'), text: t('workerText'), isDone: hasWorker, isUnderWay: false },
    { title: t('archive'), text: t('archiveText'), isDone: hasWorker && isOk('archive', 'repository'), isUnderWay: false },
    { title: t('backup'), text: t('backupText', { next }), isDone: false, isUnderWay: isRunning },
  ]
  const open = steps.findIndex(({ isDone }) => !isDone)
  return (
    <>
      <Sheet>
        <SheetHeader title={t('title', { count: steps.filter(({ isDone }) => !isDone).length })} />
        <ol className="px-4 py-1.5 md:px-5">
          {steps.map(({ title, text, isDone, isUnderWay }, index) => (
            <li
              key={title}
              className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-3 border-t py-3 first:border-t-0"
            >
              <span aria-hidden className="font-medium text-faint">
                {index + 1}
              </span>
              <div>
                <h3 className="font-medium">{title}</h3>
                <p className="max-w-[58ch] text-compact text-muted">{text}</p>
              </div>
              <span className={cn('text-meta leading-5', isDone && 'text-ok', isUnderWay && 'text-run')}>
                {isDone ? t('done') : isUnderWay ? t('running') : index === open ? t('notYet') : t('waits', { step: open + 1 })}
              </span>
            </li>
          ))}
        </ol>
      </Sheet>
      <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
    </>
  )
}
