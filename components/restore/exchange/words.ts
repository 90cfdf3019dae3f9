import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { targetWords } from '@/components/jobs/words'
import type { Side } from '@/lib/restore/exchange/changes/schema'
import type { ExchangePoint } from '@/lib/restore/exchange/schema'
import type { Tally } from '@/lib/salespider/life/schema'
import { moneyText } from '../rehearsal/money'

export type Currency = Parameters<typeof moneyText>[1]

/** "14:03:21", "yesterday 14:03:21", "15 Nov 14:03:21", "backup 20261122-010003F": what an exchange goes to. */
export function usePointWords(): (point: ExchangePoint) => string {
  const t = useTranslations('exchange.point')
  const jobs = useTranslations('jobs')
  const format = useFormat()
  const now = useNow(60_000)
  return ({ at, target }) => {
    if (!at) return target ? targetWords(jobs, target, format, now) : t('unknown')
    const time = format.time(at, { seconds: true, millis: target?.type === 'time' && at.getUTCMilliseconds() > 0 })
    const day = format.dayKey(at)
    if (day === format.dayKey(now)) return t('today', { time })
    if (day === format.dayKey(new Date(now.getTime() - 86_400_000))) return t('yesterday', { time })
    return t('onDay', { day: format.day(at), time })
  }
}

/** "today 17:16", "Sat 29 Nov, 17:16", "Sat 29 Nov", "17:16:02" or, on another day, "15 Nov 17:16:02" */
export function useTimes() {
  const t = useTranslations('exchange')
  const format = useFormat()
  const now = useNow(60_000)
  const parts = (at: Date) => ({ weekday: format.weekday(at, 'short'), day: format.day(at), time: format.time(at) })
  return {
    moment: (at: Date) => format.moment(at, now, { inline: true }),
    until: (at: Date) => t('until', parts(at)),
    day: (at: Date) => t('untilDay', parts(at)),
    clock: (at: Date) => {
      const time = format.time(at, { seconds: true })
      return format.dayKey(at) === format.dayKey(now) ? time : t('point.onDay', { day: format.day(at), time })
    },
  }
}

export function useSalesWords(currency: Currency): (tally: Tally) => string {
  const t = useTranslations('exchange')
  const { locale } = useFormat().options
  return ({ count, takings }) => t('sales', { count, takings: moneyText(takings, currency, locale) })
}

/** As many as are worth a line each */
const MOST_ROWS = 3
const named = ['Product', 'User', 'deshelvings'] as const

/** "3 products", "at least 12 rows of Category", "2 further tables" */
export function useRowWords(): (rows: Side['rows']) => string[] {
  const t = useTranslations('exchange.rows')
  return (rows) => {
    const words = rows.slice(0, MOST_ROWS).map(({ table, count, isCapped }) =>
      t(named.find((name) => name === table) ?? 'other', { table, count, capped: isCapped ? 'yes' : 'no' }))
    return rows.length > MOST_ROWS ? [...words, t('more', { count: rows.length - MOST_ROWS })] : words
  }
}

type Downtime = { median: string; least: string; most: string; count: number }

/** "0.4 s", and how that is known: "0.3 s to 0.5 s in the last 5"; null before the first. */
export function useDowntimeWords(): (downtimes: readonly number[]) => Downtime | null {
  const format = useFormat()
  return (downtimes) => {
    const sorted = downtimes.toSorted((a, b) => a - b)
    const middle = sorted[Math.floor((sorted.length - 1) / 2)]
    if (middle === undefined) return null
    return {
      median: format.tenths(middle), least: format.tenths(sorted[0] ?? middle), most: format.tenths(sorted.at(-1) ?? middle),
      count: sorted.length,
    }
  }
}
