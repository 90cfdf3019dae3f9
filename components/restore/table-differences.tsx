'use client'

import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Comparison, TableDifference } from '@/lib/restore/comparison/schema'
import { ChangedRows } from './changed-rows'
import { RowTable } from './row-table'

/** Only what differs, most differences first; each opens on the rows themselves. */
export function TableDifferences({ comparison: { tables } }: { comparison: Comparison }) {
  const t = useTranslations('restore.comparison')
  return (
    <Sheet>
      <SheetHeader title={t('tables')} />
      {tables.length === 0 ? (
        <p className="px-4 pt-1 pb-4 text-muted md:px-5">{t('tablesNone')}</p>
      ) : (
        <ul className="mt-2.5 divide-y border-t">
          {tables.map((table) => (
            <TableItem key={`${table.schema}.${table.name}`} table={table} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

function TableItem({ table }: { table: TableDifference }) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { lost, returns, changed } = table.rows
  const hasRows = lost.length + returns.length + changed.length > 0
  return (
    <li>
      <h3>
        <button
          type="button"
          disabled={!hasRows}
          aria-expanded={hasRows ? isOpen : undefined}
          aria-controls={isOpen ? id : undefined}
          onClick={() => setOpen(!isOpen)}
          className={cn(
            'grid w-full grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-2 gap-y-0.5 px-4 py-2.5 text-left md:px-5',
            'focus-visible:-outline-offset-2 enabled:hover:bg-hover md:grid-cols-[16px_minmax(0,16rem)_minmax(0,1fr)]',
          )}
        >
          <ChevronRight
            aria-hidden
            className={cn('size-4 self-center text-muted', isOpen && 'rotate-90', !hasRows && 'invisible')}
          />
          <TableName table={table} />
          <Counts table={table} />
        </button>
      </h3>
      {isOpen && (
        <div id={id} className="grid gap-5 bg-sunken px-4 pt-2 pb-4 inset-shadow-[0_1px] inset-shadow-border md:px-5">
          <RowTable side="lost" table={table} />
          <RowTable side="returns" table={table} />
          <ChangedRows table={table} />
        </div>
      )}
    </li>
  )
}

function TableName({ table: { schema, name } }: { table: TableDifference }) {
  return (
    <span className="truncate font-mono text-[12px]">
      {schema !== 'public' && <span className="text-muted">{schema}.</span>}
      {name}
    </span>
  )
}

function Counts({ table: { lost, returns, changed, isCapped, skipped, reason, rowsThen, rowsNow } }: { table: TableDifference }) {
  const t = useTranslations('restore.comparison')
  const format = useFormat()
  const capped = isCapped ? 'yes' : 'no'
  const only = skipped ? null : rowsNow === null ? t('onlyThen') : rowsThen === null ? t('onlyNow') : null
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-0.5 text-compact max-md:col-start-2">
      {only && <span className="text-muted">{only}</span>}
      {lost > 0 && <span className="text-warn">{t('lost', { capped, count: format.count(lost) })}</span>}
      {returns > 0 && <span className="text-ok">{t('returns', { capped, count: format.count(returns) })}</span>}
      {changed > 0 && <span>{t('changed', { capped, count: format.count(changed) })}</span>}
      {skipped && <span className="text-muted">{t('skipped', { why: skipped, reason: reason ?? 'none' })}</span>}
    </span>
  )
}
