'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { DifferenceRow, TableDifference } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { changedColumns, columnsOf, rowName, shownColumns, sortOfCell } from './cells'
import { ChooseRow } from './choose-row'
import { FieldList } from './field-list'
import { momentOf, useMomentText } from './moment-words'
import { Value, useCellText, useColumnName } from './row-cell'
import type { Selection } from './selection'

export type RowsProps = {
  table: TableDifference
  rows: DifferenceRow[]
  rehearsal: Rehearsal
  currency: RestoreView['currency']
  /** Null where rows cannot be rescued */
  selection: Selection | null
}

const sides = ['then', 'now'] as const

/** Rows side by side: the same few columns of then and of now; each opens on all that differs. */
export function RowGrid({ table, rows, rehearsal, currency, selection }: RowsProps) {
  const t = useTranslations('rehearsal.rows')
  const moment = useMomentText()
  const columns = shownColumns(table, rows)
  const at = momentOf(rehearsal)
  return (
    <div className="overflow-x-auto border-t max-md:hidden" role="region" aria-label={t('of', { table: table.name })} tabIndex={0}>
      <table aria-label={t('of', { table: table.name })} className="w-full border-collapse text-compact">
        <thead>
          <tr className="text-left">
            <th colSpan={2} />
            <th colSpan={columns.length} scope="colgroup" className="border-l px-3 pt-2 font-medium text-then">
              {at ? t('thenAt', { moment: moment(at) }) : t('then')}
            </th>
            <th colSpan={columns.length + 1} scope="colgroup" className="border-l px-3 pt-2 font-medium">{t('now')}</th>
          </tr>
          <ColumnHeads table={table.name} columns={columns} />
        </thead>
        <tbody className="divide-y">
          {rows.map((row) => (
            <Row key={row.ordinal} row={row} table={table} columns={columns} currency={currency} selection={selection} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const isRight = (table: string, column: string) => sortOfCell(table, column, 0) === 'money' || column === 'quantity'

function ColumnHeads({ table, columns }: { table: string; columns: string[] }) {
  const t = useTranslations('rehearsal.rows')
  const name = useColumnName()
  return (
    <tr className="border-b text-left text-meta">
      <th className="w-11 pl-5" />
      <th scope="col" className="px-3 py-2 font-medium">{t('name')}</th>
      {sides.map((side) => columns.map((column, n) => (
        <th key={`${side} ${column}`} scope="col" className={cn('px-3 py-2 font-medium', n === 0 && 'border-l', isRight(table, column) && 'text-right')}>
          {name(column)}
        </th>
      )))}
      <th className="w-10" />
    </tr>
  )
}

type RowProps = { row: DifferenceRow; table: TableDifference; columns: string[]; currency: RestoreView['currency']; selection: Selection | null }

function Row({ row, table, columns, currency, selection }: RowProps) {
  const t = useTranslations('rehearsal.rows')
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const changed = changedColumns(row, columnsOf(table))
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const name = rowName(row, table.key)
  return (
    <Fragment>
      <tr className="h-11">
        <td className="pl-5"><ChooseRow row={row} table={table} selection={selection} /></td>
        <th scope="row" className="max-w-72 truncate px-3 text-left font-normal" title={name}>{name}</th>
        {sides.map((side) => (
          <SideCells key={side} row={row} side={side} table={table.name} columns={columns} changed={changed} currency={currency} />
        ))}
        <td className="pr-3 text-right">
          <button
            type="button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} aria-label={t('open', { name })} onClick={() => setOpen(!isOpen)}
            className="inline-flex size-7 items-center justify-center rounded-control text-muted hover:bg-hover"
          >
            <Chevron aria-hidden className="size-4" />
          </button>
        </td>
      </tr>
      {isOpen && (
        <tr id={id} className="bg-sunken">
          <td />
          <td colSpan={columns.length * 2 + 2} className="px-3 py-3"><FieldList row={row} table={table} currency={currency} /></td>
        </tr>
      )}
    </Fragment>
  )
}

type SideCellsProps = Omit<RowProps, 'table' | 'selection'> & { table: string; side: 'then' | 'now'; changed: string[] }

function SideCells({ row, side, table, columns, changed, currency }: SideCellsProps) {
  const t = useTranslations('rehearsal.rows')
  const text = useCellText(table, currency)
  if (row[side] === null) {
    return <td colSpan={columns.length} className="border-l px-3 text-muted">{t(side === 'then' ? 'notYet' : 'gone')}</td>
  }
  return columns.map((column, n) => (
    <td key={column} className={cn('max-w-56 px-3', n === 0 && 'border-l', isRight(table, column) && 'text-right')}>
      <Value text={text(row, side, column)} side={side} isDifferent={changed.includes(column)} />
    </td>
  ))
}
