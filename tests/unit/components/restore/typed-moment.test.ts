import { describe, expect, it } from 'vitest'
import { type ReadingContext, type TypedMoment, momentFields, readMoment as read, spread as spreadOver } from '@/components/restore/typed-moment'

const LAGOS = 'Africa/Lagos'
const BERLIN = 'Europe/Berlin'
const context: ReadingContext = { now: new Date('2026-11-24T16:15:34Z'), order: 'day-first', locale: 'en' }
const readMoment = (typed: TypedMoment) => read(typed, context)
const spread = (typed: TypedMoment) => spreadOver(typed, context)
const typed = (part: Partial<TypedMoment>): TypedMoment => ({ date: '2026-11-24', time: '', zone: LAGOS, pick: null, ...part })

describe('reading the fields', () => {
  it.each([
    ['14:03', '2026-11-24T13:03:00Z'],
    ['14:03:21', '2026-11-24T13:03:21Z'],
    ['14:03:21.5', '2026-11-24T13:03:21.5Z'],
    [' 9:05 ', '2026-11-24T08:05:00Z'],
    ['2pm', '2026-11-24T13:00:00Z'],
  ])('%s', (time, at) => {
    expect(readMoment(typed({ time }))).toEqual({ at, told: null })
  })

  it.each([
    ['2026-11-23T14:03:21+02:00', '2026-11-23T12:03:21Z', { by: 'offset', order: null }],
    ['2026-11-23 14:03', '2026-11-23T13:03:00Z', { by: 'zone', order: null }],
    ['yesterday 14:03', '2026-11-23T13:03:00Z', { by: 'zone', order: null }],
    ['3/11 14:03', '2026-11-03T13:03:00Z', { by: 'zone', order: 'day-first' }],
    ['2 hours ago', '2026-11-24T14:15:34Z', { by: 'span', order: null }],
  ])('%s, and how it was read', (time, at, told) => {
    expect(readMoment(typed({ time }))).toEqual({ at, told })
  })

  it('takes any zone', () => {
    expect(readMoment(typed({ time: '14:03', zone: 'Asia/Kathmandu' }))).toMatchObject({ at: '2026-11-24T08:18:00Z' })
  })

  it.each([
    [{ time: '14:03', zone: 'Africa/Lagoon' }, 'zone-unknown'],
    [{ time: '  ' }, 'no-time'],
    [{ time: '14:03', date: '' }, 'no-date'],
    [{ time: 'noon' }, 'unreadable'],
    [{ time: '25:00' }, 'impossible'],
  ])('%o is %s', (part, code) => {
    expect(readMoment(typed(part))).toMatchObject({ problem: { code } })
  })

  it('asks which one where the clocks went back, and takes the answer', () => {
    const repeated = typed({ date: '2026-10-25', time: '02:30', zone: BERLIN })
    expect(readMoment(repeated)).toEqual({
      problem: { code: 'repeated', zone: BERLIN, earlier: '2026-10-25T00:30:00Z', later: '2026-10-25T01:30:00Z' },
    })
    expect(readMoment({ ...repeated, pick: '2026-10-25T01:30:00Z' })).toMatchObject({ at: '2026-10-25T01:30:00Z' })
    expect(readMoment({ ...repeated, pick: '2026-10-25T01:31:00Z' })).toMatchObject({ problem: { code: 'repeated' } })
  })
})

describe('a whole moment where the time belongs', () => {
  it('goes into both fields, on the wall clock of the zone shown', () => {
    expect(spread(typed({ time: '2026-11-23T23:30:00.125Z' }))).toEqual(
      { date: '2026-11-24', time: '00:30:00.125', zone: LAGOS, pick: '2026-11-23T23:30:00.125Z' })
  })

  it('knows which of the two hours was meant when the offset says it', () => {
    const pasted = spread(typed({ time: '2026-10-25T02:30:00+01:00', zone: BERLIN }))
    expect(pasted).toMatchObject({ date: '2026-10-25', time: '02:30:00' })
    expect(readMoment(pasted)).toMatchObject({ at: '2026-10-25T01:30:00Z' })
  })

  it('without an offset is split as it stands where the zone makes it doubtful', () => {
    const parts = { date: '2026-10-25', time: '02:30:00', pick: null }
    expect(spread(typed({ time: '2026-10-25 02:30', zone: BERLIN }))).toMatchObject(parts)
  })

  it('a day alone goes where days belong', () => {
    expect(spread(typed({ time: '20 Nov' }))).toMatchObject({ date: '2026-11-20', time: '' })
  })

  it('leaves alone what it cannot read, and a plain time', () => {
    const times = ['14:03:21', '2026-11-23 noon', '2026-02-30 10:00']
    expect(times.map((time) => spread(typed({ time })).time)).toEqual(times)
  })
})

const moments = ['2026-11-24T13:03:21Z', '2026-11-24T13:03:21.123456Z', '2026-10-25T01:30:00Z']
it.each(moments)('%s comes back from its fields', (at) => {
  expect(readMoment(momentFields(at, BERLIN))).toEqual({ at, told: null })
})
