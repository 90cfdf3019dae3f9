import { describe, expect, it } from 'vitest'
import { type FormatOptions, createFormat } from '@/lib/format'

const lagos: FormatOptions = { timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: 'en' }
const format = createFormat(lagos)
const inZone = (timeZone: string) => createFormat({ ...lagos, timeZone })
/** Units hang on their number by a no-break space; read as a plain one it is easier to compare. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('dates and times', () => {
  const at = new Date('2026-11-24T12:00:09.041Z')

  it('are those of the shop’s zone', () => {
    expect(format.dateTime(at)).toBe('24/11/2026 13:00:09')
    expect(inZone('UTC').dateTime(at)).toBe('24/11/2026 12:00:09')
    expect(inZone('Pacific/Kiritimati').dateTime(at)).toBe('25/11/2026 02:00:09')
    expect(inZone('Asia/Kathmandu').time(at)).toBe('17:45')
  })

  it('tell seconds and milliseconds on demand', () => {
    expect(format.time(at)).toBe('13:00')
    expect(format.time(at, { seconds: true })).toBe('13:00:09')
    expect(format.time(at, { millis: true })).toBe('13:00:09.041')
  })

  it.each([
    ['dd/MM/yyyy', '05/03/2026'],
    ['MM/dd/yyyy', '03/05/2026'],
    ['yyyy-MM-dd', '2026-03-05'],
    ['dd-MM-yyyy', '05-03-2026'],
    ['MM-dd-yyyy', '03-05-2026'],
  ])('follow the date format %s', (dateFormat, expected) => {
    expect(createFormat({ ...lagos, dateFormat }).date(new Date('2026-03-05T12:00:00Z'))).toBe(expected)
  })

  it.each([
    ['2026-03-04T23:05:09Z', '12:05 AM'],
    ['2026-03-05T10:59:09Z', '11:59 AM'],
    ['2026-03-05T11:00:09Z', '12:00 PM'],
    ['2026-03-05T22:59:09Z', '11:59 PM'],
  ])('follow the 12-hour clock at %s', (iso, expected) => {
    expect(createFormat({ ...lagos, timeFormat: 'hh:mm a' }).time(new Date(iso))).toBe(expected)
  })

  it('put the seconds before AM and PM', () => {
    expect(createFormat({ ...lagos, timeFormat: 'hh:mm a' }).dateTime(at)).toBe('24/11/2026 01:00:09 PM')
  })

  it('write midnight as 00:00', () => {
    expect(inZone('UTC').time(new Date('2026-03-05T00:00:00Z'))).toBe('00:00')
  })

  it('read a zone nobody knows as UTC, and say so', () => {
    const lost = inZone('Mars/Olympus')
    expect([lost.zone, lost.time(at)]).toEqual(['UTC', '12:00'])
  })

  it('name the zone as people do', () => {
    expect([format.zone, inZone('America/Argentina/Buenos_Aires').zone]).toEqual(['Lagos', 'Buenos Aires'])
  })

  it('name days and weekdays', () => {
    expect([format.day(at), format.weekday(at), format.weekday(at, 'short'), format.dayKey(at)]).toEqual([
      '24 Nov', 'Tuesday', 'Tue', '2026-11-24',
    ])
    expect(format.dayKey(new Date('2026-11-24T23:00:00Z'))).toBe('2026-11-25')
  })
})

describe('moment', () => {
  const now = new Date('2026-11-24T13:26:08Z')
  const moment = (iso: string, zone = 'Africa/Lagos') => inZone(zone).moment(new Date(iso), now)

  it.each([
    ['2026-11-23T23:00:00Z', 'Today 00:00'],
    ['2026-11-24T22:59:59Z', 'Today 23:59'],
    ['2026-11-23T22:59:59Z', 'Yesterday 23:59'],
    ['2026-11-22T23:00:00Z', 'Yesterday 00:00'],
    ['2026-11-22T01:01:00Z', 'Sunday 02:01'],
    ['2026-11-17T23:00:00Z', 'Wednesday 00:00'],
    ['2026-11-17T22:59:00Z', '17 Nov 23:59'],
    ['2026-11-15T01:00:00Z', '15 Nov 02:00'],
    ['2025-11-15T01:00:00Z', '15 Nov 2025 02:00'],
    ['2026-11-25T01:00:00Z', 'Tomorrow 02:00'],
    ['2026-11-29T01:00:00Z', 'Sunday 02:00'],
    ['2026-12-01T01:00:00Z', '1 Dec 02:00'],
  ])('%s is %s', (iso, expected) => {
    expect(moment(iso)).toBe(expected)
  })

  it('counts days as the zone does, not in 24 hours', () => {
    expect(moment('2026-11-24T04:30:00Z', 'America/New_York')).toBe('Yesterday 23:30')
    expect(moment('2026-11-24T05:30:00Z', 'America/New_York')).toBe('Today 00:30')
  })

  it('begins in lower case within a sentence', () => {
    const inline = (iso: string) => format.moment(new Date(iso), now, { inline: true })
    expect([inline('2026-11-24T12:00:00Z'), inline('2026-11-23T12:00:00Z'), inline('2026-11-25T12:00:00Z')]).toEqual([
      'today 13:00', 'yesterday 13:00', 'tomorrow 13:00',
    ])
  })

  it('holds over the change to summer time, a day of 23 hours', () => {
    const berlin = inZone('Europe/Berlin')
    const after = new Date('2026-03-29T21:30:00Z')
    expect(berlin.moment(new Date('2026-03-29T00:59:59Z'), after)).toBe('Today 01:59')
    expect(berlin.moment(new Date('2026-03-29T01:00:00Z'), after)).toBe('Today 03:00')
    expect(berlin.moment(new Date('2026-03-28T22:59:59Z'), after)).toBe('Yesterday 23:59')
  })

  it('holds over the change to winter time, a day of 25 hours', () => {
    const berlin = inZone('Europe/Berlin')
    const after = new Date('2026-10-25T22:30:00Z')
    expect(berlin.moment(new Date('2026-10-24T22:00:00Z'), after)).toBe('Today 00:00')
    expect(berlin.time(new Date('2026-10-25T00:30:00Z'))).toBe('02:30')
    expect(berlin.time(new Date('2026-10-25T01:30:00Z'))).toBe('02:30')
    expect(berlin.moment(new Date('2026-10-24T21:59:00Z'), after)).toBe('Yesterday 23:59')
  })

  it('knows the day before the first of a year', () => {
    expect(inZone('UTC').moment(new Date('2026-12-31T23:59:00Z'), new Date('2027-01-01T00:00:00Z'))).toBe('Yesterday 23:59')
  })
})

describe('ago and until', () => {
  const now = new Date('2026-11-24T13:26:08Z')
  const SECOND = 1_000
  const MINUTE = 60 * SECOND
  const HOUR = 60 * MINUTE
  const ago = (span: number) => plain(format.ago(new Date(now.getTime() - span), now))
  const until = (span: number) => plain(format.until(new Date(now.getTime() + span), now))

  it.each([
    [0, 'just now'],
    [-5 * SECOND, 'just now'],
    [SECOND, '1 s ago'],
    [59_999, '59 s ago'],
    [MINUTE, '1 min ago'],
    [HOUR - 1, '59 min ago'],
    [HOUR, '1 h ago'],
    [2 * HOUR + 44 * MINUTE, '2 h 44 min ago'],
    [9 * HOUR + 59 * MINUTE, '9 h 59 min ago'],
    [10 * HOUR + 30 * MINUTE, '10 h ago'],
    [36 * HOUR, '36 h ago'],
    [48 * HOUR - 1, '47 h ago'],
    [48 * HOUR, '2 days ago'],
    [9 * 24 * HOUR, '9 days ago'],
  ])('%d ms have passed: %s', (span, expected) => {
    expect(ago(span)).toBe(expected)
  })

  it.each([
    [0, 'now'],
    [-HOUR, 'now'],
    [21 * SECOND, 'in 21 s'],
    [11 * HOUR + 34 * MINUTE, 'in 11 h 34 min'],
    [30 * HOUR + 20 * MINUTE, 'in 30 h'],
    [5 * 24 * HOUR, 'in 5 days'],
  ])('%d ms are to come: %s', (span, expected) => {
    expect(until(span)).toBe(expected)
  })
})

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [38_240_000, '38.2 MB'],
    [99_940, '99.9 kB'],
    [99_960, '100 kB'],
    [318_400_000, '318 MB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [999_900, '1.0 MB'],
    [1_000_000, '1.0 MB'],
    [3_100_000_000, '3.1 GB'],
    [1_500_000_000_000, '1.5 TB'],
    [2_300_000_000_000_000_000, '2,300 PB'],
    [-1, '0 B'],
  ])('%d is %s', (bytes, expected) => {
    expect(plain(format.bytes(bytes))).toBe(expected)
  })

  it('hang on their number', () => {
    expect(format.bytes(38_240_000)).toBe('38.2\u00a0MB')
  })

  it('become a rate', () => {
    expect(plain(format.rate(19_510_000))).toBe('19.5 MB/s')
  })
})

describe('duration', () => {
  it.each([
    [0, '0 ms'],
    [40, '40 ms'],
    [99.4, '99 ms'],
    [99.6, '0.1 s'],
    [340, '0.3 s'],
    [949, '0.9 s'],
    [999, '1 s'],
    [6_400, '6 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [79_000, '1 min 19 s'],
    [120_000, '2 min'],
    [3_599_499, '59 min 59 s'],
    [3_599_999, '1 h'],
    [7_440_000, '2 h 4 min'],
    [86_399_000, '1 day'],
    [90_000_000, '1 day 1 h'],
    [3 * 86_400_000 + 4 * 3_600_000, '3 days 4 h'],
    [-5, '0 ms'],
  ])('%d ms are %s', (milliseconds, expected) => {
    expect(plain(format.duration(milliseconds))).toBe(expected)
  })
})

describe('a downtime', () => {
  it.each([
    [-5, 'under 0.1 s'],
    [0, 'under 0.1 s'],
    [49, 'under 0.1 s'],
    [50, '0.1 s'],
    [99, '0.1 s'],
    [412, '0.4 s'],
    [996, '1.0 s'],
    [1_449, '1.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [52_300, '52 s'],
    [79_000, '1 min 19 s'],
  ])('of %d ms is %s', (milliseconds, expected) => {
    expect(plain(format.tenths(milliseconds))).toBe(expected)
  })

  it('that is watched is told in tenths for longer', () => {
    expect([12_340, 59_949, 59_950].map((ms) => plain(format.tenths(ms, 60_000)))).toEqual(['12.3 s', '59.9 s', '1 min'])
  })
})

describe('counts', () => {
  it('group their digits', () => {
    expect([format.count(0), format.count(1_843), format.count(1_234_567)]).toEqual(['0', '1,843', '1,234,567'])
  })

  it.each([
    [62.9, 0, '62 %'],
    [99.99, 0, '99 %'],
    [100, 0, '100 %'],
    [99.29, 1, '99.2 %'],
    [57.3, 1, '57.3 %'],
    [99.96, 1, '99.9 %'],
  ])('%d %% to %d decimals is %s: 100 means all of it', (value, decimals, expected) => {
    expect(plain(format.percent(value, decimals))).toBe(expected)
  })
})
