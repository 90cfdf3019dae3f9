import { translator } from '@/lib/i18n'
import { isTimeZone } from './zone'

type ClockOptions = { timeZone: string; dateFormat: string; timeFormat: string; locale: string }
/** Digits everyone reads alike, whatever the locale counts with. */
const wallClock: Intl.DateTimeFormatOptions = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
}

type TimeDetail = { seconds?: boolean; millis?: boolean }

/** Reads a moment as the wall clock and calendar of one zone. */
export function clockIn({ timeZone: wanted, dateFormat, timeFormat, locale }: ClockOptions) {
  const words = translator('format')
  const timeZone = isTimeZone(wanted) ? wanted : 'UTC'
  const formatter = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const digits = formatter(wallClock)
  const month = formatter({ month: 'short' })
  const monthYear = formatter({ month: 'short', year: 'numeric', calendar: 'gregory', numberingSystem: 'latn' })
  const weekdays = { long: formatter({ weekday: 'long' }), short: formatter({ weekday: 'short' }) }
  const dayPeriod = formatter({ hour: 'numeric', hour12: true })

  const read = (date: Date) => {
    const parts = Object.fromEntries(digits.formatToParts(date).map(({ type, value }) => [type, value]))
    const { year = '', month: MM = '', day: dd = '', hour: HH = '', minute: mm = '', second: ss = '' } = parts
    const hh = pad(((Number(HH) + 11) % 12) + 1, 2)
    return { yyyy: pad(year, 4), MM, dd, HH, hh, mm, ss, SSS: pad(date.getUTCMilliseconds(), 3) }
  }
  const dayNumber = (date: Date) => {
    const { yyyy, MM, dd } = read(date)
    return Date.UTC(Number(yyyy), Number(MM) - 1, Number(dd)) / 86_400_000
  }

  return {
    /** The zone's last name, as people say it: "Lagos", "Buenos Aires" */
    zone: timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' '),
    date: (date: Date) => fill(dateFormat, read(date)),
    time: (date: Date, { seconds = false, millis = false }: TimeDetail = {}) => {
      const minutes = millis ? 'mm:ss.SSS' : seconds ? 'mm:ss' : 'mm'
      const half = timeFormat.includes('a') && dayPeriod.formatToParts(date).find(({ type }) => type === 'dayPeriod')
      return fill(timeFormat.replace('mm', minutes), { ...read(date), ...(half && { a: half.value }) })
    },
    dayKey: (date: Date) => fill('yyyy-MM-dd', read(date)),
    month: (date: Date, hasYear: boolean) => (hasYear ? monthYear : month).format(date),
    weekday: (date: Date, length: 'long' | 'short') => weekdays[length].format(date),
    /** "15 Nov", with the year where it is not that of `now` */
    day: (date: Date, now: Date) => {
      const { yyyy, dd } = read(date)
      const values = { day: String(Number(dd)), month: month.format(date), year: yyyy }
      return words(yyyy === read(now).yyyy ? 'day' : 'dayYear', values)
    },
    /** Midnights between the two; negative when `date` lies before `now` */
    daysApart: (date: Date, now: Date) => dayNumber(date) - dayNumber(now),
  }
}

function pad(value: string | number, width: number): string {
  return String(value).padStart(width, '0')
}

function fill(pattern: string, values: Record<string, string>): string {
  return pattern.replace(/yyyy|MM|dd|HH|hh|mm|SSS|ss|a/g, (token) => values[token] ?? token)
}
