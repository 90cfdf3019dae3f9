import { TZDate } from '@date-fns/tz'

export const SHOP_ZONE = 'Africa/Lagos'

/** A day as the shop's clock has it. */
export type ShopDay = {
  /** yyyy-MM-dd */
  date: string
  year: number
  /** 1 to 12 */
  month: number
  dayOfMonth: number
  /** 0 is Sunday */
  weekday: number
  midnight: Date
}

/** One hour of a day on which the shop is open. */
export type OpenHour = {
  hour: number
  startsAt: Date
  /** how many are to be expected */
  sales: number
}

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

const SALES_PER_DAY = [205, 205, 210, 220, 230, 275, 335]

/** Shares of the day from the opening hour on: lunch, and the way home from work; on Sundays after church. */
const WEEKDAY = { opens: 8, shares: [5, 6, 7, 8, 13, 14, 10, 8, 10, 14, 17, 14, 8] }
const SATURDAY = { opens: 8, shares: [5, 9, 13, 15, 15, 14, 13, 12, 13, 14, 14, 11, 7] }
const SUNDAY = { opens: 12, shares: [8, 14, 15, 12, 11, 12, 11, 7] }

export function shopDay(at: Date): ShopDay {
  const local = new TZDate(at, SHOP_ZONE)
  return dayOf(local.getFullYear(), local.getMonth(), local.getDate())
}

/** The days from the one of `from` to the one of `to`, both included. */
export function shopDays(from: Date, to: Date): ShopDay[] {
  const first = shopDay(from)
  const days: ShopDay[] = []
  for (let offset = 0; ; offset += 1) {
    const day = dayOf(first.year, first.month - 1, first.dayOfMonth + offset)
    if (day.midnight > to) return days
    days.push(day)
  }
}

/** The same time of day, that many months earlier. */
export function monthsBefore(at: Date, months: number): Date {
  const local = new TZDate(at, SHOP_ZONE)
  local.setMonth(local.getMonth() - months)
  return new Date(local.getTime())
}

/** `hour` may have a fraction: 7.5 is half past seven. */
export function timeOfDay(day: ShopDay, hour: number): Date {
  return new Date(day.midnight.getTime() + Math.round(hour * HOUR_MS))
}

/** The open hours of a day; none when the shop stays shut. */
export function openHours(day: ShopDay): OpenHour[] {
  if (isHoliday(day)) return []
  const { opens, shares } = day.weekday === 0 ? SUNDAY : day.weekday === 6 ? SATURDAY : WEEKDAY
  const expected = (SALES_PER_DAY[day.weekday] ?? 0) * season(day)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share, index) => ({
    hour: opens + index,
    startsAt: timeOfDay(day, opens + index),
    sales: (expected * share) / whole,
  }))
}

const isHoliday = ({ month, dayOfMonth }: ShopDay) => (month === 12 && dayOfMonth === 25) || (month === 1 && dayOfMonth === 1)

/** Salaries come in the last week of the month; before Christmas people buy more, in January less. */
function season({ month, dayOfMonth }: ShopDay): number {
  const payday = dayOfMonth >= 25 || dayOfMonth <= 2 ? 1.28 : dayOfMonth >= 12 && dayOfMonth <= 20 ? 0.92 : 1
  if (month === 12 && dayOfMonth >= 10) return Math.max(payday, 1 + Math.min(dayOfMonth - 9, 15) * 0.045)
  if (month === 1 && dayOfMonth <= 20) return 0.8
  return month === 9 && dayOfMonth <= 15 ? payday * 1.08 : payday
}

function dayOf(year: number, monthIndex: number, dayOfMonth: number): ShopDay {
  const local = new TZDate(year, monthIndex, dayOfMonth, SHOP_ZONE)
  const [y, m, d] = [local.getFullYear(), local.getMonth() + 1, local.getDate()]
  return {
    date: `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
    year: y,
    month: m,
    dayOfMonth: d,
    weekday: local.getDay(),
    midnight: new Date(local.getTime()),
  }
}
