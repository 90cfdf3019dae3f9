import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { type ReasonContext, reasonValues } from '@/components/health/reason-values'
import { createFormat } from '@/lib/format'
import type { Reason } from '@/lib/health/schema'
import { LOCALE, messages } from '@/lib/i18n'

const onError = (error: Error) => {
  throw error
}
const t = createTranslator({ locale: LOCALE, messages, namespace: 'overview', onError })
const format = createFormat({ timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE })
const context: ReasonContext = {
  t: t as unknown as ReasonContext['t'], format, now: new Date('2026-11-24T13:26:08Z'), overview: { stanza: 'salespider', repositories: [] },
}

type Told = Extract<Reason, { code: 'disk-filling' | 'disk-low' | 'other-host' }>
type Part = 'say' | 'what' | 'check' | 'steps.1' | 'steps.2' | 'steps.3'

function say(reason: Told, part: Part): string {
  const values = { ...reasonValues(reason, context), checks: (chunks: string) => chunks }
  return t.markup(`reason.${reason.code}.${part}`, values).replaceAll('\u00a0', ' ')
}

describe('a disk that fills', () => {
  const filling: Told = {
    code: 'disk-filling', severity: 'bad', free: 7.1e9, total: 20e9, secondsLeft: 7.4 * 3_600, rate: 2.7e5, walSize: 4.2e9, waiting: 240,
  }

  it('is told with the hours that are left', () => {
    expect(say(filling, 'say')).toBe('WAL is not being archived. At this rate the shop’s disk is full in 7 hours, and the shop stops then.')
    expect(say(filling, 'check')).toBe('full in 7 hours')
    expect(say(filling, 'what')).toContain('240 segments wait, and pg_wal holds 4.2 GB. It writes up to 972 MB an hour. The disk has 7.1 GB left of 20.0 GB.')
  })

  it('is told without them where no rate is known', () => {
    const unknown: Told = { ...filling, secondsLeft: null, rate: null, walSize: null, waiting: 1 }
    expect(say(unknown, 'say')).toBe('WAL is not being archived. The shop’s disk has 7.1 GB left, and the shop stops when it is full.')
    expect(say(unknown, 'what')).toContain('cannot archive: 1 segment waits. The disk has 7.1 GB left')
  })
})

describe('a disk that is low', () => {
  const low: Told = { code: 'disk-low', severity: 'warn', free: 3.1e9, total: 60e9, secondsLeft: 3.2 * 3_600, isFull: false }

  it('is told with what an archive that stops would mean', () => {
    expect(say(low, 'say')).toBe('The shop’s disk has 3.1 GB left of 60.0 GB. If archiving stopped, it would be full in 3 hours.')
    expect(say({ ...low, secondsLeft: null }, 'say')).toBe('The shop’s disk has 3.1 GB left of 60.0 GB.')
  })

  it('is called full when it is', () => {
    const full: Told = { ...low, free: 12e6, secondsLeft: 12, isFull: true }
    expect(say(full, 'say')).toBe('The shop’s disk is full: 12.0 MB left of 60.0 GB. PostgreSQL stops when it cannot write.')
  })
})

describe('another host', () => {
  const other: Told = {
    code: 'other-host', severity: 'bad', place: 'lost', at: new Date('2026-11-24T13:25:28Z'), wal: '0000000200000001000000EB', timeline: 2, own: 1,
  }

  it.each([
    ['lost', 'The shop still runs on another host: WAL of it reached the repository 40 s ago.', 'stop it on the other host first'],
    ['apart', 'Another host runs this shop too, and archives to the same repository: WAL of it arrived 40 s ago.', 'Press Back up now, with type Full'],
    ['same', 'Another host archives as this shop, and has stored its WAL under the name', 'give it a new repository'],
  ] as const)('%s', (place, words, step) => {
    const reason = { ...other, place }
    expect(say(reason, 'say')).toContain(words)
    expect(say(reason, 'what')).toContain('0000000200000001000000EB')
    expect(say(reason, 'steps.2')).toContain(step)
  })
})
