import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { ErrorState } from '@/components/ui/error-state'
import { cn } from '@/lib/cn'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { EventGroup } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { moneyText } from '../rehearsal/money'
import { useSettled } from '../use-settled'
import { restingHeight } from './layout'
import type { Span } from './scale'
import { type TableRow, tableRows } from './table-rows'
import { useSlice } from './timeline-query'
import type { OnAt } from './use-stage'
import { useEventWords, useTimes, useWhy } from './words'

const ROWS = 60
const ZOOMING_MS = 150
const MINUTE = 60_000
const DAY = 86_400_000

type TimelineTableProps = { shown: Span; view: RestoreView; at: Date | null; onAt: OnAt }

/** The same stretch of time as rows, each of which can be chosen. */
export function TimelineTable({ shown, view, at, onAt }: TimelineTableProps) {
  const t = useTranslations('timeline')
  const { zone } = useTimes()
  const settled = useSettled(shown, ZOOMING_MS)
  const { data, isError, isFetching, refetch } = useSlice(settled, ROWS, view.now.getTime())
  if (!data) {
    return isError
      ? <ErrorState title={t('failed.title')} onRetry={() => void refetch()} busy={isFetching}>{t('failed.text')}</ErrorState>
      : <p role="status" style={{ height: restingHeight(false) }} className="px-5 py-4 text-muted">{t('loading')}</p>
  }
  const rows = tableRows(data, settled, view, zone)
  return (
    <div
      style={{ maxHeight: restingHeight(false) }}
      tabIndex={0}
      role="region"
      aria-label={t('table.label')}
      className="relative mx-3.5 mb-3.5 overflow-auto rounded-control border md:mx-5 md:mb-5"
    >
      <table className="w-full text-compact">
        <thead className="sticky top-0 z-10 bg-card text-left text-meta shadow-[0_1px_0_hsl(var(--border))]">
          <tr>
            {(['from', 'reachable', 'sets', 'events', 'sales', 'takings'] as const).map((key, n) => (
              <th key={key} scope="col" className={cn('px-3 py-2 font-medium', n > 3 && 'text-right')}>{t(`table.${key}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => <Row key={row.from} row={row} view={view} isChosen={at !== null && at.getTime() >= row.from && at.getTime() < row.to} onAt={onAt} />)}
        </tbody>
      </table>
      {rows.length === 0 && <p className="px-3 py-4 text-muted">{t('table.none')}</p>}
    </div>
  )
}

type RowProps = { row: TableRow; view: RestoreView; isChosen: boolean; onAt: OnAt }

function Row({ row, view, isChosen, onAt }: RowProps) {
  const t = useTranslations('timeline')
  const format = useFormat()
  const times = useTimes()
  const why = useWhy()
  const at = new Date(row.from)
  const reach = reachabilityAt(at, view)
  const clock = row.to - row.from >= MINUTE ? times.minute(at) : times.time(at)
  const [day, time] = [times.day(at), row.to - row.from >= DAY ? null : clock]
  return (
    <tr
      ref={isChosen ? scrolledTo : undefined}
      aria-current={isChosen || undefined}
      className="border-t align-baseline first:border-t-0 aria-[current=true]:bg-then/8"
    >
      <td className={cn('px-3 py-1.5 whitespace-nowrap', isChosen && 'shadow-[inset_3px_0_0_hsl(var(--then))]')}>
        {reach.ok ? (
          <button
            type="button"
            aria-label={t('table.choose', { moment: `${day} ${times.time(at)}` })}
            onClick={() => onAt(at)}
            className="rounded-sm text-primary-strong underline-offset-2 hover:underline max-md:min-h-11"
          >
            {day} {time}
          </button>
        ) : <>{day} {time}</>}
      </td>
      <td className={cn('px-3 py-1.5', row.reach !== 'yes' && 'text-bad')}>
        {row.reach === 'no' && !reach.ok ? why(reach) : t(`table.${row.reach}`)}
      </td>
      <td className="px-3 py-1.5">{row.sets.map(({ type, count }) => (count > 1 ? `${type} × ${format.count(count)}` : type)).join(', ')}</td>
      <td className="min-w-52 px-3 py-1.5"><Events groups={row.events} /></td>
      <td className="px-3 py-1.5 text-right">{format.count(row.sales)}</td>
      <td className="px-3 py-1.5 text-right whitespace-nowrap">{moneyText(row.takings, view.currency, format.options.locale)}</td>
    </tr>
  )
}

/** Within the table alone: the page stays where it is. */
function scrolledTo(row: HTMLElement | null) {
  const box = row?.closest('[role=region]')
  if (row && box) box.scrollTop = row.offsetTop - box.clientHeight / 2
}

const NAMED = 3

/** The first few by name, deletions before all else; how many more there are. */
function Events({ groups }: { groups: readonly EventGroup[] }) {
  const t = useTranslations('timeline.table')
  const words = useEventWords()
  const named = groups.toSorted((a, b) => Number(b.deletions > 0) - Number(a.deletions > 0) || a.at - b.at).slice(0, NAMED)
  const more = groups.reduce((sum, { count }) => sum + count, 0) - named.length
  const text = named.map(({ first }) => words(first)).join('; ')
  return more > 0 ? t('count', { words: text, count: more }) : text
}
