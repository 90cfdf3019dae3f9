'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { pgTime } from '@/lib/restore/comparison/rules'
import type { DifferenceRow, Row } from '@/lib/restore/comparison/schema'
import { cellText } from './cells'
import { ChooseRow } from './choose-row'
import { FieldList } from './field-list'
import { moneyText } from './money'
import { useMomentText } from './moment-words'
import type { RowsProps } from './row-grid'

const inks = { lost: 'text-lost-ink', returns: 'text-back-ink', changed: 'text-muted' }

/** Sales as their receipts: when, by whom, what was sold, how much. */
export function Receipts({ items, ...rows }: RowsProps & { items: Record<string, DifferenceRow[]> }) {
  const t = useTranslations('rehearsal.rows')
  return (
    <ul aria-label={t('of', { table: rows.table.name })} className="divide-y border-t">
      {rows.rows.map((row) => (
        <Receipt key={row.ordinal} row={row} items={items[String((row.now ?? row.then)?.id)] ?? []} {...rows} />
      ))}
    </ul>
  )
}

type ReceiptProps = Omit<RowsProps, 'rows'> & { row: DifferenceRow; items: DifferenceRow[] }

function Receipt({ row, items, table, currency, selection }: ReceiptProps) {
  const t = useTranslations('rehearsal.rows')
  const format = useFormat()
  const moment = useMomentText()
  const sale: Row = row.now ?? row.then ?? {}
  const at = pgTime(sale.createdAt)
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-3 gap-y-1 px-4 py-2.5 md:px-5">
      <span className="mt-0.5"><ChooseRow row={row} table={table} selection={selection} /></span>
      <p className="min-w-0">
        <b className="font-medium">{at ? moment(at) : cellText(sale.id)}</b>{' '}
        <span className="text-muted">
          {[row.names.cashierId, cellText(sale.paymentMode)?.replaceAll('_', ' ').toLowerCase()].filter(Boolean).join(', ')}
        </span>
      </p>
      <p className="text-right whitespace-nowrap">
        <span className={cn('mr-3 text-compact', inks[row.sort])}>{t(`sort.${row.sort}`)}</span>
        <b className={cn('font-semibold', row.sort !== 'changed' && inks[row.sort])}>
          {moneyText(Number(sale.totalAmount ?? 0), currency, format.options.locale)}
        </b>
      </p>
      <div className="col-start-2 col-end-4 grid gap-1">
        {items.length > 0 && (
          <ul className="grid gap-0.5 text-compact text-muted">
            {items.map((item) => <Item key={item.ordinal} item={item} currency={currency} />)}
          </ul>
        )}
        {row.then && row.now && <FieldList row={row} table={table} currency={currency} />}
      </div>
    </li>
  )
}

function Item({ item, currency }: { item: DifferenceRow; currency: RowsProps['currency'] }) {
  const t = useTranslations('rehearsal.rows')
  const format = useFormat()
  const sold: Row = item.now ?? item.then ?? {}
  const [quantity, price] = [Number(sold.quantity), Number(sold.price)]
  return (
    <li className="flex justify-between gap-4">
      <span className="min-w-0 [overflow-wrap:anywhere]">{t('item', { count: quantity, name: item.names.productId ?? String(sold.productId) })}</span>
      <span className="whitespace-nowrap">{moneyText(quantity * price, currency, format.options.locale)}</span>
    </li>
  )
}
