'use client'

import { Check, CircleAlert, OctagonX, Split, Unlink } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { useFormat, useNow } from '@/components/format-provider'
import { startWords } from '@/components/jobs/words'
import { cn } from '@/lib/cn'
import type { SetRow as SetRowData, SetState } from '@/lib/history/schema'
import { Graph, indent } from './graph'
import type { Rail } from './rails'
import { RowCells, cellClasses, rowClasses } from './row-cells'

type SetRowProps = {
  row: SetRowData
  rails: readonly Rail[]
  hot: boolean
  largest: number
  repository: number | null
  keptUntil: Date | null
  isOpen: boolean
  onToggle: () => void
}

const MINUTE = 60_000
const BAR_WIDTH = 72

export function SetRow({ row, rails, hot, largest, repository, keptUntil, isOpen, onToggle }: SetRowProps) {
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(MINUTE)
  const { style, row: rowIndent, cell } = indent(row.lane)
  const ink = hot ? 'text-foreground' : row.context ? 'text-bar' : 'text-bar-strong'
  return (
    <tr
      style={style}
      className={cn(
        rowClasses,
        rowIndent,
        'cursor-pointer',
        isOpen ? 'bg-sunken inset-shadow-[0_1px] inset-shadow-border' : 'hover:bg-hover',
        row.context && 'text-muted',
      )}
      onClick={onToggle}
    >
      <td className={cn(cellClasses, 'lg:relative lg:pl-5')}>
        <Graph rails={rails} lane={row.lane} node={<TypeGlyph type={row.type} className={ink} />} />
        <div className={cell}>
          <SetName row={row} isOpen={isOpen} onToggle={onToggle} />
          <SetNotes row={row} repository={repository} keptUntil={keptUntil} />
          <span aria-hidden className="block truncate font-mono text-meta max-lg:hidden">
            {shortLabel(row.label)}
          </span>
        </div>
      </td>
      <RowCells
        finished={format.moment(row.stoppedAt, now)}
        age={format.ago(row.stoppedAt, now)}
        took={format.duration(row.stoppedAt.getTime() - row.startedAt.getTime())}
        stored={format.bytes(row.stored)}
        bar={(row.stored / largest) * BAR_WIDTH}
        who={startWords(jobs, row.start, row.type)}
        state={<StateCell state={row.state} />}
      />
    </tr>
  )
}

/** What opens the panel; below lg, and for those who do not see the page, it alone tells which set it is. */
function SetName({ row, isOpen, onToggle }: Pick<SetRowProps, 'row' | 'isOpen' | 'onToggle'>) {
  const t = useTranslations('history.table')
  const jobs = useTranslations('jobs')
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      className={cn('text-left', row.type === 'full' && 'font-semibold')}
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
    >
      {jobs(`type.${row.type}`)} <span className="sr-only">{row.label}</span>
      {row.context && <span className="sr-only"> {t('context')}</span>}
    </button>
  )
}

function SetNotes({ row, repository, keptUntil }: Pick<SetRowProps, 'row' | 'repository' | 'keptUntil'>) {
  const t = useTranslations('history.table')
  const format = useFormat()
  const now = useNow(MINUTE)
  const notes = [
    row.newest && t('newest'),
    repository !== null && t('repository', { key: repository }),
    keptUntil && isSoon(keptUntil, now) && t('expires', { day: format.day(keptUntil) }),
  ].filter((note) => typeof note === 'string')
  return notes.length > 0 && <span className="ml-1 text-meta">{notes.join(', ')}</span>
}

const SOON_DAYS = 14

function isSoon(date: Date, now: Date): boolean {
  return date.getTime() - now.getTime() < SOON_DAYS * 24 * 60 * MINUTE
}

/** The full's part stands one row above already. */
function shortLabel(label: string): string {
  const own = label.split('_')[1]
  return own ? `…_${own}` : label
}

const icons: Record<SetState, { icon: typeof Check; tone: string }> = {
  usable: { icon: Check, tone: 'text-muted' },
  'checksum-error': { icon: OctagonX, tone: 'text-bad' },
  incomplete: { icon: Unlink, tone: 'text-bad' },
  'other-cluster': { icon: CircleAlert, tone: 'text-warn' },
  'other-timeline': { icon: Split, tone: 'text-warn' },
}

function StateCell({ state }: { state: SetState }) {
  const t = useTranslations('history.state')
  const { icon: Icon, tone } = icons[state]
  const note = state === 'usable' ? null : t(`${state}Note`)
  return (
    <>
      <span className={cn('flex items-center gap-1.5', state !== 'usable' && 'text-foreground')}>
        <Icon aria-hidden className={cn('size-[15px] shrink-0', tone)} />
        <span className="truncate">{t(state)}</span>
      </span>
      {note && <span className="block truncate text-meta lg:pl-5.25">{note}</span>}
    </>
  )
}
