import { describe, expect, it } from 'vitest'
import { monthsBefore, openHours, shopDay, shopDays, timeOfDay } from '@/demo/calendar'

const hoursOf = (date: string) => openHours(shopDay(new Date(`${date}T11:00:00Z`)))
const expectedSales = (date: string) => hoursOf(date).reduce((sum, { sales }) => sum + sales, 0)
const busiest = (date: string) => hoursOf(date).reduce((a, b) => (b.sales > a.sales ? b : a)).hour

describe('the shop’s calendar', () => {
  it('has its days in Lagos, an hour ahead of UTC', () => {
    expect(shopDay(new Date('2026-11-23T23:30:00Z'))).toMatchObject({ date: '2026-11-24', weekday: 2 })
    expect(shopDay(new Date('2026-11-23T22:30:00Z')).date).toBe('2026-11-23')
    expect(shopDay(new Date('2026-11-24T10:00:00Z')).midnight.toISOString()).toBe('2026-11-23T23:00:00.000Z')
    expect(timeOfDay(shopDay(new Date('2026-11-24T10:00:00Z')), 7.5).toISOString()).toBe('2026-11-24T06:30:00.000Z')
  })

  it('counts days over the end of a month, both ends included', () => {
    const days = shopDays(new Date('2026-09-29T23:30:00Z'), new Date('2026-10-02T08:00:00Z'))
    expect(days.map(({ date }) => date)).toEqual(['2026-09-30', '2026-10-01', '2026-10-02'])
  })

  it('goes back whole months', () => {
    expect(monthsBefore(new Date('2026-11-24T16:00:00Z'), 4).toISOString()).toBe('2026-07-24T16:00:00.000Z')
  })

  it('opens from 8 to 21, on Sundays from 12 to 20', () => {
    const ends = (date: string) => [hoursOf(date)[0]?.hour, hoursOf(date).at(-1)?.hour]
    expect(ends('2026-11-24')).toEqual([8, 20])
    expect(ends('2026-11-28')).toEqual([8, 20])
    expect(ends('2026-11-29')).toEqual([12, 19])
  })

  it('stays shut on Christmas Day and New Year’s Day', () => {
    expect(expectedSales('2026-12-25')).toBe(0)
    expect(expectedSales('2027-01-01')).toBe(0)
    expect(expectedSales('2026-12-26')).toBeGreaterThan(0)
  })

  it('expects more on Saturdays, after payday and before Christmas, less in January', () => {
    expect(expectedSales('2026-11-07')).toBeGreaterThan(expectedSales('2026-11-04') * 1.4)
    expect(expectedSales('2026-11-27')).toBeGreaterThan(expectedSales('2026-11-13') * 1.3)
    expect(expectedSales('2026-12-18')).toBeGreaterThan(expectedSales('2026-11-20') * 1.3)
    expect(expectedSales('2027-01-12')).toBeLessThan(expectedSales('2026-11-10'))
  })

  it('is fullest on the way home from work, and on Sundays after church', () => {
    expect(busiest('2026-11-24')).toBe(18)
    expect(busiest('2026-11-29')).toBe(14)
  })
})
