'use client'

import { Database, type LucideIcon, PackagePlus, ReceiptText, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange, Side } from '@/lib/restore/exchange/schema'
import { PurgeDialog } from '../purge-dialog'
import { type Currency, useRowWords, useSalesWords, useTimes } from '../words'

/** What stayed behind and what came back, as it was compared before; and where what stayed is kept. */
export function BehindSheet({ exchange, isBlocked }: { exchange: Exchange; isBlocked: boolean }) {
  const t = useTranslations('exchange.done')
  const { moment } = useTimes()
  const { job, changes, currency, result } = exchange
  if (job.kind === 'restore-in-place') return null
  const kept = result?.kept
  const left = closedSpan(job.steps)?.from
  return (
    <Sheet>
      <SheetHeader
        title={t('behind', { kept: kept?.isThere ? 'yes' : 'no' })}
        note={changes && t('behindNote', { moment: moment(changes.comparedAt) })}
      />
      <ul className="divide-y px-4 pt-1 pb-1.5 md:px-5">
        {changes && <Lines side={changes.behind} currency={currency} tone="text-lost" nothing={t('behindNothing')} />}
        {changes?.behind.sales && left && <Line icon={ReceiptText} tone="text-lost">{t('behindSince', { moment: moment(left) })}</Line>}
        {!changes && job.kind === 'switch' && <Line icon={Rows3} tone="text-muted">{t('behindUnknown')}</Line>}
        <Kept exchange={exchange} isBlocked={isBlocked} />
      </ul>
      {changes && hasAny(changes.back) && (
        <>
          <h3 className="border-t px-4 pt-3 text-section md:px-5">{t('back')}</h3>
          <ul className="divide-y px-4 pt-1 pb-1.5 md:px-5">
            <Lines side={changes.back} currency={currency} tone="text-back" nothing="" />
          </ul>
        </>
      )}
    </Sheet>
  )
}

const hasAny = ({ sales, rows }: Side) => rows.length > 0 || (sales?.count ?? 0) > 0

function Lines({ side, currency, tone, nothing }: { side: Side; currency: Currency; tone: string; nothing: string }) {
  const sales = useSalesWords(currency)
  const rows = useRowWords()
  if (!hasAny(side)) return <Line icon={Rows3} tone="text-muted">{nothing}</Line>
  return (
    <>
      {side.sales && side.sales.count > 0 && <Line icon={ReceiptText} tone={tone}>{sales(side.sales)}</Line>}
      {rows(side.rows).map((words) => (
        <Line key={words} icon={PackagePlus} tone={tone}>
          {words}
        </Line>
      ))}
    </>
  )
}

function Kept({ exchange: { result, wayBack }, isBlocked }: { exchange: Exchange; isBlocked: boolean }) {
  const t = useTranslations('exchange.done')
  const format = useFormat()
  const { day } = useTimes()
  const kept = result?.kept
  if (!kept) return null
  const mono = (chunks: ReactNode) => <span className="font-mono text-[13px]">{chunks}</span>
  const values = { id: kept.id, size: format.bytes(kept.size), until: day(kept.keepUntil), mono }
  return (
    <Line icon={Database} tone="text-muted" end={wayBack && <PurgeDialog kept={wayBack.kept} wayBack={wayBack} isBlocked={isBlocked} />}>
      {t.rich(kept.isThere ? 'cluster' : 'clusterGone', values)}
    </Line>
  )
}

function Line({ icon: Icon, tone, end, children }: { icon: LucideIcon; tone: string; end?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 py-1.5">
      <Icon aria-hidden className={cn('size-4 shrink-0', tone)} />
      <span className="min-w-0 flex-1 text-pretty [overflow-wrap:anywhere]">{children}</span>
      {end}
    </li>
  )
}
