import { describe, expect, it } from 'vitest'
import {
  expectedTicks,
  graceOf,
  lastDueTick,
  maxAge,
  nextPolicyTick,
  nextTick,
  nextTicks,
  parseCron,
  previousPolicyTick,
  previousTick,
  scheduleShape,
  sizeOfScheduleGap,
} from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const weekly: Policy = {
  schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' },
  timeZone: 'Africa/Lagos',
  retention: { full: 2, diff: 6 },
}
const at = (text: string) => new Date(text)
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(0, 16))

describe('ticks of a schedule', () => {
  it('are read in its zone', () => {
    expect(iso(nextTicks('0 2 * * *', 'Africa/Lagos', at('2026-11-24T00:59:59.999Z'), 2))).toEqual([
      '2026-11-24T01:00',
      '2026-11-25T01:00',
    ])
    expect(nextTick('0 2 * * 0', 'Pacific/Kiritimati', at('2026-11-24T12:00Z'))).toEqual(at('2026-11-28T12:00Z'))
  })

  it('come strictly after, and at or before', () => {
    const tick = at('2026-11-24T01:00Z')
    expect(nextTick('0 2 * * *', 'Africa/Lagos', tick)).toEqual(at('2026-11-25T01:00Z'))
    expect(previousTick('0 2 * * *', 'Africa/Lagos', tick)).toEqual(tick)
    expect(previousTick('0 2 * * *', 'Africa/Lagos', new Date(tick.getTime() - 1))).toEqual(at('2026-11-23T01:00Z'))
  })

  it('move on where spring skips their time, in both directions', () => {
    expect(iso(nextTicks('30 2 * * *', 'Europe/Berlin', at('2026-03-28T00:00Z'), 3))).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ])
    expect(previousTick('30 2 * * *', 'Europe/Berlin', at('2026-03-29T12:00Z'))).toEqual(at('2026-03-29T01:30Z'))
  })

  it('tick once where autumn repeats their time, wherever one starts to look', () => {
    const once = ['2026-10-25T00:30', '2026-10-26T01:30']
    expect(iso(nextTicks('30 2 * * *', 'Europe/Berlin', at('2026-10-24T12:00Z'), 2))).toEqual(once)
    expect(nextTick('30 2 * * *', 'Europe/Berlin', at('2026-10-25T01:10Z'))).toEqual(at('2026-10-26T01:30Z'))
    expect(previousTick('30 2 * * *', 'Europe/Berlin', at('2026-10-26T01:00Z'))).toEqual(at('2026-10-25T00:30Z'))
  })

  it('run through the repeated hour when they run every hour', () => {
    expect(iso(nextTicks('0 * * * *', 'Europe/Berlin', at('2026-10-24T23:30Z'), 4))).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T01:00',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
    ])
    expect(iso(nextTicks('0 * * * *', 'Europe/Berlin', at('2026-03-28T23:30Z'), 3))).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ])
  })

  it('agree forwards and backwards over two years of both hemispheres', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'America/Havana',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Kathmandu',
    ]) {
      const forwards = nextTicks('15 0,2,23 * * *', zone, at('2026-01-01T00:00Z'), 2_000)
      expect(forwards.every((tick, index) => !forwards[index + 1] || tick < forwards[index + 1]!)).toBe(true)
      const backwards = forwards.map((tick) => previousTick('15 0,2,23 * * *', zone, tick))
      expect(backwards).toEqual(forwards)
    }
  })

  it('find a leap day, over a century without one as well', () => {
    expect(nextTick('0 2 29 2 *', 'UTC', at('2026-11-24T00:00Z'))).toEqual(at('2028-02-29T02:00Z'))
    expect(nextTick('0 2 29 2 *', 'UTC', at('2096-03-01T00:00Z'))).toEqual(at('2104-02-29T02:00Z'))
  })

  it('take either the day of the month or the weekday, where both are given', () => {
    expect(iso(nextTicks('0 0 1 * 0', 'UTC', at('2026-11-24T00:00Z'), 3))).toEqual([
      '2026-11-29T00:00',
      '2026-12-01T00:00',
      '2026-12-06T00:00',
    ])
  })

  it.each([
    '',
    '* * *',
    '0 0 2 * * *',
    '@daily',
    '0 2 L * *',
    '0 2 * * 5#2',
    'H 2 * * *',
    '0 25 * * *',
    '0 2 30 2 *',
    '0 2 * * *; reboot',
  ])('refuse %j', (cron) => expect(() => parseCron(cron)).toThrow())
})

describe('what a policy asks for', () => {
  it('lists every tick of both schedules in order', () => {
    const ticks = expectedTicks(weekly, at('2026-11-21T12:00Z'), at('2026-11-24T01:00Z'))
    expect(ticks.map(({ at: tick, type }) => [tick.toISOString().slice(0, 16), type])).toEqual([
      ['2026-11-22T01:00', 'full'],
      ['2026-11-23T01:00', 'diff'],
      ['2026-11-24T01:00', 'diff'],
    ])
  })

  it('lets the full win where both fall on one minute', () => {
    const daily = { ...weekly, schedules: { full: '0 2 * * 0', diff: '0 2 * * *' } }
    const sunday = { at: at('2026-11-22T01:00Z'), type: 'full' }
    expect(expectedTicks(daily, at('2026-11-22T00:00Z'), at('2026-11-22T23:00Z'))).toEqual([sunday])
    expect(nextPolicyTick(daily, at('2026-11-22T00:00Z'))).toEqual(sunday)
    expect(previousPolicyTick(daily, at('2026-11-22T12:00Z'))).toEqual(sunday)
  })

  it('asks for nothing without a schedule', () => {
    const none = { ...weekly, schedules: { full: null, diff: null } }
    const now = at('2026-11-24T12:00Z')
    expect([nextPolicyTick(none, now), previousPolicyTick(none, now), sizeOfScheduleGap(none, now), maxAge(none, now)]).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(expectedTicks(none, at('2026-01-01T00:00Z'), now)).toEqual([])
  })
})

describe('how old the newest set may be', () => {
  const weekdays: Policy = { ...weekly, schedules: { full: null, diff: '0 2 * * 1-5' } }

  it('gives a tenth of the gap as grace, within a quarter of an hour and six hours', () => {
    expect([HOUR, 10 * HOUR, 24 * HOUR, 7 * 24 * HOUR].map(graceOf)).toEqual([15 * MINUTE, HOUR, 2.4 * HOUR, 6 * HOUR])
  })

  it('is a gap and its grace', () => {
    expect(maxAge(weekly, at('2026-11-24T12:00Z'))).toBe(26.4 * HOUR)
    expect(maxAge({ ...weekly, schedules: { full: '0 2 * * 0', diff: null } }, at('2026-11-24T12:00Z'))).toBe((7 * 24 + 6) * HOUR)
  })

  it('spans the weekend, and still does while the Monday backup runs', () => {
    expect(maxAge(weekdays, at('2026-11-22T12:00Z'))).toBe((72 + 6) * HOUR)
    expect(maxAge(weekdays, at('2026-11-23T01:10Z'))).toBe((72 + 6) * HOUR)
    expect(maxAge(weekdays, at('2026-11-23T04:00Z'))).toBe(26.4 * HOUR)
  })

  it('takes a tick as due when its grace is over', () => {
    expect(lastDueTick(weekly, at('2026-11-24T03:23Z'))?.at).toEqual(at('2026-11-23T01:00Z'))
    expect(lastDueTick(weekly, at('2026-11-24T03:25Z'))?.at).toEqual(at('2026-11-24T01:00Z'))
  })
})

describe('a schedule in words', () => {
  const shapeOf = (cron: string, zone = 'Africa/Lagos') => scheduleShape(cron, weekly, zone)

  it('is one time on certain weekdays', () => {
    expect(shapeOf('0 2 * * 0')).toEqual({ kind: 'weekly', days: [0] })
    expect(shapeOf('30 14 * * 5-7')).toEqual({ kind: 'weekly', days: [0, 5, 6] })
    expect(shapeOf('0 2 * * *')).toEqual({ kind: 'weekly', days: [0, 1, 2, 3, 4, 5, 6] })
  })

  it.each(['*/15 * * * *', '0 2,14 * * *', '0 2 1 * *', '0 2 * 1 *'])('or stays the expression: %s', (cron) => {
    expect(shapeOf(cron)).toEqual({ kind: 'other', cron })
  })

  it('stays the expression where the shop has other days than the schedule', () => {
    expect(shapeOf('0 2 * * 0', 'Asia/Tokyo')).toEqual({ kind: 'other', cron: '0 2 * * 0' })
  })
})
