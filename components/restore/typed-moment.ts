import { isTimeZone, toWallClock } from '@/lib/format/zone'
import type { DayContext } from '@/lib/restore/moment/day/rules'
import { type Phrase, type PhraseOutcome, type PhraseRefusal, readPhrase } from '@/lib/restore/moment/phrase/rules'

/** A moment as it stands in the fields. */
export type TypedMoment = {
  /** "2026-11-24", or nothing */
  date: string
  /** A time, or all of a moment: people paste it where the time belongs */
  time: string
  zone: string
  /** Which one was meant where the clocks went back over it, UTC */
  pick: string | null
}

export type MomentProblem = PhraseRefusal | { code: 'no-time' } | { code: 'zone-unknown' }
/** `told`: how it was read, where the field for the time held more than a time. */
export type MomentRead = { at: string; told: Omit<Phrase, 'at'> | null } | { problem: MomentProblem }

export type ReadingContext = Pick<DayContext, 'now' | 'order' | 'locale'>

export function readMoment(typed: TypedMoment, context: ReadingContext): MomentRead {
  if (!isTimeZone(typed.zone)) return { problem: { code: 'zone-unknown' } }
  if (typed.time.trim() === '') return { problem: { code: 'no-time' } }
  const outcome = outcomeOf(typed, context)
  if ('phrase' in outcome) {
    const { at, by, order } = outcome.phrase
    return { at, told: namesDay(typed, context) ? { by, order } : null }
  }
  const { refusal } = outcome
  const isPicked = refusal.code === 'repeated' && typed.pick !== null && [refusal.earlier, refusal.later].includes(typed.pick)
  return isPicked && typed.pick ? { at: typed.pick, told: null } : { problem: refusal }
}

/** A moment out of the field for the time, into both fields, as the zone's wall clock shows it. */
export function spread(typed: TypedMoment, context: ReadingContext): TypedMoment {
  if (!isTimeZone(typed.zone) || !namesDay(typed, context)) return typed
  const outcome = outcomeOf(typed, context)
  if ('phrase' in outcome) return momentFields(outcome.phrase.at, typed.zone)
  const { refusal, day } = outcome
  if (refusal.code === 'repeated') return { ...momentFields(refusal.earlier, typed.zone), pick: null }
  return refusal.code === 'date-only' && day ? { ...typed, date: day, time: '', pick: null } : typed
}

function outcomeOf({ date, time, zone }: TypedMoment, context: ReadingContext): PhraseOutcome {
  return readPhrase(time, { ...context, zone, day: date || null })
}

function namesDay({ time, zone }: TypedMoment, context: ReadingContext): boolean {
  const alone = readPhrase(time, { ...context, zone, day: null })
  return 'phrase' in alone || alone.refusal.code !== 'no-date'
}

/** `at`: UTC, up to microseconds. */
export function momentFields(at: string, zone: string): TypedMoment {
  const wall = toWallClock(new Date(at), zone).toISOString()
  const fraction = /\.\d+/.exec(at)?.[0] ?? ''
  return { date: wall.slice(0, 10), time: wall.slice(11, 19) + fraction, zone, pick: at }
}
