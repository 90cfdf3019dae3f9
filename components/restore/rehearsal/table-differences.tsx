'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import { LOG } from '@/lib/restore/comparison/rules'
import type { Comparison, TableDifference } from '@/lib/restore/comparison/schema'

export const tableId = ({ schema, name }: Pick<TableDifference, 'schema' | 'name'>) => `${schema}.${name}`

type TableDifferencesProps = {
  comparison: Comparison
  /** The one whose rows are shown, and the element that shows them */
  open: string | null
  rowsId: string
  onOpen: (table: string | null) => void
}

/** Only what differs, most differences first; one at a time opens on its rows. */
export function TableDifferences({ comparison: { tables, tableCount }, open, rowsId, onOpen }: TableDifferencesProps) {
  const t = useTranslations('rehearsal.tables')
  const most = Math.max(1, ...tables.flatMap(({ lost, returns, changed }) => [lost, returns, changed]))
  const losesLog = tables.some(({ schema, name, lost }) => schema === 'public' && name === LOG && lost > 0)
  const same = tableCount - tables.length
  return (
    <Sheet className="min-w-0 pb-1.5">
      <SheetHeader title={t('title')} />
      <ul className="mt-1.5 divide-y">
        {tables.map((table) => (
          <TableItem
            key={tableId(table)} table={table} most={most} isOpen={open === tableId(table)} rowsId={rowsId}
            onToggle={() => onOpen(open === tableId(table) ? null : tableId(table))}
          />
        ))}
      </ul>
      <p className={cn('px-4 py-2.5 text-compact text-pretty text-muted md:px-5', tables.length > 0 && 'border-t')}>
        {tables.length === 0 ? t('none') : t('same', { count: same })} {losesLog && t('log')}
      </p>
    </Sheet>
  )
}

type TableItemProps = { table: TableDifference; most: number; isOpen: boolean; rowsId: string; onToggle: () => void }

function TableItem({ table, most, isOpen, rowsId, onToggle }: TableItemProps) {
  const hasRows = table.samples > 0
  const Chevron = isOpen ? ChevronDown : ChevronRight
  const row = 'grid min-h-11 w-full grid-cols-[6.5rem_minmax(0,1fr)_16px] items-center gap-x-3 px-4 py-1.5 text-left md:px-5'
  const words = (
    <>
      <TableName table={table} isOpen={isOpen} />
      <Counts table={table} most={most} />
    </>
  )
  if (!hasRows) return <li className={row}>{words}</li>
  return (
    <li>
      <button
        type="button" aria-expanded={isOpen} aria-controls={isOpen ? rowsId : undefined} onClick={onToggle}
        className={cn(row, 'hover:bg-hover focus-visible:-outline-offset-2')}
      >
        {words}
        <Chevron aria-hidden className={cn('size-4', isOpen ? 'text-primary-strong' : 'text-muted')} />
      </button>
    </li>
  )
}

function TableName({ table: { schema, name }, isOpen }: { table: TableDifference; isOpen: boolean }) {
  return (
    <span title={tableId({ schema, name })} className={cn('truncate font-mono text-[12px]', isOpen && 'font-semibold')}>
      {schema !== 'public' && <span className="text-muted">{schema}.</span>}
      {name}
    </span>
  )
}

/** Of the widest bar, pixels */
const WIDEST = 56

const bars = {
  lost: { key: 'lost', fill: 'bg-lost' }, returns: { key: 'returns', fill: 'bg-back' }, changed: { key: 'changed', fill: 'bg-sale' },
} as const

function Counts({ table, most }: { table: TableDifference; most: number }) {
  const t = useTranslations('rehearsal.tables')
  const format = useFormat()
  const { isCapped, skipped, reason, rowsThen, rowsNow } = table
  const only = skipped ? null : rowsNow === null ? t('onlyThen') : rowsThen === null ? t('onlyNow') : null
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-compact">
      {only && <span className="text-muted">{only}</span>}
      {(['lost', 'returns', 'changed'] as const).filter((sort) => table[sort] > 0).map((sort) => (
        <span key={sort} className="flex items-center gap-1.5 whitespace-nowrap">
          <i aria-hidden className={cn('h-2.5 rounded-[1px]', bars[sort].fill)} style={{ width: Math.max(2, Math.round((table[sort] / most) * WIDEST)) }} />
          {t(bars[sort].key, { capped: isCapped ? 'yes' : 'no', count: format.count(table[sort]) })}
        </span>
      ))}
      {skipped && <span className="text-pretty text-muted">{t('skipped', { why: skipped, reason: reason ?? 'none' })}</span>}
    </span>
  )
}
