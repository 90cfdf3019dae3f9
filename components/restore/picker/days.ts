/** The calendar's days: react-day-picker counts in the browser's dates, the shop in keys like "2026-11-24". */
import { spanOfDay } from '@/lib/restore/calendar/rules'
import type { DayCoverage, ReachCode } from '@/lib/restore/calendar/rules'

export function dateOf(key: string): Date | undefined {
  const [year, month, day] = key.split('-').map(Number)
  return year && month && day ? new Date(year, month - 1, day, 12) : undefined
}

export function keyOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Every day of the month that the date lies in. */
export function daysOf(month: Date): string[] {
  const count = new Date(month.getFullYear(), month.getMonth() + 1, 0, 12).getDate()
  return Array.from({ length: count }, (_, n) => keyOf(new Date(month.getFullYear(), month.getMonth(), n + 1, 12)))
}

export type DayNote = {
  code: ReachCode
  /** Days of which nothing can be restored, and those of which a part is missing: first and last of each run */
  runs: [string, string][]
  parts: [string, string][]
}

/** What stands under a month: which of its days are missing, and why. Days before and after the window are told once each. */
export function notesOf(days: readonly { key: string; coverage: DayCoverage }[]): DayNote[] {
  const codes = [...new Set(days.flatMap(({ coverage }) => coverage.reason ?? []))]
  return codes.map((code) => {
    const own = days.filter(({ coverage }) => coverage.reason === code)
    return {
      code,
      runs: runsOf(own.filter(({ coverage }) => !coverage.isReachable).map(({ key }) => key)),
      parts: runsOf(own.filter(({ coverage }) => coverage.isReachable).map(({ key }) => key)),
    }
  })
}

function runsOf(keys: readonly string[]): [string, string][] {
  const runs: [string, string][] = []
  for (const key of keys) {
    const last = runs.at(-1)
    if (last && Date.parse(key) - Date.parse(last[1]) === 86_400_000) last[1] = key
    else runs.push([key, key])
  }
  return runs
}

/** The last whole second of the day that can be restored. */
export function lastSecondOf(key: string, zone: string, { parts }: DayCoverage): Date | null {
  const last = parts.findLast(({ state }) => state === 'whole')
  if (!last) return null
  const { from, to } = spanOfDay(key, zone)
  const end = from + last.to * (to - from)
  return new Date(Math.ceil(end / 1_000 - 1e-6) * 1_000 - 1_000)
}
