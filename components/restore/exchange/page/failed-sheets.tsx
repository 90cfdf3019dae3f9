'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Explanation } from '@/components/jobs/explanation'
import { Button } from '@/components/ui/button'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { shopAfter } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { jobLink } from '../../text-link'
import { usePointWords, useTimes } from '../words'
import { PhaseChart } from './phase-chart'

const inks = { before: '', after: '', closed: 'text-bad', unknown: 'text-warn' }

/** Which shop runs now, before anything else; then why it did not come about. */
export function FailedSheets({ exchange }: { exchange: Exchange }) {
  const t = useTranslations('exchange')
  const words = usePointWords()
  const { moment } = useTimes()
  const { job, point, seen } = exchange
  const after = job.status === 'CANCELLED' ? 'before' : shopAfter(job)
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3 py-1">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className={cn('text-title text-pretty', inks[after])}>
            {job.status === 'CANCELLED'
              ? t('failed.cancelled', { name: job.cancelRequestedBy ?? 'none' })
              : t(`failed.${after}`, { point: words(point) })}
          </h2>
          <p className="mt-1 text-pretty text-muted">
            {after === 'before' && `${t('failed.nothing')} `}
            {after === 'unknown' && seen && `${t('failed.seen', { up: seen.up ? 'yes' : 'no', moment: moment(seen.at) })} `}
            {t.rich('done.by', { name: job.actorName, id: job.id, timeline: 'none', link: jobLink(job.id) })}
          </p>
        </div>
        <Button asChild variant="primary" className="max-md:w-full">
          <Link href={'/restore' as Route}>{t('failed.again')}</Link>
        </Button>
      </div>
      {job.failure && <Explanation failure={job.failure} kind={job.kind} />}
      <Sheet>
        <SheetHeader title={t('done.steps')} />
        <div className="px-4 pt-3 pb-4 md:px-5">
          <PhaseChart job={job} now={job.finishedAt ?? exchange.now} />
        </div>
      </Sheet>
    </>
  )
}
