'use client'

import { ReceiptText } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Skeleton } from '@/components/ui/skeleton'
import { cn } from '@/lib/cn'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Sale, ShopEvent } from '@/lib/salespider/life/schema'
import { moneyText } from '../rehearsal/money'
import { EventGlyph } from '../timeline/event-glyph'
import { useEventWords, useTimes, useWhy } from '../timeline/words'
import type { SetMoment } from '../use-moment'
import type { Item } from './around-sheet'
import { ToBefore, ToBeforePlain } from './to-before'

type HappenedProps = {
  item: Item
  at: Date
  isAfter?: boolean
  /** The way back in words, where it is what somebody came for */
  isPlain?: boolean
  view: RestoreView
  setAt: SetMoment
}

/** A sale, or an event with the way back to just before it. */
export function Happened({ item, at, isAfter = false, isPlain = false, view, setAt }: HappenedProps) {
  if (item.type === 'sale') return <SaleRow sale={item.sale} at={at} isAfter={isAfter} view={view} />
  return <EventRow event={item.event} at={at} isAfter={isAfter} isPlain={isPlain} view={view} setAt={setAt} />
}

function SaleRow({ sale, at, isAfter, view }: { sale: Sale } & Omit<Required<HappenedProps>, 'item' | 'setAt' | 'isPlain'>) {
  const t = useTranslations('picker.around')
  const { options: { locale } } = useFormat()
  const amount = moneyText(sale.amount, view.currency, locale)
  return (
    <Row at={sale.at} near={at} isAfter={isAfter} icon={<ReceiptText aria-hidden className="size-[15px] text-muted" />}>
      {t.rich('sale', { amount, cashier: sale.cashier, payment: plain(sale.payment), b: strong, soft })}
    </Row>
  )
}

function EventRow({ event, at, isAfter, isPlain, view, setAt }: { event: ShopEvent } & Omit<Required<HappenedProps>, 'item'>) {
  const t = useTranslations('picker.around')
  const words = useEventWords()
  const why = useWhy()
  const reach = reachabilityAt(new Date(event.before), view)
  const detail = useDetail(view)(event)
  const isDeletion = event.kind.endsWith('-deleted')
  return (
    <Row
      at={event.at}
      near={at}
      isAfter={isAfter}
      icon={<EventGlyph kind={event.kind} className={cn('size-[15px]', isDeletion ? 'text-bad' : 'text-muted')} />}
      end={!isPlain && reach.ok && <ToBefore event={event} words={words(event)} setAt={setAt} />}
    >
      {words(event)} {detail && soft(detail)}
      {isPlain && reach.ok && <ToBeforePlain event={event} words={words(event)} setAt={setAt} />}
      {isPlain && !reach.ok && <span className="block text-meta">{t('gone', { why: why(reach) })}</span>}
    </Row>
  )
}

type RowProps = { at: Date; near: Date; isAfter: boolean; icon: ReactNode; end?: ReactNode; children: ReactNode }

function Row({ at, near, isAfter, icon, end, children }: RowProps) {
  const times = useTimes()
  const format = useFormat()
  const isWide = format.options.timeFormat.includes('a')
  return (
    <li
      className={cn(
        'grid items-start gap-x-3 px-4 py-[7px] text-compact md:px-5',
        isWide ? 'grid-cols-[5.25rem_15px_minmax(0,1fr)_auto]' : 'grid-cols-[3.75rem_15px_minmax(0,1fr)_auto]',
      )}
    >
      <time dateTime={at.toISOString()} className={cn(isAfter ? 'text-lost-ink' : 'text-muted')}>
        {format.dayKey(at) !== format.dayKey(near) && <span className="block text-[11px]/4">{times.day(at)}</span>}
        {format.time(at, { seconds: true })}
      </time>
      <span className="mt-[2.5px]">{icon}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
      {end}
    </li>
  )
}

/** What the log says besides: prices, units, a reason. */
function useDetail({ currency }: RestoreView) {
  const t = useTranslations('picker.around')
  const { options: { locale } } = useFormat()
  const money = (amount: string) => moneyText(amount, currency, locale)
  return ({ kind, detail: { from, to, quantity, reason } }: ShopEvent): string | null => {
    if (kind === 'product-repriced' && from && to) return t('price', { from: money(from), to: money(to) })
    const parts = [quantity === null || quantity === undefined ? null : t('units', { count: quantity }), reason && plain(reason)]
    return parts.filter(Boolean).join(', ') || null
  }
}

/** "BANK_TRANSFER", as the shop stores it, is read as words. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', ' ')
}

function strong(chunks: ReactNode) {
  return <b className="font-semibold">{chunks}</b>
}

function soft(chunks: ReactNode) {
  return <span className="text-muted">{chunks}</span>
}

export function HappenedSkeleton() {
  return (
    <div className="grid gap-4 px-4 pt-2 md:px-5">
      {Array.from({ length: 8 }, (_, n) => (
        <div key={n} className="grid grid-cols-[3.75rem_minmax(0,1fr)] gap-x-3">
          <Skeleton />
          <Skeleton className={n % 3 ? 'w-4/5' : 'w-3/5'} />
        </div>
      ))}
    </div>
  )
}
