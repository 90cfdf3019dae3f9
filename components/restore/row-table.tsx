'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { TableDifference } from '@/lib/restore/comparison/schema'
import { cellText, columnsOf } from './cells'

const titles = { lost: 'rowsLost', returns: 'rowsReturn' } as const
const inks = { lost: 'text-warn', returns: 'text-ok' }

/** Rows that only one side has, as they are. */
export function RowTable({ side, table }: { side: 'lost' | 'returns'; table: TableDifference }) {
  const t = useTranslations('restore.comparison')
  const rows = table.rows[side]
  if (rows.length === 0) return null
  const columns = columnsOf(table)
  return (
    <RowBox title={t(titles[side])} table={table} shown={rows.length} count={table[side]} ink={inks[side]}>
      <thead>
        <tr>
          {columns.map((column) => (
            <Head key={column}>{column}</Head>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {rows.map((row, at) => (
          <tr key={at}>
            {columns.map((column) => (
              <Cell key={column} value={row[column]} />
            ))}
          </tr>
        ))}
      </tbody>
    </RowBox>
  )
}

type RowBoxProps = { title: string; table: TableDifference; shown: number; count: number; ink?: string; children: ReactNode }

/** Wide rows scroll inside their own box, by keyboard too. */
export function RowBox({ title, table, shown, count, ink, children }: RowBoxProps) {
  const t = useTranslations('restore.comparison')
  const format = useFormat()
  const label = t('rowsOf', { title, table: table.name })
  return (
    <div className="min-w-0">
      <h4 className={cn('mb-1.5 flex items-baseline gap-2 text-compact font-medium', ink)}>
        {title}
        {shown < count && (
          <span className="text-meta font-normal">{t('some', { shown: format.count(shown), count: format.count(count) })}</span>
        )}
      </h4>
      <div
        role="region"
        aria-label={label}
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-control border bg-card focus-visible:outline-offset-0"
      >
        <table aria-label={label} className="w-full border-collapse text-left text-[12px]/4.5">
          {children}
        </table>
      </div>
    </div>
  )
}

export function Head({ children }: { children: ReactNode }) {
  return (
    <th scope="col" className="sticky top-0 border-b bg-card px-2.5 py-1.5 font-medium whitespace-nowrap text-muted">
      {children}
    </th>
  )
}

export function Cell({ value, className }: { value: unknown; className?: string }) {
  const t = useTranslations('restore.comparison')
  const text = cellText(value)
  return (
    <td className={cn('max-w-72 px-2.5 py-1.5 align-top', className)}>
      {text === null ? (
        <span className="text-faint">{t('null')}</span>
      ) : (
        <span title={text} className="block truncate">
          {text}
        </span>
      )}
    </td>
  )
}
