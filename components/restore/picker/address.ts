/** The chosen point in the address: a reload, a bookmark, a shared link all show the same. */
import { createParser, type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral, throttle } from 'nuqs'
import { parseMoment } from '@/lib/restore/moment/rules'
import { targetTypes } from '@/lib/restore/schema'

/** UTC, up to microseconds; what names no offset is taken for UTC */
const parseAsMoment = createParser({
  parse: (text) => {
    const outcome = parseMoment(text, 'UTC')
    return 'moment' in outcome ? outcome.moment.at : null
  },
  serialize: (at: string) => at,
})

/** `by` is the kind of target; each kind keeps its own value while another one is looked at. */
export const targetParams = {
  at: parseAsMoment,
  by: parseAsStringLiteral(targetTypes),
  /** "1/20261122-010003F": repository and label */
  set: parseAsString,
  name: parseAsString,
  xid: parseAsString,
  lsn: parseAsString,
  /** A branch that a restore left */
  timeline: parseAsInteger,
  /** Null is the shop's */
  zone: parseAsString,
}
export type TargetParams = inferParserType<typeof targetParams>

/** Browsers take no more changes of the address than this. */
export const addressOptions = { limitUrlUpdates: throttle(120), shallow: true, scroll: false } as const

/** A link that names a set alone means that set. */
export function kindOf({ by, set }: Pick<TargetParams, 'by' | 'set'>): (typeof targetTypes)[number] {
  return by ?? (set ? 'set' : 'time')
}

/** "2026-11-24T13:03:21Z", with a fraction only where there is one. */
export function momentText(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z')
}
