'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { ProgressBar } from '@/components/ui/progress-bar'
import { Sheet } from '@/components/ui/sheet'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { ClusterJob, RestoreView } from '@/lib/restore/view/schema'
import { jobLink } from './text-link'
import { lossesOf } from './losses'
import { moneyText } from './money'
import { OtherDifferences } from './other-differences'
import { ShopNumbersSheet } from './shop-numbers'
import { TableDifferences } from './table-differences'

type ComparisonPartProps = {
  rehearsal: Rehearsal
  comparison: Comparison | null
  /** The comparison that is being made */
  job: ClusterJob | undefined
  isUnread: boolean
  view: RestoreView
}

/** Then and now: what a switch would lose, bring back and rewind. */
export function ComparisonPart({ rehearsal, comparison, job, isUnread, view }: ComparisonPartProps) {
  const t = useTranslations('restore.comparison')
  const missing = isUnread ? t('failed') : rehearsal.comparedAt === null ? t('none') : null
  if (!comparison && !job) return missing && <p role="status" className="text-muted">{missing}</p>
  return (
    <section aria-label={t('label')} className="grid gap-3 md:gap-4">
      {job && <Comparing job={job} />}
      {comparison && (
        <>
          <Summary comparison={comparison} view={view} />
          <div className="grid items-start gap-3 md:gap-4 xl:grid-cols-2">
            {comparison.shop && <ShopNumbersSheet shop={comparison.shop} currency={view.currency} />}
            <OtherDifferences comparison={comparison} />
          </div>
          <TableDifferences comparison={comparison} />
        </>
      )}
    </section>
  )
}

function Comparing({ job }: { job: ClusterJob }) {
  const t = useTranslations('restore.comparison')
  const words = useTranslations('restore.rehearsal')
  const format = useFormat()
  return (
    <Sheet as="div" className="grid gap-2 px-4 py-3.5 md:px-5">
      <p className="flex flex-wrap gap-x-4">
        <span className="font-medium">{t('comparing')}</span>
        {job.percent !== null && (
          <span className="text-muted">{t('comparingTable', { percent: format.percent(job.percent) })}</span>
        )}
        <span className="text-compact text-muted md:ml-auto">{words.rich('job', { id: job.id, link: jobLink(job.id) })}</span>
      </p>
      <ProgressBar label={t('comparing')} value={job.percent ?? undefined} />
    </Sheet>
  )
}

function Summary({ comparison, view }: { comparison: Comparison; view: RestoreView }) {
  const t = useTranslations('restore.comparison')
  const format = useFormat()
  const now = useNow(60_000)
  const { comparedAt, tableCount, took, shop, unread } = comparison
  return (
    <div className="pt-1">
      <p className="text-xl/7 tracking-[-0.018em] text-pretty">
        <LossSentence comparison={comparison} view={view} />
      </p>
      {!shop && (
        <p className="mt-0.5 text-pretty text-warn">{t('noShop', { why: unread.includes('shop') ? 'unread' : 'unknown' })}</p>
      )}
      <p className="mt-0.5 text-pretty text-muted">
        {t('at', {
          moment: format.moment(new Date(comparedAt), now, { inline: true }), count: tableCount, duration: format.duration(took),
        })}
      </p>
    </div>
  )
}

const lostInk = (chunks: ReactNode) => <b className="font-semibold text-warn">{chunks}</b>
const backInk = (chunks: ReactNode) => <b className="font-semibold text-ok">{chunks}</b>

function LossSentence({ comparison, view }: { comparison: Comparison; view: RestoreView }) {
  const t = useTranslations('restore.comparison')
  const format = useFormat()
  const { lost, back } = lossesOf(comparison)
  const ink = { lost: lostInk, back: backInk }
  if (lost.takings === null || back.takings === null) {
    return t.rich('rows', { rowsLost: lost.count, rowsBack: back.count, ...ink })
  }
  const money = (amount: string) => moneyText(amount, view.currency, format.options.locale)
  return (
    <>
      {lost.count > 0 ? t.rich('salesLost', { count: lost.count, takings: money(lost.takings), ...ink }) : t('salesNone')}
      {back.count > 0 && t.rich('salesReturn', { count: back.count, takings: money(back.takings), ...ink })}
      {t('end')}
    </>
  )
}
