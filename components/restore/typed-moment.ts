import { isTimeZone, toWallClock } from '@/lib/format/zone'
import { type MomentRefusal, parseMoment } from '@/lib/restore/moment/rules'

/** A moment as it stands in the fields. */
export type TypedMoment = {
  /** "2026-11-24", or nothing */
  date: string
  time: string
  zone: string
  /** Which one was meant where the clocks went back over it, UTC */
  pick: string | null
}

export type MomentProblem = MomentRefusal | { code: 'no-date' } | { code: 'no-time' } | { code: 'zone-unknown' }
export type MomentRead = { at: string } | { problem: MomentProblem }

/** Somebody may write the whole moment where the time belongs. */
const WHOLE = /^\s*(\d{4}-\d\d-\d\d)[T ]+(\S.*?)\s*$/i

export function readMoment({ date, time, zone, pick }: TypedMoment): MomentRead {
  if (!isTimeZone(zone)) return { problem: { code: 'zone-unknown' } }
  if (time.trim() === '') return { problem: { code: 'no-time' } }
  if (!WHOLE.test(time) && date === '') return { problem: { code: 'no-date' } }
  const outcome = parseMoment(WHOLE.test(time) ? time : `${date} ${twoDigits(time)}`, zone)
  if ('moment' in outcome) return { at: outcome.moment.at }
  const { refusal } = outcome
  const isPicked = refusal.code === 'repeated' && pick !== null && [refusal.earlier, refusal.later].includes(pick)
  return isPicked ? { at: pick } : { problem: refusal }
}

/** A whole moment out of the field for the time, into both fields, as the zone's wall clock shows it. */
export function spread(typed: TypedMoment): TypedMoment {
  const [, date = '', time = ''] = WHOLE.exec(typed.time) ?? []
  if (date === '' || !isTimeZone(typed.zone)) return typed
  const outcome = parseMoment(typed.time, typed.zone)
  if ('moment' in outcome) return momentFields(outcome.moment.at, typed.zone)
  const isOfTheZone = outcome.refusal.code === 'repeated' || outcome.refusal.code === 'skipped'
  return isOfTheZone ? { ...typed, date, time, pick: null } : typed
}

/** `at`: UTC, up to microseconds. */
export function momentFields(at: string, zone: string): TypedMoment {
  const wall = toWallClock(new Date(at), zone).toISOString()
  const fraction = /\.\d+/.exec(at)?.[0] ?? ''
  return { date: wall.slice(0, 10), time: wall.slice(11, 19) + fraction, zone, pick: at }
}

/** "9:05" is 09:05. */
function twoDigits(time: string): string {
  return time.trim().replace(/^\d(?=:)/, '0$&')
}
