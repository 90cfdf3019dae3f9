/** Days as people write them: "24/11", "Nov 22, 2025", "last Monday", "yesterday". Keys are "2026-11-24". */
import { toWallClock } from '@/lib/format/zone'
import { parseMoment } from '../rules'

/** What 3/12 is */
export type DateOrder = 'day-first' | 'month-first'

export type DayContext = {
  /** Whose calendar is meant */
  zone: string
  now: Date
  /** The day where the text names none; null where there is none to take */
  day: string | null
  order: DateOrder
  locale: string
}

export function dateOrder(dateFormat: string): DateOrder {
  return dateFormat.indexOf('MM') < dateFormat.indexOf('dd') ? 'month-first' : 'day-first'
}

const DAY = 86_400_000
export type DayRead = { key: string; order: DateOrder | null } | { code: 'unreadable' | 'impossible' | 'no-date' }

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d\d))?\.?$/
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})$/
const DAY_MONTH = /^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]?(\p{L}+)\.?[ -]?(\d{4})?$/u
const MONTH_DAY = /^(\p{L}+)\.? ?(\d{1,2})(?:st|nd|rd|th)?,? ?(\d{4})?$/u

/** `time`: "14:03:21", which tells whether today's has come already. `order` is set where nothing else decided which number is the day. */
export function readDay(text: string, context: DayContext, time: string | null): DayRead {
  const { weekday, rest } = withoutWeekday(text, context.locale)
  const today = keyOf(toWallClock(context.now, context.zone))
  if (weekday !== null && /^(last)?$/.test(rest)) return { key: lastWeekday(weekday, rest === 'last', today, time, context), order: null }
  const day = rest === '' ? bareDay(context) : namedDay(rest, today) ?? calendarDay(rest, today, context)
  return 'key' in day && weekday !== null && new Date(day.key).getUTCDay() !== weekday ? { code: 'impossible' } : day
}

function bareDay({ day }: DayContext): DayRead {
  return day === null ? { code: 'no-date' } : { key: day, order: null }
}

function namedDay(text: string, today: string): DayRead | null {
  const back = ['today', 'yesterday', 'day before yesterday'].indexOf(text)
  return back < 0 ? null : { key: shifted(today, -back), order: null }
}

function calendarDay(text: string, today: string, { order, locale }: DayContext): DayRead {
  const [, year, , month = '', day = ''] = YEAR_FIRST.exec(text) ?? []
  if (year) return dated(year, Number(month), Number(day), today)
  const [, first, , second = '', end] = NUMERIC.exec(text) ?? []
  if (first) return numeric(Number(first), Number(second), end, order, today)
  const [, dayFirst, monthAfter = '', yearAfter] = DAY_MONTH.exec(text) ?? []
  const [, monthBefore = '', dayAfter, yearLast] = MONTH_DAY.exec(text) ?? []
  const named = monthNamed(dayFirst ? monthAfter : monthBefore, locale)
  return named === null ? { code: 'unreadable' } : dated(yearAfter ?? yearLast, named, Number(dayFirst ?? dayAfter), today)
}

function numeric(first: number, second: number, year: string | undefined, order: DateOrder, today: string): DayRead {
  const isOpen = first <= 12 && second <= 12 && first !== second
  const isDayFirst = isOpen ? order === 'day-first' : first > 12 || second <= 12
  const read = isDayFirst ? dated(year, second, first, today) : dated(year, first, second, today)
  return 'key' in read && isOpen ? { ...read, order } : read
}

/** Without a year it is the last time there was such a day. */
function dated(year: string | undefined, month: number, day: number, today: string): DayRead {
  const two = (value: number) => String(value).padStart(2, '0')
  const tail = `-${two(month)}-${two(day)}`
  const thisYear = Number(today.slice(0, 4))
  const whole = year === undefined ? String(tail > today.slice(4) ? thisYear - 1 : thisYear) : year.padStart(4, '20')
  const key = `${whole}${tail}`
  const date = new Date(`${key}T00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(key) ? { key, order: null } : { code: 'impossible' }
}

/** The last one that is over, or today's where its time has come. */
function lastWeekday(weekday: number, isBeforeToday: boolean, today: string, time: string | null, { zone, now }: DayContext): string {
  const back = (new Date(today).getUTCDay() - weekday + 7) % 7
  if (back > 0) return shifted(today, -back)
  const outcome = parseMoment(`${today} ${time ?? '00:00:00'}`, zone)
  const isToCome = 'moment' in outcome && Date.parse(outcome.moment.at) > now.getTime()
  return isBeforeToday || isToCome ? shifted(today, -7) : today
}

function withoutWeekday(text: string, locale: string): { weekday: number | null; rest: string } {
  const words = text.split(' ')
  const days = words.map((word) => weekdayNamed(word, locale))
  const at = days.findIndex((day) => day !== null)
  return { weekday: days[at] ?? null, rest: words.filter((_, n) => n !== at).join(' ') }
}

function weekdayNamed(word: string, locale: string): number | null {
  // 4 January 2026 was a Sunday.
  return indexOf(word, locale, 7, { weekday: 'long' }, (n) => Date.UTC(2026, 0, 4 + n))
}

function monthNamed(word: string, locale: string): number | null {
  const month = indexOf(word, locale, 12, { month: 'long' }, (n) => Date.UTC(2026, n, 1))
  return month === null ? null : month + 1
}

/** By its English name or that of the locale, or at least three letters of one. */
function indexOf(word: string, locale: string, count: number, style: Intl.DateTimeFormatOptions, at: (n: number) => number): number | null {
  const begin = word.replace(/\.$/, '')
  if (begin.length < 3) return null
  const formats = ['en', locale].map((tag) => new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' }))
  const found = Array.from({ length: count }, (_, n) => n).find((n) =>
    formats.some((format) => format.format(at(n)).toLowerCase().startsWith(begin)))
  return found ?? null
}

export function keyOf(wall: Date): string {
  return wall.toISOString().slice(0, 10)
}

function shifted(key: string, days: number): string {
  return keyOf(new Date(Date.parse(key) + days * DAY))
}
