import { describe, expect, it } from 'vitest'
import { type DayContext, dateOrder } from '@/lib/restore/moment/day/rules'
import { readPhrase } from '@/lib/restore/moment/phrase/rules'

/** Saturday 22 November 2025, 17:15:34 in Lagos, one hour before UTC */
const context: DayContext = {
  zone: 'Africa/Lagos', now: new Date('2025-11-22T16:15:34.700Z'), day: '2025-11-20', order: 'day-first', locale: 'en',
}
const read = (text: string, part: Partial<DayContext> = {}) => {
  const outcome = readPhrase(text, { ...context, ...part })
  return 'phrase' in outcome ? outcome.phrase.at : outcome.refusal.code
}

describe('what is read', () => {
  it.each([
    // ISO 8601, with and without an offset
    ['2025-11-22T14:03:21+01:00', '2025-11-22T13:03:21Z'],
    ['2025-11-22T13:03:21Z', '2025-11-22T13:03:21Z'],
    ['2025-11-22T13:03:21.123456Z', '2025-11-22T13:03:21.123456Z'],
    ['2025-11-22 14:03:21', '2025-11-22T13:03:21Z'],
    ['20251122T140321Z', '2025-11-22T14:03:21Z'],
    ['20251122T1403', '2025-11-22T13:03:00Z'],
    // As logs write it
    ['2025-11-22 13:03:21.412 UTC', '2025-11-22T13:03:21.412Z'],
    ['Sat, 22 Nov 2025 13:03:21 GMT', '2025-11-22T13:03:21Z'],
    ['22 Nov 2025 14:03 +0100', '2025-11-22T13:03:00Z'],
    ['22 Nov 2025 14:03 UTC+1', '2025-11-22T13:03:00Z'],
    // A time alone: on the day that is looked at
    ['14:03:21', '2025-11-20T13:03:21Z'],
    ['14:03:21.5', '2025-11-20T13:03:21.5Z'],
    ['14:03:21,25', '2025-11-20T13:03:21.25Z'],
    ['9:05', '2025-11-20T08:05:00Z'],
    ['2pm', '2025-11-20T13:00:00Z'],
    ['2 p.m.', '2025-11-20T13:00:00Z'],
    ['12am', '2025-11-19T23:00:00Z'],
    ['12:30 pm', '2025-11-20T11:30:00Z'],
    ['14h03', '2025-11-20T13:03:00Z'],
    ['14:03Z', '2025-11-20T14:03:00Z'],
    // Days by name
    ['today 14:03', '2025-11-22T13:03:00Z'],
    ['yesterday 14:03', '2025-11-21T13:03:00Z'],
    ['yesterday at 2:03 pm', '2025-11-21T13:03:00Z'],
    ['14:03 yesterday', '2025-11-21T13:03:00Z'],
    ['the day before yesterday 14:03', '2025-11-20T13:03:00Z'],
    ['Monday 14:03', '2025-11-17T13:03:00Z'],
    ['on Thurs at 9:00', '2025-11-20T08:00:00Z'],
    ['Saturday 14:03', '2025-11-22T13:03:00Z'],
    ['Saturday 18:00', '2025-11-15T17:00:00Z'],
    ['last Saturday 14:03', '2025-11-15T13:03:00Z'],
    // Dates, the year left out or not
    ['22/11/2025 14:03', '2025-11-22T13:03:00Z'],
    ['22/11/25 14:03', '2025-11-22T13:03:00Z'],
    ['22.11.2025 14:03', '2025-11-22T13:03:00Z'],
    ['22.11. 14:03', '2025-11-22T13:03:00Z'],
    ['22/11 2pm', '2025-11-22T13:00:00Z'],
    ['24/11 2pm', '2024-11-24T13:00:00Z'],
    ['2025/11/22 14:03', '2025-11-22T13:03:00Z'],
    ['22 Nov 2025 14:03', '2025-11-22T13:03:00Z'],
    ['22nd November 14:03', '2025-11-22T13:03:00Z'],
    ['Nov 22, 2:03 pm', '2025-11-22T13:03:00Z'],
    ['Nov 22, 2025, 2:03:21 PM', '2025-11-22T13:03:21Z'],
    ['November 22 2025 at 14:03', '2025-11-22T13:03:00Z'],
    ['Sat 22 Nov 14:03:21', '2025-11-22T13:03:21Z'],
    ['31 Dec 23:59', '2024-12-31T22:59:00Z'],
    // Spans
    ['2 hours ago', '2025-11-22T14:15:34Z'],
    ['an hour ago', '2025-11-22T15:15:34Z'],
    ['90 min ago', '2025-11-22T14:45:34Z'],
    ['3 h 12 min ago', '2025-11-22T13:03:34Z'],
    ['1 hour and 30 minutes ago', '2025-11-22T14:45:34Z'],
    ['1.5h ago', '2025-11-22T14:45:34Z'],
    ['30s ago', '2025-11-22T16:15:04Z'],
    ['2 days ago', '2025-11-20T16:15:34Z'],
    ['a week ago', '2025-11-15T16:15:34Z'],
    ['now', '2025-11-22T16:15:34Z'],
  ])('%s', (text, at) => expect(read(text)).toBe(at))
})

describe('what is not', () => {
  it.each([
    ['', 'unreadable'],
    ['soon', 'unreadable'],
    ['14', 'unreadable'],
    ['14:03 WAT', 'unreadable'],
    ['sometime 14:03', 'unreadable'],
    ['2 fortnights ago', 'unreadable'],
    ['ago', 'unreadable'],
    ['14:03 15:04', 'unreadable'],
    ['13pm', 'impossible'],
    ['25:00', 'impossible'],
    ['31 Nov 14:03', 'impossible'],
    ['13/13 14:03', 'impossible'],
    ['Sunday 22 Nov 2025 14:03', 'impossible'],
    ['14:03 +20:00', 'impossible'],
    ['22 Nov 2025', 'date-only'],
    ['yesterday', 'date-only'],
    ['2025-11-22', 'date-only'],
    ['99999999999 days ago', 'impossible'],
  ])('%s: %s', (text, code) => expect(read(text)).toBe(code))

  it('a day alone tells which', () => expect(readPhrase('22 Nov', context)).toEqual({ refusal: { code: 'date-only' }, day: '2025-11-22' }))

  it('a time alone needs a day', () => expect(read('14:03', { day: null })).toBe('no-date'))
})

describe('what was assumed is told', () => {
  it.each([
    ['22 Nov 2025 14:03', 'zone'],
    ['yesterday 14:03', 'zone'],
    ['2 days ago', 'span'],
    ['2 hours ago', 'span'],
    ['22 Nov 2025 14:03Z', 'offset'],
    ['2025-11-22T14:03:21+01:00', 'offset'],
  ])('%s is read by its %s', (text, by) => expect(readPhrase(text, context)).toMatchObject({ phrase: { by } }))

  it.each([
    ['3/12/2024 14:03', 'day-first', '2024-12-03T13:03:00Z', 'day-first'],
    ['3/12/2024 14:03', 'month-first', '2024-03-12T13:03:00Z', 'month-first'],
    ['13/12/2024 14:03', 'month-first', '2024-12-13T13:03:00Z', null],
    ['12/13/2024 14:03', 'day-first', '2024-12-13T13:03:00Z', null],
    ['3/3/2024 14:03', 'month-first', '2024-03-03T13:03:00Z', null],
  ] as const)('%s where a shop writes %s', (text, order, at, told) => {
    expect(readPhrase(text, { ...context, order })).toMatchObject({ phrase: { at, order: told } })
  })

  it.each([['dd/MM/yyyy', 'day-first'], ['MM/dd/yyyy', 'month-first'], ['yyyy-MM-dd', 'month-first'], ['dd.MM.yyyy', 'day-first']])(
    '%s is %s', (format, order) => expect(dateOrder(format)).toBe(order))
})

describe('where the clocks change', () => {
  const berlin = { zone: 'Europe/Berlin', now: new Date('2025-11-22T16:15:34Z') }

  it('a skipped time is none', () => {
    expect(readPhrase('30 March 2:30', { ...context, ...berlin })).toMatchObject({ refusal: { code: 'skipped' }, day: '2025-03-30' })
  })

  it('a repeated one is asked for', () => {
    expect(readPhrase('26 Oct 2:30 am', { ...context, ...berlin })).toMatchObject({
      refusal: { code: 'repeated', earlier: '2025-10-26T00:30:00Z', later: '2025-10-26T01:30:00Z' }, day: '2025-10-26',
    })
  })

  it('a day back is the same time of day', () => {
    expect(read('1 day ago', { zone: 'Europe/Berlin', now: new Date('2025-10-26T11:00:00Z') })).toBe('2025-10-25T10:00:00Z')
  })
})

it('months in the words of the locale', () => expect(read('22. November 2025 14:03', { locale: 'de' })).toBe('2025-11-22T13:03:00Z'))
it('weekdays in the words of the locale', () => expect(read('Montag 14:03', { locale: 'de' })).toBe('2025-11-17T13:03:00Z'))
