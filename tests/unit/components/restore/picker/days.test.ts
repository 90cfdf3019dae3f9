import { describe, expect, it } from 'vitest'
import { dateOf, daysOf, keyOf, lastSecondOf, notesOf } from '@/components/restore/picker/days'
import type { DayCoverage } from '@/lib/restore/calendar/rules'

const whole: DayCoverage = { parts: [{ from: 0, to: 1, state: 'whole' }], isReachable: true }
const missing: DayCoverage = { parts: [{ from: 0, to: 1, state: 'missing' }], isReachable: false, reason: 'in-gap' }
const part: DayCoverage = {
  parts: [{ from: 0, to: 0.5, state: 'whole' }, { from: 0.5, to: 1, state: 'missing' }], isReachable: true, reason: 'in-gap',
}
const future: DayCoverage = { parts: [], isReachable: false, reason: 'in-future' }

describe('the days of a calendar', () => {
  it.each(['2026-11-24', '2024-02-29', '2025-03-30', '2025-10-26'])('%s comes back', (key) => {
    const date = dateOf(key)
    expect(date && keyOf(date)).toBe(key)
  })

  it('nothing is no day', () => expect(dateOf('')).toBeUndefined())

  it('are those of the month', () => {
    const days = daysOf(new Date(2024, 1, 10))
    expect([days.length, days[0], days.at(-1)]).toEqual([29, '2024-02-01', '2024-02-29'])
  })
})

describe('what stands under a month', () => {
  const day = (n: number, coverage: DayCoverage) => ({ key: `2025-11-${String(n).padStart(2, '0')}`, coverage })

  it('is nothing where all can be restored', () => expect(notesOf([day(1, whole), day(2, whole)])).toEqual([]))

  it('tells runs of days, apart from days in part', () => {
    const days = [day(5, whole), day(6, part), day(7, missing), day(8, missing), day(9, part), day(12, missing), day(23, future), day(24, future)]
    expect(notesOf(days)).toEqual([
      {
        code: 'in-gap',
        runs: [['2025-11-07', '2025-11-08'], ['2025-11-12', '2025-11-12']],
        parts: [['2025-11-06', '2025-11-06'], ['2025-11-09', '2025-11-09']],
      },
      { code: 'in-future', runs: [['2025-11-23', '2025-11-24']], parts: [] },
    ])
  })
})

describe('the last second of a day', () => {
  const last = (coverage: DayCoverage) => lastSecondOf('2025-11-24', 'Africa/Lagos', coverage)?.toISOString()

  it('is the end of it', () => expect(last(whole)).toBe('2025-11-24T22:59:59.000Z'))
  it('or the last before what is missing', () => expect(last(part)).toBe('2025-11-24T10:59:59.000Z'))
  it('or the newest that is archived', () => {
    const tail = { parts: [{ from: 0, to: 0.5 + 0.5 / 86_400, state: 'whole' as const }], isReachable: true }
    expect(last(tail)).toBe('2025-11-24T11:00:00.000Z')
  })
  it('or none', () => expect(last(missing)).toBeUndefined())
})
