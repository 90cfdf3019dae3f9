'use client'

import { useTranslations } from 'use-intl'
import { rowName, shownColumns } from './cells'
import { ChooseRow } from './choose-row'
import { FieldList } from './field-list'
import type { RowsProps } from './row-grid'

/** On a phone: one row after the other, and of each only what differs; of one that a side lacks what matters. */
export function RowCards({ table, rows, currency, selection }: RowsProps) {
  const t = useTranslations('rehearsal.rows')
  const columns = shownColumns(table, rows)
  return (
    <ul aria-label={t('of', { table: table.name })} className="divide-y border-t md:hidden">
      {rows.map((row) => (
        <li key={row.ordinal} className="grid gap-1.5 px-4 py-3">
          <p className="flex items-center gap-2.5">
            <ChooseRow row={row} table={table} selection={selection} />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{rowName(row, table.key)}</span>
            <span className="text-meta">{t(`sort.${row.sort}`)}</span>
          </p>
          <FieldList row={row} table={table} currency={currency} among={row.then && row.now ? undefined : columns} />
        </li>
      ))}
    </ul>
  )
}
