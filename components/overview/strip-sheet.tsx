'use client'

import { Minus, X } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { TypeGlyph } from '@/components/backups/type-glyph'
import { DayStrip, grounds } from '@/components/charts/day-strip'
import { useFormat, useNow } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Strip, StripNote } from '@/lib/health/schema'
import { backupTypes } from '@/lib/jobs/schema'

/** So many exceptions are spelt out; the others stand in History. */
const NOTES = 6
const WEEK = 7

/** Thirty days, and every exception in words beneath, so that nobody must hover. */
export function StripSheet({ strip }: { strip: Strip }) {
  const t = useTranslations('overview.strip')
  const format = useFormat()
  const { days, planned, kept, notes } = strip
  const labelled = days.map((day) => {
    const date = `${format.weekday(day.at, 'short')} ${format.day(day.at)}`
    return { ...day, label: t(`day.${day.state}`, { day: date, type: t(`type.${day.type ?? 'full'}`) }) }
  })
  return (
    <Sheet className="pb-4">
      <SheetHeader
        title={t('title')}
        note={t('summary', { planned, kept })}
        end={<Legend strip={strip} />}
        className="items-center max-md:[&>div]:ml-0"
      />
      <div className="px-4 pt-3.5 md:px-5">
        <DayStrip label={t('days')} days={labelled} axis={axisOf(strip, (date) => format.day(date), t('today'))} />
        {notes.length > 0 && (
          <ul className="mt-3 flex flex-wrap gap-x-7 gap-y-1.5 text-compact text-muted">
            {notes.slice(-NOTES).map((note) => (
              <Note key={note.at.getTime()} note={note} />
            ))}
            {notes.length > NOTES && <li>{t('more', { count: notes.length - NOTES })}</li>}
          </ul>
        )}
      </div>
    </Sheet>
  )
}

/** The first day, each week after it that leaves room, and today. */
function axisOf({ days }: Strip, dayWords: (date: Date) => string, today: string) {
  const weeks = days.filter((_, index) => index % WEEK === 0).slice(0, 4)
  return [
    ...weeks.map(({ at }, week) => (
      <span
        key={week}
        style={{ gridColumn: `${week * WEEK + 1} / span 3` }}
        className={cn('row-start-1', week % 2 === 1 && 'max-md:hidden')}
      >
        {dayWords(at)}
      </span>
    )),
    <span key="today" className="col-span-3 col-start-28 row-start-1 text-right">
      {today}
    </span>,
  ]
}

const legendStates = ['backed-up', 'failed', 'missed', 'running', 'before'] as const

function Legend({ strip: { days } }: { strip: Strip }) {
  const t = useTranslations('overview.strip')
  const states = legendStates.filter((state) => days.some((day) => day.state === state))
  const types = backupTypes.filter((type) => days.some((day) => day.type === type))
  return (
    <ul className="flex flex-wrap items-center gap-x-3.5 gap-y-1 text-meta max-md:mt-2">
      {states.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span aria-hidden className={cn('block h-3.5 w-3 rounded-[3px]', grounds[state])} />
          {t(`legend.${state}`)}
        </li>
      ))}
      {types.map((type, index) => (
        <li key={type} className={cn('flex items-center gap-1.5 max-md:hidden', index === 0 && 'border-l pl-3.5')}>
          <TypeGlyph type={type} className="size-3.5" />
          {t(`type.${type}`)}
        </li>
      ))}
    </ul>
  )
}

function Note({ note: { state, at, failure, jobId, goodAt } }: { note: StripNote }) {
  const t = useTranslations('overview')
  const format = useFormat()
  const now = useNow(60_000)
  const isSameDay = goodAt && format.dayKey(goodAt) === format.dayKey(at)
  const good = goodAt && (isSameDay ? t('strip.at', { time: format.time(goodAt) }) : format.moment(goodAt, now, { inline: true }))
  const words = t.rich('strip.note', {
    day: format.day(at),
    state,
    time: format.time(at),
    cause: failure ? t(`cause.${failure}`) : 'none',
    good: good ?? 'none',
    strong: (chunks) => <strong className="font-medium text-foreground">{chunks}</strong>,
  })
  const Icon = state === 'failed' ? X : Minus
  return (
    <li className="flex gap-1.5">
      <Icon aria-hidden className={cn('mt-[3px] size-3.5 shrink-0', state === 'failed' ? 'text-bad' : 'text-warn')} />
      {jobId ? (
        <Link href={`/jobs/${jobId}` as Route} className="text-balance hover:underline">
          {words}
        </Link>
      ) : (
        <span className="text-balance">{words}</span>
      )}
    </li>
  )
}
