import { type BackupType, type FailureCode, backupTypes } from '@/lib/jobs/schema'
import { fromWallClock, toWallClock } from '@/lib/format/zone'
import { type Tick, expectedTicks, graceOf, nextPolicyTick } from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'
import type { Strip, StripDay, StripNote } from '../schema'

const DAY = 86_400_000
const STRIP_DAYS = 30
/** One day more than is shown: the first day began in it, in any zone. */
export const STRIP_WINDOW_MS = (STRIP_DAYS + 1) * DAY

type StripSet = { type: BackupType; startedAt: Date; stoppedAt: Date }
/** A backup job that made no set: failed, or cancelled where `failure` is null. */
export type StripAttempt = { jobId: string; startedAt: Date; failure: FailureCode | null }

export type StripFacts = {
  /** What the policy asked for, in order, and the one tick that comes next */
  ticks: readonly Tick[]
  /** Everything that was made, expired or not, in order of its end */
  sets: readonly StripSet[]
  attempts: readonly StripAttempt[]
  running: { since: Date; type: BackupType } | null
  /** Since when the stanza is looked after */
  since: Date
}

/** Everything the policy asked for in the strip's window, since it holds, and the next it will ask for. */
export function stripTicks(policy: Policy | null, since: Date, now: Date): Tick[] {
  if (!policy) return []
  const begin = [now.getTime() - STRIP_WINDOW_MS, since.getTime(), policy.since ? Date.parse(policy.since) : 0]
  const next = nextPolicyTick(policy, now)
  return [...expectedTicks(policy, new Date(Math.max(...begin)), now), ...(next ? [next] : [])]
}

/** The last 30 days in the shop's zone: what each brought, and a note for each that was not as planned. The worst run wins. */
export function dayStrip(facts: StripFacts, now: Date, timeZone: string): Strip {
  const dayOf = (date: Date) => toWallClock(date, timeZone).toISOString().slice(0, 10)
  const { due, missed } = outcomesOf(facts, now)
  const notes = new Map([...missed.toReversed(), ...failuresByDay(facts, dayOf)].map((note) => [dayOf(note.at), note]))
  const days = lastDays(dayOf(now))
  const planned = new Set(due.map(({ at }) => dayOf(at)).filter((day) => days.includes(day)))
  const shown = [...notes].filter(([day]) => days.includes(day)).map(([, note]) => note)
  return {
    days: toDays(days, facts, notes, dayOf).map((day, index) => ({ at: noonOf(days[index] ?? '', timeZone), ...day })),
    planned: planned.size,
    kept: [...planned].filter((day) => !notes.has(day)).length,
    notes: shown.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  }
}

function lastDays(today: string): string[] {
  const back = (days: number) => new Date(Date.parse(today) - days * DAY).toISOString().slice(0, 10)
  return Array.from({ length: STRIP_DAYS }, (_, index) => back(STRIP_DAYS - 1 - index))
}

function noonOf(day: string, timeZone: string): Date {
  return new Date(fromWallClock(Date.parse(`${day}T12:00Z`), timeZone)[0] ?? Number.NaN)
}

/** Each tick owns the time until the next one: what began in it, and in time, answered the tick. */
function outcomesOf({ ticks, sets, attempts, running }: StripFacts, now: Date): { due: Tick[]; missed: StripNote[] } {
  const due: Tick[] = []
  const missed: StripNote[] = []
  for (const [index, { at, type }] of ticks.entries()) {
    const next = ticks[index + 1]
    const latest = next && at.getTime() + graceOf(next.at.getTime() - at.getTime())
    if (!latest || now.getTime() < latest) continue
    due.push({ at, type })
    // As numbers: comparing Dates is slow, and this is asked of every set for every tick.
    const [begin, end] = [at.getTime(), next.at.getTime()]
    const isAnswer = (began: Date) => began.getTime() >= begin && began.getTime() < end
    const set = sets.find((made) => (type !== 'full' || made.type === 'full') && isAnswer(made.startedAt))
    const tried = attempts.filter(({ startedAt }) => isAnswer(startedAt))
    const isRunning = running && isAnswer(running.since)
    if ((set && set.startedAt.getTime() <= latest) || isRunning || tried.some(({ failure }) => failure)) continue
    const [cancelled] = tried
    const goodAt = set?.stoppedAt ?? null
    missed.push({ state: cancelled ? 'cancelled' : 'missed', at, failure: null, jobId: cancelled?.jobId ?? null, goodAt })
  }
  return { due, missed }
}

/** One note a day: the first failure, and the set that followed the last. */
function failuresByDay({ attempts, sets }: StripFacts, dayOf: DayOf): StripNote[] {
  const days = new Map<string, { first: StripAttempt; last: StripAttempt }>()
  for (const attempt of attempts.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())) {
    if (!attempt.failure) continue
    const day = dayOf(attempt.startedAt)
    days.set(day, { first: days.get(day)?.first ?? attempt, last: attempt })
  }
  return [...days.values()].map(({ first: { startedAt, failure, jobId }, last }) => {
    const goodAt = sets.find((set) => set.startedAt.getTime() > last.startedAt.getTime())?.stoppedAt ?? null
    return { state: 'failed', at: startedAt, failure, jobId, goodAt }
  })
}

type DayOf = (date: Date) => string

type Judged = Omit<StripDay, 'at'>

function toDays(days: string[], { sets, running, since }: StripFacts, notes: Map<string, StripNote>, dayOf: DayOf): Judged[] {
  const made = new Set(sets.map((set) => `${set.type} ${dayOf(set.startedAt)}`))
  const [today, begin] = [running && dayOf(running.since), dayOf(since)]
  return days.map((day) => {
    const note = notes.get(day)
    const type = backupTypes.find((candidate) => made.has(`${candidate} ${day}`)) ?? null
    if (note?.state === 'failed') return { state: 'failed', type }
    if (note?.state === 'missed' || (note && !type)) return { state: 'missed', type }
    if (running && today === day) return { state: 'running', type: running.type }
    if (type) return { state: 'backed-up', type }
    return { state: day < begin ? 'before' : 'none', type: null }
  })
}
