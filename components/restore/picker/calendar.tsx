'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { createContext, use, useCallback, useState } from 'react'
import { DayPicker, type DayButtonProps } from 'react-day-picker'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { buttonVariants } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { type DayCoverage, dayCoverage } from '@/lib/restore/calendar/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import { momentFields } from '../typed-moment'
import { momentText } from './address'
import { CoverageBar } from './coverage-bar'
import { CoverageNotes } from './coverage-notes'
import { dateOf, daysOf, keyOf, lastSecondOf } from './days'
import type { PanelProps } from './picker-sheet'

type CoverageOf = (key: string) => DayCoverage
const Coverage = createContext<CoverageOf | null>(null)

/** A month, with what of each day can be restored as a bar beneath it. */
export function Calendar({ view, target: { draft, typed, type } }: PanelProps) {
  const t = useTranslations('picker.calendar')
  const { options: { locale } } = useFormat()
  const { month, setMonth } = useShownMonth(typed.date, view.now)
  const coverageOf = useCoverage(view, typed.zone)
  const words = useDayWords(coverageOf)
  const choose = (key: string) => {
    const last = typed.time.trim() === '' ? lastSecondOf(key, typed.zone, coverageOf(key)) : null
    type(last ? momentFields(momentText(last), typed.zone) : { ...typed, date: key, pick: null }, view.now)
  }
  const caption = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
  const weekday = { short: new Intl.DateTimeFormat(locale, { weekday: 'short' }), long: new Intl.DateTimeFormat(locale, { weekday: 'long' }) }
  return (
    <div className="grid gap-3">
      <Coverage value={coverageOf}>
        <DayPicker
          mode="single"
          required
          weekStartsOn={1}
          month={month}
          onMonthChange={setMonth}
          startMonth={view.windows[0]?.earliest ?? view.now}
          endMonth={dateOf(momentFields(view.now.toISOString(), typed.zone).date) ?? view.now}
          selected={'at' in draft.moment || typed.time.trim() !== '' ? dateOf(typed.date) : undefined}
          onSelect={(date) => choose(keyOf(date))}
          disabled={(date) => !coverageOf(keyOf(date)).isReachable}
          today={dateOf(momentFields(view.now.toISOString(), typed.zone).date)}
          formatters={{
            formatCaption: (date) => caption.format(date),
            formatWeekdayName: (date) => weekday.short.format(date).slice(0, 2),
          }}
          labels={{
            labelDayButton: (date, { selected }) => words(keyOf(date), date, Boolean(selected)),
            labelNext: () => t('next'), labelPrevious: () => t('previous'),
            labelGrid: (date) => caption.format(date), labelNav: () => t('nav'),
            labelWeekday: (date) => weekday.long.format(date),
          }}
          components={{ DayButton, Chevron }}
          classNames={classNames}
        />
      </Coverage>
      <CoverageNotes days={daysOf(month).map((key) => ({ key, coverage: coverageOf(key) }))} view={view} zone={typed.zone} />
    </div>
  )
}

const nav = buttonVariants({ variant: 'quiet', size: 'icon-sm' })

const classNames = {
  root: 'relative', months: '', month: 'grid gap-1',
  nav: 'absolute top-0 right-0 flex gap-0.5', button_previous: cn(nav, 'aria-disabled:opacity-40'), button_next: cn(nav, 'aria-disabled:opacity-40'),
  month_caption: 'flex h-9 items-center text-section md:h-7', month_grid: 'w-full table-fixed border-collapse',
  weekday: 'h-8 text-center text-meta font-normal', day: 'p-0 text-center',
  selected: '', disabled: '', outside: 'invisible', today: '', hidden: 'invisible',
}

function Chevron({ orientation }: { orientation?: 'up' | 'down' | 'left' | 'right' }) {
  return orientation === 'left' ? <ChevronLeft aria-hidden /> : <ChevronRight aria-hidden />
}

function DayButton({ day, modifiers, className: _, ...props }: DayButtonProps) {
  const coverage = use(Coverage)?.(keyOf(day.date))
  const { selected, disabled, today } = modifiers
  return (
    <button
      {...props}
      ref={(button) => {
        if (modifiers.focused) button?.focus()
      }}
      className={cn(
        'relative mx-auto flex h-11 w-full max-w-11 items-start justify-center rounded-[7px] pt-2 text-sm/5 md:h-10 md:pt-1.5',
        'hover:not-disabled:bg-hover disabled:text-faint',
        today && 'font-semibold',
        selected && 'bg-then font-semibold text-card hover:not-disabled:bg-then dark:text-background',
        disabled && coverage?.reason === 'in-gap' && 'line-through decoration-from-font',
        selected && disabled && 'disabled:bg-bad-fill disabled:text-card',
      )}
    >
      {day.date.getDate()}
      {coverage && <CoverageBar parts={coverage.parts} isOnColour={Boolean(selected)} />}
    </button>
  )
}

/** Follows the chosen day until somebody leafs on from it. */
function useShownMonth(date: string, now: Date) {
  const chosen = dateOf(date) ?? now
  const [leafed, setLeafed] = useState<{ month: Date; from: string } | null>(null)
  const month = leafed && leafed.from === date ? leafed.month : chosen
  return { month, setMonth: (next: Date) => setLeafed({ month: next, from: date }) }
}

function useCoverage({ windows, timelines, now }: RestoreView, zone: string): CoverageOf {
  return useCallback((key) => dayCoverage(key, zone, { windows, timelines, now }), [windows, timelines, now, zone])
}

function useDayWords(coverageOf: CoverageOf) {
  const t = useTranslations('picker.calendar')
  const { options: { locale } } = useFormat()
  const full = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return (key: string, date: Date, isSelected: boolean) => {
    const { isReachable, reason, parts } = coverageOf(key)
    const isWhole = parts.length === 1 && parts[0]?.state === 'whole' && parts[0].from === 0 && parts[0].to === 1
    const state = isReachable ? (isWhole ? 'whole' : 'part') : (reason ?? 'nothing')
    return t('day', { day: full.format(date), state: t(`state.${state}`), selected: isSelected ? 'yes' : 'no' })
  }
}
