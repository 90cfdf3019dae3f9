'use client'

import { Database, type LucideIcon, PackagePlus, ReceiptText, Rows3 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { closedSpan } from '@/lib/restore/exchange/rules'
import type { Side } from '@/lib/restore/exchange/changes/schema'
import type { Exchange } from '@/lib/restore/exchange/schema'
import { PurgeDialog } from '../purge-dialog'
import { type Currency, useRowWords, useSalesWords, useTimes } from '../words'

/** What stayed behind and what came back, as it was counted when the shop closed, or compared before; and where it is kept. */
export function BehindSheet({ exchange, isBlocked }: { exchange: Exchange; isBlocked: boolean }) {
  const t = useTranslations('exchange.done')
  const { job, changes, counted, currency, result } = exchange
  const known = counted ?? changes
  const isInPlace = job.kind === 'restore-in-place'
  if (isInPlace && !known) return null
  const kept = isInPlace ? 'lost' : result?.kept?.isThere ? 'yes' : 'no'
  return (
    <Sheet>
      <SheetHeader title={t('behind', { kept })} note={<Known exchange={exchange} />} />
      <ul className="divide-y px-4 pt-1 pb-1.5 md:px-5">
        {known && <Lines side={known.behind} currency={currency} tone="text-lost" nothing={t('behindNothing')} />}
        <Rest exchange={exchange} />
        <Kept exchange={exchange} isBlocked={isBlocked} />
      </ul>
      {known?.back && hasAny(known.back) && (
        <>
          <h3 className="border-t px-4 pt-3 text-section md:px-5">{t('back')}</h3>
          <ul className="divide-y px-4 pt-1 pb-1.5 md:px-5">
            <Lines side={known.back} currency={currency} tone="text-back" nothing="" />
          </ul>
        </>
      )}
    </Sheet>
  )
}

/** How it is known. */
function Known({ exchange: { changes, counted } }: { exchange: Exchange }) {
  const t = useTranslations('exchange.done')
  const { moment, clock } = useTimes()
  if (counted) {
    const compared = counted.comparedAt ? moment(counted.comparedAt) : 'none'
    return t('countedNote', { time: clock(counted.countedAt), compared })
  }
  return changes && t('behindNote', { moment: moment(changes.comparedAt) })
}

/** What is not among the figures. */
function Rest({ exchange: { job, changes, counted } }: { exchange: Exchange }) {
  const t = useTranslations('exchange.done')
  const { moment } = useTimes()
  const left = closedSpan(job.steps)?.from
  if (counted) return !counted.comparedAt && <Line icon={Rows3} tone="text-muted">{t('onlySales')}</Line>
  if (changes?.behind.sales && left) {
    return <Line icon={ReceiptText} tone="text-lost">{t('behindSince', { moment: moment(left) })}</Line>
  }
  return !changes && job.kind === 'switch' && <Line icon={Rows3} tone="text-muted">{t('behindUnknown')}</Line>
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
  const purge = wayBack && <PurgeDialog kept={wayBack.kept} wayBack={wayBack} isBlocked={isBlocked} />
  const values = { id: kept.id, size: format.bytes(kept.size), until: day(kept.keepUntil), mono }
  return (
    <Line icon={Database} tone="text-muted" end={purge}>
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
