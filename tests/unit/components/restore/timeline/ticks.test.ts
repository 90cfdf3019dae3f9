import { describe, expect, it } from 'vitest'
import { floorTo, headingsOf, tickStep, ticksOf } from '@/components/restore/timeline/ticks'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const utc = Date.parse
const iso = (instants: number[]) => instants.map((at) => new Date(at).toISOString().slice(5, 16))

describe('the step', () => {
  it('is the smallest whose labels have room', () => {
    expect(tickStep(DAY / 1_044, 62)).toBe(2 * HOUR)
    expect(tickStep(HOUR / 1_044, 62)).toBe(5 * MINUTE)
    expect(tickStep(MINUTE / 1_044, 62)).toBe(5_000)
    expect(tickStep(31 * DAY / 1_044, 62)).toBe(DAY)
    expect(tickStep(125 * DAY / 1_044, 62)).toBe(7 * DAY)
  })

  it('gives way to the months alone where even fortnights touch', () => {
    expect(tickStep(4 * 365 * DAY / 1_044, 62)).toBe(Infinity)
    expect(ticksOf({ from: 0, to: 4 * 365 * DAY }, Infinity, 'UTC')).toEqual([])
  })
})

describe('ticks on the wall clock', () => {
  it('stand on the hours of a zone that is half an hour off', () => {
    const ticks = ticksOf({ from: utc('2026-11-24T00:00Z'), to: utc('2026-11-24T05:00Z') }, 2 * HOUR, 'Asia/Kolkata')
    expect(iso(ticks)).toEqual(['11-24T00:30', '11-24T02:30', '11-24T04:30'])
  })

  it('leave out the hour that spring skips', () => {
    // Berlin, 29 March 2026: 02:00 is 03:00 at 01:00 UTC.
    const ticks = ticksOf({ from: utc('2026-03-28T23:00Z'), to: utc('2026-03-29T03:00Z') }, HOUR, 'Europe/Berlin')
    expect(iso(ticks)).toEqual(['03-28T23:00', '03-29T00:00', '03-29T01:00', '03-29T02:00', '03-29T03:00'])
  })

  it('have the hour that autumn repeats twice', () => {
    // Berlin, 25 October 2026: 03:00 is 02:00 again at 01:00 UTC.
    const ticks = ticksOf({ from: utc('2026-10-24T23:00Z'), to: utc('2026-10-25T03:00Z') }, HOUR, 'Europe/Berlin')
    expect(iso(ticks)).toEqual(['10-24T23:00', '10-25T00:00', '10-25T01:00', '10-25T02:00', '10-25T03:00'])
  })

  it('are at midnight over a change of clocks', () => {
    const ticks = ticksOf({ from: utc('2026-03-28T00:00Z'), to: utc('2026-03-31T00:00Z') }, DAY, 'Europe/Berlin')
    expect(iso(ticks)).toEqual(['03-28T23:00', '03-29T22:00', '03-30T22:00'])
  })

  it('begin weeks on Sunday', () => {
    const ticks = ticksOf({ from: utc('2026-11-01T12:00Z'), to: utc('2026-11-16T00:00Z') }, 7 * DAY, 'UTC')
    expect(iso(ticks)).toEqual(['11-08T00:00', '11-15T00:00'])
  })
})

it('rounds down on the wall clock, to the later of two where it repeats', () => {
  expect(iso([floorTo(utc('2026-10-25T01:30Z'), HOUR, 'Europe/Berlin')])).toEqual(['10-25T01:00'])
  expect(iso([floorTo(utc('2026-10-25T00:30Z'), HOUR, 'Europe/Berlin')])).toEqual(['10-25T00:00'])
  expect(iso([floorTo(utc('2026-11-24T13:00Z'), DAY, 'Africa/Lagos')])).toEqual(['11-23T23:00'])
})

describe('the upper tier', () => {
  it('has the months of a wide view, the days of a narrow one', () => {
    const months = headingsOf({ from: utc('2025-12-10T00:00Z'), to: utc('2026-02-03T00:00Z') }, 'Africa/Lagos')
    expect(months.map(({ unit, isFirst }) => [unit, isFirst])).toEqual([['month', true], ['month', false], ['month', false]])
    expect(iso(months.map(({ at }) => at))).toEqual(['12-10T00:00', '12-31T23:00', '01-31T23:00'])
    const days = headingsOf({ from: utc('2026-11-24T12:00Z'), to: utc('2026-11-25T12:00Z') }, 'Africa/Lagos')
    expect(iso(days.map(({ at }) => at))).toEqual(['11-24T12:00', '11-24T23:00'])
  })
})
