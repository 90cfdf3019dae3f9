/** What people type as a time: ISO 8601, with an offset or on the wall clock of the shop's zone. */
import { fromWallClock, isTimeZone, toWallClock } from '@/lib/format/zone'

export type Moment = {
  /** UTC, up to microseconds, as `momentSchema` wants it */
  at: string
  /** The zone it was read in, where the text named no offset */
  assumedZone: string | null
}

/** Words: messages/<locale>/restore.json, `moments`. Instants in UTC. */
export type MomentRefusal =
  | { code: 'unreadable' }
  /** A day is no moment */
  | { code: 'date-only' }
  /** 30 February, 25:00, an offset of 20 hours */
  | { code: 'impossible' }
  /** The clocks went forward over it: as far before and after the change */
  | { code: 'skipped'; zone: string; before: string; after: string }
  /** The clocks went back: it was that time twice */
  | { code: 'repeated'; zone: string; earlier: string; later: string }

export type MomentOutcome = { moment: Moment } | { refusal: MomentRefusal }

const SHAPE = /^(\d{4}-\d\d-\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?)?$/i
const MINUTE = 60_000
/** The farthest any zone was from UTC */
const MOST_MINUTES = 16 * 60

/** Digits beyond microseconds are cut: PostgreSQL knows none. */
export function parseMoment(text: string, timeZone: string): MomentOutcome {
  const match = SHAPE.exec(text.trim())
  if (!match) return { refusal: { code: 'unreadable' } }
  const [, date = '', hour, minute, second = '00', fraction = '', offset] = match
  if (hour === undefined) return { refusal: { code: isDate(date) ? 'date-only' : 'impossible' } }
  const wall = Date.parse(`${date}T${hour}:${minute}:${second}Z`)
  const away = offset === undefined ? null : minutesOf(offset)
  if (!isDate(date) || Number.isNaN(wall) || hour === '24' || Number.isNaN(away)) return { refusal: { code: 'impossible' } }
  const toText = (instant: number) => momentText(instant, fraction.slice(0, 6))
  if (away !== null) return { moment: { at: toText(wall - away * MINUTE), assumedZone: null } }
  return onWallClock(wall, isTimeZone(timeZone) ? timeZone : 'UTC', toText)
}

function onWallClock(wall: number, zone: string, toText: (instant: number) => string): MomentOutcome {
  const [first = wall, second] = fromWallClock(wall, zone)
  if (second !== undefined) return { refusal: { code: 'repeated', zone, earlier: toText(first), later: toText(second) } }
  const moved = toWallClock(new Date(first), zone).getTime() - wall
  if (moved !== 0) return { refusal: { code: 'skipped', zone, before: toText(first - moved), after: toText(first) } }
  return { moment: { at: toText(first), assumedZone: zone } }
}

/** Date.parse takes 31 February for 3 March. */
function isDate(date: string): boolean {
  const instant = new Date(`${date}T00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date)
}

/** Minutes east of UTC; NaN for what no zone ever was. */
function minutesOf(offset: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(offset) ?? []
  const total = Number(hours) * 60 + Number(minutes)
  if (Number(minutes) > 59 || total > MOST_MINUTES) return Number.NaN
  return sign === '-' ? -total : total
}

function momentText(instant: number, fraction: string): string {
  const seconds = new Date(instant).toISOString().slice(0, 19)
  return fraction === '' ? `${seconds}Z` : `${seconds}.${fraction}Z`
}
