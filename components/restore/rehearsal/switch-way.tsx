'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { Comparison, Gone } from '@/lib/restore/comparison/schema'
import type { Side } from '@/lib/restore/exchange/changes/schema'
import { changesOf } from '@/lib/restore/exchange/rules'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { useOutlook } from '../exchange/exchange-query'
import { SwitchDialog } from '../exchange/switch-dialog'
import { useDowntimeWords, useRowWords, useSalesWords } from '../exchange/words'
import { useBlockedWords } from '../use-blocked-words'
import { usePointWords } from './moment-words'

type SwitchWayProps = {
  rehearsal: Rehearsal; comparison: Comparison; gone: Gone | undefined; view: RestoreView
  /** There is no better way */
  isFirst: boolean
  link?: ReactNode
}

/** The whole shop back to that moment: what that takes away, brings back, and costs. */
export function SwitchWay({ rehearsal, comparison, gone, view, isFirst, link }: SwitchWayProps) {
  const t = useTranslations('rehearsal.switch')
  const point = usePointWords()
  const words = useBlockedWords()
  const { may } = useAccess()
  const { behind, back } = changesOf(comparison)
  const repriced = comparison.shop?.repriced ?? 0
  const reason = words(blockedReason({ mayDo: may.switch, view }))
  return (
    <section aria-labelledby="switch-way" className="flex min-w-0 flex-col px-4 pt-4 pb-5 md:px-6 md:pt-5">
      <h2 id="switch-way" className="text-base font-semibold tracking-[-0.01em] text-pretty">
        {t('title', { point: point(rehearsal) })}
      </h2>
      <dl className="mt-3 grid gap-2.5">
        <Effect name={t('loses')}>
          <SideWords
            side={behind} more={repriced > 0 ? [t('prices', { count: repriced })] : []} tone="text-lost-ink"
            none={t('losesNothing')} currency={view.currency}
          />
        </Effect>
        <Effect name={t('brings')}>
          <SideWords side={back} more={[]} tone="text-back-ink" none={t('bringsNothing')} currency={view.currency} />
          <Units gone={gone} />
        </Effect>
        <Costs />
      </dl>
      {link && <div className="mt-4">{link}</div>}
      <div className="mt-auto grid justify-items-start gap-1.5 pt-4.5">
        {may.switch && (
          <SwitchDialog rehearsal={rehearsal} comparison={comparison} view={view} isBlocked={reason !== null} isFirst={isFirst} />
        )}
        {reason && <p className="text-meta text-pretty">{reason}</p>}
      </div>
    </section>
  )
}

function Effect({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[5.75rem_minmax(0,1fr)] gap-x-3">
      <dt className="text-muted">{name}</dt>
      <dd className="text-pretty">{children}</dd>
    </div>
  )
}

type SideWordsProps = {
  side: Side
  /** What is no row by itself */
  more: string[]
  tone: string; none: string; currency: RestoreView['currency']
}

/** Sales first, where there are any; of the rest the largest part, and the others beneath it. */
function SideWords({ side, more, tone, none, currency }: SideWordsProps) {
  const sales = useSalesWords(currency)
  const rows = useRowWords()
  const format = useFormat()
  const [first, ...others] = [...(side.sales && side.sales.count > 0 ? [sales(side.sales)] : []), ...rows(side.rows), ...more]
  if (!first) return none
  return (
    <>
      <b className={`font-semibold ${tone}`}>{first}</b>
      {others.length > 0 && <span className="block">{new Intl.ListFormat(format.options.locale).format(others)}</span>}
    </>
  )
}

/** What stood on the shelves of products that come back. */
function Units({ gone }: { gone: Gone | undefined }) {
  const t = useTranslations('rehearsal.switch')
  const products = gone?.isComplete ? gone.rows.filter(({ schema, table }) => schema === 'public' && table === 'Product') : []
  const units = products.reduce((sum, { row }) => sum + (Number(row.quantity) || 0), 0)
  return units > 0 && <span className="block text-muted">{t('units', { count: units })}</span>
}

function Costs() {
  const t = useTranslations('rehearsal.switch')
  const format = useFormat()
  const now = useNow(60_000)
  const downtime = useDowntimeWords()
  const { data: outlook } = useOutlook(true)
  const measured = downtime(outlook?.downtimes ?? [])
  const { keepDays = null, size = null } = outlook ?? {}
  const until = keepDays === null ? null : new Date(now.getTime() + keepDays * 86_400_000)
  return (
    <>
      <Effect name={t('downtime')}>{measured ? t('downtimeIs', measured) : t('downtimeUnknown')}</Effect>
      <Effect name={t('undo')}>
        {until
          ? t('undoUntil', { day: `${format.weekday(until, 'short')} ${format.day(until)}`, size: size === null ? 'none' : format.bytes(size) })
          : t('undoUnknown')}
      </Effect>
    </>
  )
}
