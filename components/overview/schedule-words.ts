import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { Overview } from '@/lib/health/schema'

const WEEK = 7
type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

/** The schedule of the tick that comes next: "Sundays 02:00", "Monday to Saturday 02:00", or its cron expression. */
export function useScheduleWords(next: Overview['next']): string {
  const t = useTranslations('overview.schedule')
  const format = useFormat()
  if (!next) return ''
  if (next.schedule.kind === 'other') return t('cron', next.schedule)
  const time = format.time(next.at)
  const { days } = next.schedule
  if (days.length === WEEK) return t('every', { time })
  // Weeks are told from Monday on.
  const inOrder = days.toSorted((a, b) => ((a + 6) % WEEK) - ((b + 6) % WEEK)) as Weekday[]
  const [first = 0, last = 0] = [inOrder[0], inOrder.at(-1)]
  const isRange = days.length > 2 && ((last - first + WEEK) % WEEK) + 1 === days.length
  if (isRange) return t('range', { from: t(`single.${first}`), to: t(`single.${last}`), time })
  const names = inOrder.map((day) => t(`plural.${day}`))
  return t('days', { days: new Intl.ListFormat(format.options.locale).format(names), time })
}
