/** What people write for a moment: "yesterday 14:03", "24/11 2pm", "Nov 22, 2:03 pm", "2 hours ago", or ISO 8601. */
import { toWallClock } from '@/lib/format/zone'
import { type DateOrder, type DayContext, keyOf, readDay } from '../day/rules'
import { type MomentOutcome, type MomentRefusal, parseMoment } from '../rules'

export type Phrase = {
  /** UTC, up to microseconds */
  at: string
  /** On the wall clock of the zone, by the offset it names, or counted back from now */
  by: 'zone' | 'offset' | 'span'
  /** Set where only the shop's way of writing dates decided which number is the day */
  order: DateOrder | null
}
export type PhraseRefusal = MomentRefusal | { code: 'no-date' }
/** `day`: what the text says of it, where the time is what is wrong or missing. */
export type PhraseOutcome = { phrase: Phrase } | { refusal: PhraseRefusal; day: string | null }

const DAY = 86_400_000
const TIME = new RegExp(
  String.raw`(?<![\d:./-])(\d{1,2})(?:[:h](\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(?:\s*([ap])\.?m\b\.?)?`
  + String.raw`(?:\s*(z|(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?|utc|gmt)(?![\w:./-]))?(?=\s|$)`, 'g')
const COMPACT = /^(\d{4})(\d\d)(\d\d)[t ]?(\d\d)(\d\d)(\d\d)?\s*(z|[+-]\d\d(?::?\d\d)?)?$/

export function readPhrase(text: string, context: DayContext): PhraseOutcome {
  if (text.trim() === '') return refuse('unreadable')
  const iso = parseMoment(text, context.zone)
  if ('moment' in iso || iso.refusal.code !== 'unreadable') return toOutcome(iso, null, text.trim().slice(0, 10))
  const plain = plainOf(text)
  const compact = COMPACT.exec(plain)
  if (compact) {
    const [, year, month, day, hour, minute, second = '00', offset = ''] = compact
    return toOutcome(parseMoment(`${year}-${month}-${day} ${hour}:${minute}:${second}${offset}`, context.zone), null, `${year}-${month}-${day}`)
  }
  return readAgo(plain, context) ?? readDayAndTime(plain, context)
}

/** One line of small letters, without what changes nothing. */
function plainOf(text: string): string {
  return text.trim().toLowerCase().replaceAll(/,(?!\d)|\b(at|on|the)\b/g, ' ').replaceAll(/(\d)t(?=\d)/g, '$1 ').replaceAll(/\s+/g, ' ').trim()
}

function toOutcome(outcome: MomentOutcome, order: DateOrder | null, day: string | null): PhraseOutcome {
  if ('refusal' in outcome) return { refusal: outcome.refusal, day: outcome.refusal.code === 'impossible' ? null : day }
  return { phrase: { at: outcome.moment.at, by: outcome.moment.assumedZone === null ? 'offset' : 'zone', order } }
}

function refuse(code: 'unreadable' | 'impossible' | 'no-date'): PhraseOutcome {
  return { refusal: { code }, day: null }
}

const SPANS: readonly [RegExp, number][] = [
  [/^s(ec(ond)?s?)?$/, 1_000], [/^m(in(ute)?s?)?$/, 60_000], [/^h((ou)?rs?)?$/, 3_600_000], [/^d(ays?)?$/, DAY], [/^w((ee)?ks?)?$/, 7 * DAY],
]

/** Days and weeks are the zone's own: the same time of day, whatever its clocks did since. */
function readAgo(plain: string, { zone, now }: DayContext): PhraseOutcome | null {
  const [, told] = /^(.+) ago$/.exec(plain) ?? []
  if (plain !== 'now' && told === undefined) return null
  const span = spanOf(told ?? '')
  if (!span) return refuse('unreadable')
  const wall = new Date(toWallClock(now, zone).getTime() - span.days)
  if (Number.isNaN(wall.getTime())) return refuse('impossible')
  const day = parseMoment(wall.toISOString().slice(0, 19), zone)
  if (span.days > 0 && 'refusal' in day) return toOutcome(day, null, keyOf(wall))
  const from = span.days > 0 && 'moment' in day ? Date.parse(day.moment.at) : now.getTime()
  const at = new Date(Math.floor((from - span.rest) / 1_000) * 1_000)
  if (Number.isNaN(at.getTime())) return refuse('impossible')
  return { phrase: { at: at.toISOString().replace('.000Z', 'Z'), by: 'span', order: null } }
}

/** "3 h 12 min" in milliseconds, whole days apart from the rest. */
function spanOf(text: string): { days: number; rest: number } | null {
  const parts = [...text.matchAll(/(\d+(?:[.,]\d+)?|an?)\s*([a-z]+)(?:\s+and)?\s*/g)]
  if (parts.map(([part]) => part).join('') !== text) return null
  const span = { days: 0, rest: 0 }
  for (const [, amount = '', name = ''] of parts) {
    const unit = SPANS.find(([shape]) => shape.test(name))?.[1]
    if (!unit) return null
    const total = (amount.startsWith('a') ? 1 : Number(amount.replace(',', '.'))) * unit
    span[unit >= DAY && total % DAY === 0 ? 'days' : 'rest'] += total
  }
  return span
}

function readDayAndTime(plain: string, context: DayContext): PhraseOutcome {
  // A bare number is no time: it needs minutes, or am and pm.
  const match = [...plain.matchAll(TIME)].find(([, , minute, , , half]) => minute !== undefined || half !== undefined)
  const rest = match ? `${plain.slice(0, match.index)} ${plain.slice(match.index + match[0].length)}`.replaceAll(/\s+/g, ' ').trim() : plain
  const time = match ? timeOf(match) : null
  const day = readDay(rest, context, time)
  if ('code' in day) return refuse(day.code)
  if (!match) return { refusal: { code: 'date-only' }, day: day.key }
  if (!time) return { refusal: { code: 'impossible' }, day: day.key }
  return toOutcome(parseMoment(`${day.key} ${time}`, context.zone), day.order, day.key)
}

/** "02:03:00.5+01:00"; null for 13 pm. */
function timeOf([, hour = '', minute = '00', second = '00', fraction, half, zone = '']: RegExpExecArray): string | null {
  const told = Number(hour)
  if (half && (told < 1 || told > 12)) return null
  const hours = half ? (told % 12) + (half === 'p' ? 12 : 0) : told
  const [, sign, hoursAway = '', minutesAway = '00'] = /([+-])(\d\d?)(?::?(\d\d))?$/.exec(zone) ?? []
  const offset = sign ? `${sign}${hoursAway.padStart(2, '0')}:${minutesAway}` : zone && 'Z'
  return `${String(hours).padStart(2, '0')}:${minute}:${second}${fraction ? `.${fraction}` : ''}${offset}`
}
