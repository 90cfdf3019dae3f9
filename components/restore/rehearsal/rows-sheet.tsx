'use client'

import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Input } from '@/components/ui/field'
import { Segmented } from '@/components/ui/segmented'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { SALES, isRescuable } from '@/lib/restore/comparison/rules'
import { type Comparison, type DifferenceRow, type Sort, type TableDifference, sorts } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useRows } from './queries'
import { Receipts } from './receipts'
import { RowCards } from './row-cards'
import { RowGrid } from './row-grid'
import type { Selection } from './selection'

/** Shown before somebody asks for more, and how many more at a time */
const FIRST = 8
const MORE = 50

type RowsSheetProps = {
  id: string
  table: TableDifference
  rehearsal: Rehearsal
  comparison: Comparison
  selection: Selection
  currency: RestoreView['currency']
}

/** The rows of one table that differ, then and now side by side. */
export function RowsSheet({ id, table, rehearsal, comparison, selection, currency }: RowsSheetProps) {
  const t = useTranslations('rehearsal.rows')
  const [sort, setSort] = useState<Sort | 'all'>('all')
  const [search, setSearch] = useState('')
  const [most, setMost] = useState(FIRST)
  const filter = { schema: table.schema, table: table.name, sort: sort === 'all' ? null : sort, search }
  const { data, isError, isPlaceholderData, hasNextPage, fetchNextPage, isFetchingNextPage } = useRows(rehearsal.id, comparison.comparedAt, filter)
  const pages = data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  const total = pages[0]?.total ?? 0
  const parts = { table, rows: rows.slice(0, most), currency, rehearsal, selection: isRescuable(table) ? selection : null }
  const isSales = table.schema === 'public' && table.name === SALES

  function showMore() {
    const next = most === FIRST ? MORE : most + MORE
    setMost(next)
    if (next > rows.length && hasNextPage) void fetchNextPage()
  }

  return (
    <Sheet className="min-w-0" label={t('of', { table: table.name })}>
      <div id={id} className="flex flex-wrap items-center gap-x-3 gap-y-2.5 px-4 pt-3.5 pb-3 md:px-5">
        <h2 className="font-mono text-[13px] font-semibold">{table.name}</h2>
        <SortChoice table={table} value={sort} onChange={setSort} />
        <SearchField value={search} onChange={setSearch} />
      </div>
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60' : undefined}>
        {data === undefined && <Waiting isError={isError} />}
        {data !== undefined && rows.length === 0 && <p role="status" className="border-t px-4 py-4 text-muted md:px-5">{t('nothing')}</p>}
        {rows.length > 0 && isSales && <Receipts {...parts} items={Object.assign({}, ...pages.map((page) => page.items)) as Record<string, DifferenceRow[]>} />}
        {rows.length > 0 && !isSales && (
          <>
            <RowGrid {...parts} />
            <RowCards {...parts} />
          </>
        )}
      </div>
      <More table={table} sort={sort} isSearch={search !== ''} shown={Math.min(most, rows.length)} total={total} busy={isFetchingNextPage} onMore={showMore} />
    </Sheet>
  )
}

function SortChoice({ table, value, onChange }: { table: TableDifference; value: Sort | 'all'; onChange: (sort: Sort | 'all') => void }) {
  const t = useTranslations('rehearsal.rows')
  const present = sorts.filter((sort) => table[sort] > 0)
  if (present.length < 2) return null
  const all = table.lost + table.returns + table.changed
  const items = [{ value: 'all' as const, label: t('sort.all'), count: all }, ...present.map((sort) => ({ value: sort, label: t(`sort.${sort}`), count: table[sort] }))]
  return <Segmented label={t('sort.label')} value={value} onChange={onChange} items={items} className="max-md:w-full" />
}

function SearchField({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const t = useTranslations('rehearsal.rows')
  return (
    <div className="relative max-md:w-full md:ml-auto md:w-58">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
      <Input
        type="search" value={value} aria-label={t('search')} placeholder={t('search')} onChange={(event) => onChange(event.target.value)}
        className="pl-8.5 text-compact md:h-8"
      />
    </div>
  )
}

function Waiting({ isError }: { isError: boolean }) {
  const t = useTranslations('rehearsal.rows')
  if (isError) return <p role="status" className="border-t px-4 py-4 text-muted md:px-5">{t('unread')}</p>
  return (
    <div role="status" aria-label={t('reading')} className="grid gap-4 border-t px-4 py-4 md:px-5">
      {[0, 1, 2, 3].map((line) => <Skeleton key={line} className={line % 2 ? 'w-3/5' : 'w-4/5'} />)}
    </div>
  )
}

type MoreProps = {
  table: TableDifference; sort: Sort | 'all'; isSearch: boolean; shown: number; total: number; busy: boolean; onMore: () => void
}

/** How many more there are, and how many are not kept to be looked at. */
function More({ table, sort, isSearch, shown, total, busy, onMore }: MoreProps) {
  const t = useTranslations('rehearsal.rows')
  const format = useFormat()
  const rest = total - shown
  const counted = sort === 'all' ? table.lost + table.returns + table.changed : table[sort]
  const isSample = !isSearch && total > 0 && total < counted
  if (rest <= 0 && !isSample) return null
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t px-4 py-3 md:px-5">
      {rest > 0 && (
        <button type="button" aria-busy={busy} onClick={onMore} className="font-medium text-primary-strong hover:underline">
          {t('more', { count: Math.min(rest, shown <= FIRST ? MORE - shown : MORE) })}
        </button>
      )}
      {isSample && <p className="text-meta">{t('sample', { total: format.count(total), count: format.count(counted) })}</p>}
      {!isSample && rest > MORE && <p className="text-meta">{t('left', { count: format.count(rest) })}</p>}
    </div>
  )
}
