/**
 * Every date, size and duration a person reads goes through here, in the shop's zone and formats. Pure: `now` is passed in.
 * Numbers keep their unit by a no-break space.
 */
import { clockIn } from '@/lib/format/clock'
import { DAY, HOUR, SECOND, quantities } from '@/lib/format/quantity'
import { translator } from '@/lib/i18n'

export type FormatOptions = {
  /** IANA name; one this runtime does not know is read as UTC */
  timeZone: string
  dateFormat: string
  timeFormat: string
  locale: string
}

type TimeDetail = { seconds?: boolean; millis?: boolean }
type MomentStyle = { inline?: boolean }

export type Format = {
  options: FormatOptions
  /** The zone's last name: "Lagos" */
  zone: string
  /** "24/11/2026 13:00:09" */
  dateTime(date: Date): string
  /** "24/11/2026" */
  date(date: Date): string
  /** "13:00", "13:00:09", "13:00:09.412" */
  time(date: Date, detail?: TimeDetail): string
  /** "Today 13:00", "Yesterday 02:00", "Sunday 02:01" within a week, then "15 Nov 02:00"; `inline` begins in lower case */
  moment(date: Date, now: Date, style?: MomentStyle): string
  /** "15 Nov" */
  day(date: Date): string
  /** "Nov", or "Nov 2025" */
  month(date: Date, style?: { year?: boolean }): string
  /** "Sunday", or "Sun" */
  weekday(date: Date, length?: 'long' | 'short'): string
  /** "37 s ago", "2 h 44 min ago", "36 h ago", "9 days ago" */
  ago(date: Date, now: Date): string
  /** "in 11 h 34 min" */
  until(date: Date, now: Date): string
  /** SI bytes: "38.2 MB" */
  bytes(bytes: number): string
  /** "19.5 MB/s" */
  rate(bytesPerSecond: number): string
  /** Milliseconds: "40 ms", "0.3 s", "1 min 19 s", "2 h 4 min", "3 days 4 h" */
  duration(milliseconds: number): string
  /** A downtime: "under 0.1 s", "0.4 s", "1.4 s", from `below` on (ten seconds) as `duration` */
  tenths(milliseconds: number, below?: number): string
  /** "1,843" */
  count(value: number): string
  /** "62 %", rounded down: 100 % means all of it */
  percent(value: number, decimals?: number): string
  /** "2026-11-24" in the shop's zone: a key, not words */
  dayKey(date: Date): string
}

export function createFormat(options: FormatOptions): Format {
  const words = translator('format')
  const clock = clockIn(options)
  const quantity = quantities(options.locale)
  return {
    options,
    zone: clock.zone,
    date: clock.date,
    time: clock.time,
    dateTime: (date) => `${clock.date(date)} ${clock.time(date, { seconds: true })}`,
    moment: (date, now, { inline = false } = {}) => {
      const style = inline ? 'inline' : 'sentence'
      const time = clock.time(date)
      const apart = clock.daysApart(date, now)
      if (apart === 0) return words('moment.today', { style, time })
      if (apart === -1) return words('moment.yesterday', { style, time })
      if (apart === 1) return words('moment.tomorrow', { style, time })
      return words('moment.on', { day: Math.abs(apart) < 7 ? clock.weekday(date, 'long') : clock.day(date, now), time })
    },
    day: (date) => clock.day(date, date),
    month: (date, { year = false } = {}) => clock.month(date, year),
    weekday: (date, length = 'long') => clock.weekday(date, length),
    dayKey: clock.dayKey,
    ago: (date, now) => {
      const span = now.getTime() - date.getTime()
      return span < SECOND ? words('justNow') : words('ago', { span: quantity.span(span, 10 * HOUR) })
    },
    until: (date, now) => {
      const span = date.getTime() - now.getTime()
      return span < SECOND ? words('now') : words('until', { span: quantity.span(span, DAY) })
    },
    bytes: quantity.bytes,
    rate: (bytesPerSecond) => words('rate', { size: quantity.bytes(bytesPerSecond) }),
    duration: quantity.duration,
    tenths: quantity.tenths,
    count: quantity.count,
    percent: quantity.percent,
  }
}
