'use client'

import { useTranslations } from 'use-intl'
import type { TableDifference } from '@/lib/restore/comparison/schema'
import { cellText, changedColumns, rowName } from './cells'
import { Cell, Head, RowBox } from './row-table'

/** Rows that both sides have with other contents: only the columns that differ, then and now side by side. */
export function ChangedRows({ table }: { table: TableDifference }) {
  const t = useTranslations('restore.comparison')
  const { changed } = table.rows
  if (changed.length === 0) return null
  return (
    <RowBox title={t('rowsChanged')} table={table} shown={changed.length} count={table.changed}>
      <thead>
        <tr>
          {(['row', 'column', 'then', 'now'] as const).map((name) => (
            <Head key={name}>{t(name)}</Head>
          ))}
        </tr>
      </thead>
      {changed.map((pair, at) => (
        <ChangedRow key={at} pair={pair} table={table} />
      ))}
    </RowBox>
  )
}

type ChangedRowProps = { pair: TableDifference['rows']['changed'][number]; table: TableDifference }

function ChangedRow({ pair, table }: ChangedRowProps) {
  const columns = changedColumns(pair, table.columns)
  const name = rowName(pair.then, table.key)
  return (
    <tbody className="border-t first-of-type:border-t-0">
      {columns.map((column, at) => (
        <tr key={column}>
          {at === 0 && (
            <th
              scope="rowgroup"
              rowSpan={columns.length}
              title={name}
              className="max-w-48 truncate px-2.5 py-1.5 align-top font-normal"
            >
              {cellText(name)}
            </th>
          )}
          <td className="px-2.5 py-1.5 align-top font-mono whitespace-nowrap text-muted">{column}</td>
          <Cell value={pair.then[column]} className="text-ok" />
          <Cell value={pair.now[column]} className="text-warn" />
        </tr>
      ))}
    </tbody>
  )
}
