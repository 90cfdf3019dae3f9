'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { DayCoverage } from '@/lib/restore/calendar/rules'
import { spanOfDay } from '@/lib/restore/calendar/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import { type DayNote, notesOf } from './days'

type CoverageNotesProps = { days: { key: string; coverage: DayCoverage }[]; view: RestoreView; zone: string }

/** Why days of this month cannot be chosen, in words beneath it. */
export function CoverageNotes({ days, view, zone }: CoverageNotesProps) {
  const notes = notesOf(days)
  if (notes.length === 0) return null
  return (
    <dl className="grid grid-cols-[minmax(4.5rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-meta">
      {notes.map((note) => (
        <Note key={note.code} note={note} view={view} zone={zone} />
      ))}
    </dl>
  )
}

function Note({ note: { code, runs, parts }, view, zone }: { note: DayNote; view: RestoreView; zone: string }) {
  const t = useTranslations('picker.notes')
  const list = useRuns(zone)
  const format = useFormat()
  const isGap = code === 'in-gap'
  const first = runs[0]?.[0] ?? ''
  const last = runs.at(-1)?.[1] ?? ''
  const moment = (at: Date | null | undefined) => (at ? format.moment(at, view.now, { inline: true }) : '')
  const days = code === 'in-future' || code === 'not-archived' ? t('since', { day: list([[first, first]]) })
    : code === 'before-window' ? t('until', { day: list([[last, last]]) })
      : list(runs.length > 0 ? runs : parts)
  return (
    <>
      <dt className={cn('whitespace-nowrap', isGap && 'font-medium text-bad')}>{days}</dt>
      <dd className="text-pretty">
        {t(code, { earliest: moment(view.windows[0]?.earliest), latest: moment(view.windows[0]?.latest) })}
        {isGap && (runs.length > 0 && parts.length > 0 ? t('alsoInPart', { days: list(parts) }) : runs.length === 0 && t('inPart'))}
      </dd>
    </>
  )
}

/** "7, 8 Nov" or "3 to 8 Nov" */
function useRuns(zone: string) {
  const t = useTranslations('picker.notes')
  const { options: { locale } } = useFormat()
  const month = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: zone })
  return (runs: readonly [string, string][]) => {
    const days = runs.map(([first, last]) => {
      const [from, to] = [Number(first.slice(8)), Number(last.slice(8))]
      if (from === to) return String(from)
      return to - from === 1 ? `${from}, ${to}` : t('run', { from, to })
    })
    const [first] = runs[0] ?? ['']
    return first ? t('days', { days: days.join(', '), month: month.format(new Date(spanOfDay(first, zone).from)) }) : ''
  }
}
