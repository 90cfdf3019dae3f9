/**
 * Terminology. A *tick* is an instant at which a schedule asks for a backup; a *gap* is the time between two ticks; the
 * *grace* is how late what a tick asked for may begin before it counts as missed.
 */
import { type CronFieldCollection, CronExpressionParser } from 'cron-parser'
import { fromWallClock, toWallClock } from '@/lib/format/zone'
import type { Policy, ScheduleShape } from './schema'

export type ScheduledType = keyof Policy['schedules']
export type Tick = { at: Date; type: ScheduledType }

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** From one 29 February to the next, across a century without */
const LONGEST_GAP_DAYS = 8 * 366

const cronField = /^(?:[\d*/,-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|SUN|MON|TUE|WED|THU|FRI|SAT)+$/i

const parsed = new Map<string, CronFieldCollection>()

/** The fields of a plain five-field cron expression. Throws with words when it is none. */
export function parseCron(cron: string): CronFieldCollection {
  const known = parsed.get(cron)
  if (known) return known
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== 5 || !fields.every((field) => cronField.test(field))) {
    throw new Error(`not a five-field cron expression: ${JSON.stringify(cron)}`)
  }
  const result = CronExpressionParser.parse(cron).fields
  parsed.set(cron, result)
  return result
}

/** Whether both ask for the same backups at the same instants. */
export function isSameSchedule(a: Policy, b: Policy): boolean {
  return a.timeZone === b.timeZone && a.schedules.full === b.schedules.full && a.schedules.diff === b.schedules.diff
}

/** Cron's own rule: where both the day of the month and the weekday are given, either is enough. */
function isDayOf({ month, dayOfMonth, dayOfWeek }: CronFieldCollection, date: Date): boolean {
  if (!month.values.some((value) => value === date.getUTCMonth() + 1)) return false
  const inMonth = dayOfMonth.values.some((value) => value === date.getUTCDate())
  const inWeek = dayOfWeek.values.some((value) => Number(value) % 7 === date.getUTCDay())
  return dayOfMonth.isWildcard || dayOfWeek.isWildcard ? inMonth && inWeek : inMonth || inWeek
}

/** The ticks of one day of the wall clock, in order. A repeated hour ticks once, unless the schedule runs every hour anyway. */
function ticksOfDay({ hour, minute }: CronFieldCollection, date: number, zone: string): number[] {
  const walls = hour.values.flatMap((h) => minute.values.map((m) => date + Number(h) * HOUR + Number(m) * MINUTE))
  const instants = walls.flatMap((wall) => fromWallClock(wall, zone).slice(0, hour.isWildcard ? 2 : 1))
  return [...new Set(instants)].toSorted((a, b) => a - b)
}

/** Ticks at or after `from` (direction 1), or at or before it (direction -1), nearest first. */
function* ticksOf(cron: string, zone: string, from: Date, direction: 1 | -1): Generator<Date> {
  const fields = parseCron(cron)
  const today = Math.floor(toWallClock(from, zone).getTime() / DAY) * DAY
  for (let date = today, idle = 0; idle <= LONGEST_GAP_DAYS; date += direction * DAY, idle++) {
    if (!isDayOf(fields, new Date(date))) continue
    const ticks = ticksOfDay(fields, date, zone)
    for (const at of direction === 1 ? ticks : ticks.toReversed()) {
      if (direction * (at - from.getTime()) < 0) continue
      idle = 0
      yield new Date(at)
    }
  }
}

/** The next `count` ticks after `after`; fewer for an expression that never ticks, such as 30 February. */
export function nextTicks(cron: string, timeZone: string, after: Date, count: number): Date[] {
  const ticks: Date[] = []
  for (const at of ticksOf(cron, timeZone, new Date(after.getTime() + 1), 1)) {
    if (ticks.push(at) >= count) break
  }
  return ticks
}

export function nextTick(cron: string, timeZone: string, after: Date): Date | null {
  return nextTicks(cron, timeZone, after, 1)[0] ?? null
}

/** The newest tick at or before `at`. */
export function previousTick(cron: string, timeZone: string, at: Date): Date | null {
  for (const tick of ticksOf(cron, timeZone, at, -1)) return tick
  return null
}

function schedulesOf({ schedules }: Policy): { type: ScheduledType; cron: string }[] {
  return (['full', 'diff'] as const).flatMap((type) => (schedules[type] ? [{ type, cron: schedules[type] }] : []))
}

/** Every tick of the policy from `from` up to and with `to`, in order. Where two coincide, the full is the one that counts. */
export function expectedTicks(policy: Policy, from: Date, to: Date): Tick[] {
  const ticks = new Map<number, Tick>()
  for (const { type, cron } of schedulesOf(policy).toReversed()) {
    for (const at of ticksOf(cron, policy.timeZone, from, 1)) {
      if (at > to) break
      ticks.set(at.getTime(), { at, type })
    }
  }
  return [...ticks.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** What the policy does next after `after`; null without a schedule. */
export function nextPolicyTick(policy: Policy, after: Date): Tick | null {
  const ticks = schedulesOf(policy).map(({ type, cron }) => ({ type, at: nextTick(cron, policy.timeZone, after) }))
  return ticks.filter(hasInstant).toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
}

/** What the policy asked for last, at or before `at`; null when it never did. */
export function previousPolicyTick(policy: Policy, at: Date): Tick | null {
  const ticks = schedulesOf(policy).map(({ type, cron }) => ({ type, at: previousTick(cron, policy.timeZone, at) }))
  return ticks.filter(hasInstant).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null
}

function hasInstant(tick: { type: ScheduledType; at: Date | null }): tick is Tick {
  return tick.at !== null
}

/** Milliseconds between the ticks around `at`; null without a schedule. */
export function sizeOfScheduleGap(policy: Policy, at: Date): number | null {
  const previous = previousPolicyTick(policy, at)
  const next = nextPolicyTick(policy, at)
  return previous && next ? next.at.getTime() - previous.at.getTime() : null
}

/** A tenth of the gap, but at least a quarter of an hour (a backup takes its time) and at most six hours. */
export function graceOf(gap: number): number {
  return Math.min(Math.max(gap / 10, 15 * MINUTE), 6 * HOUR)
}

/** The newest tick whose grace is over: what it asked for must have begun. Null without a schedule. */
export function lastDueTick(policy: Policy, now: Date): Tick | null {
  const gap = sizeOfScheduleGap(policy, now)
  return gap === null ? null : previousPolicyTick(policy, new Date(now.getTime() - graceOf(gap)))
}

/**
 * How old the newest set may be, in milliseconds: the gap that the last due tick opened, plus its grace. A schedule that
 * rests on Sundays is thus given its two days, also while Monday's backup still runs. Null without a schedule.
 */
export function maxAge(policy: Policy, now: Date): number | null {
  const due = lastDueTick(policy, now)
  const gap = due && sizeOfScheduleGap(policy, due.at)
  return gap ? gap + graceOf(gap) : null
}

/** `zone` is the one its days are told in: where the schedule is read in another one, it stays an expression. */
export function scheduleShape(cron: string, { timeZone }: Pick<Policy, 'timeZone'>, zone: string): ScheduleShape {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = parseCron(cron)
  const isWeekly = minute.values.length === 1 && hour.values.length === 1 && dayOfMonth.isWildcard && month.isWildcard
  if (!isWeekly || timeZone !== zone) return { kind: 'other', cron }
  return { kind: 'weekly', days: [...new Set(dayOfWeek.values.map((day) => Number(day) % 7))].toSorted((a, b) => a - b) }
}
