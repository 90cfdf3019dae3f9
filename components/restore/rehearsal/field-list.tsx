'use client'

import { ArrowRight } from 'lucide-react'
import type { DifferenceRow, TableDifference } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { columnsOf, toldColumns } from './cells'
import { Value, useCellText, useColumnName } from './row-cell'

type FieldListProps = {
  row: DifferenceRow
  table: Pick<TableDifference, 'name' | 'key' | 'columns'>
  currency: RestoreView['currency']
  /** Those to choose from, where not all */
  among?: string[]
}

/** Of a row only what differs, field by field. */
export function FieldList({ row, table, currency, among }: FieldListProps) {
  const text = useCellText(table.name, currency)
  const name = useColumnName()
  const columns = toldColumns(row, among ?? columnsOf(table))
  return (
    <dl className="grid grid-cols-[minmax(4.5rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5 text-compact">
      {columns.map((column) => (
        <div key={column} className="contents">
          <dt className="text-muted">{name(column)}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            {row.then && <Value text={text(row, 'then', column)} side="then" isDifferent />}
            {row.then && row.now && <ArrowRight aria-hidden className="size-3.5 shrink-0 text-muted" />}
            {row.now && <Value text={text(row, 'now', column)} side="now" isDifferent />}
          </dd>
        </div>
      ))}
    </dl>
  )
}
