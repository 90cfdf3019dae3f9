import { describe, expect, it } from 'vitest'
import {
  between, boundsOf, broughtIn, clampView, deeperFactor, focusOf, initialView, largestSpan, levelOf, levelView, levels, nowView, pan, zoomAt,
} from '@/components/restore/timeline/zoom'
import { lagos } from './fixture'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const now = lagos('2026-11-22T17:15:34')
const bounds = { earliest: now - 118 * DAY, now }
const style = { zone: 'Africa/Lagos', hoursOfDay: 24 } as const
const widthOf = ({ from, to }: { from: number; to: number }) => to - from

describe('bounds', () => {
  it('begin with the oldest window, and are a day at least', () => {
    const window = (earliest: number | null) => ({
      timeline: 1, isLive: true, repo: 1, earliest: earliest === null ? null : new Date(earliest), latest: null, latestLsn: null, gaps: [], rpoSeconds: null,
    })
    const of = (...earliest: (number | null)[]) => boundsOf({ windows: earliest.map(window), now: new Date(now) })
    expect(of(now - 3 * DAY, now - 9 * DAY)).toEqual({ earliest: now - 9 * DAY, now })
    expect(of(null)).toEqual({ earliest: now - DAY, now })
    expect(of()).toEqual({ earliest: now - DAY, now })
  })

  it('are never left by more than nine tenths of the view', () => {
    expect(clampView({ from: now + 5 * DAY, to: now + 6 * DAY }, bounds)).toEqual({ from: now - 0.1 * DAY, to: now + 0.9 * DAY })
    expect(clampView({ from: 0, to: DAY }, bounds)).toEqual({ from: bounds.earliest - 0.9 * DAY, to: bounds.earliest + 0.1 * DAY })
  })

  it('let through what lies within', () => {
    const view = { from: now - 9 * HOUR, to: now - 8 * HOUR }
    expect(clampView(view, bounds)).toEqual(view)
  })
})

describe('zooming', () => {
  it('keeps what lies under the pointer where it is', () => {
    const view = { from: now - 12 * HOUR, to: now }
    const at = now - 3 * HOUR
    const closer = zoomAt(view, at, 0.25, bounds)
    expect(widthOf(closer)).toBe(3 * HOUR)
    expect((at - closer.from) / widthOf(closer)).toBeCloseTo(0.75, 6)
  })

  it('ends at ten seconds, and at everything', () => {
    const view = { from: now - HOUR, to: now }
    expect(widthOf(zoomAt(view, now - MINUTE, 1e-9, bounds))).toBe(10_000)
    expect(widthOf(zoomAt(view, now - MINUTE, 1e9, bounds))).toBe(largestSpan(bounds))
    expect(largestSpan(bounds)).toBe(118 * DAY * 1.1)
    expect(largestSpan({ earliest: now - 2 * DAY, now })).toBe(125 * DAY)
  })

  it('goes to the next level that is clearly narrower', () => {
    const after = (width: number) => deeperFactor({ from: 0, to: width }) * width
    expect([125 * DAY, 40 * DAY, DAY, 12 * HOUR, HOUR, MINUTE].map(after)).toEqual([31 * DAY, DAY, HOUR, HOUR, MINUTE, 20_000])
  })

  it('keys zoom at the moment only where it is in sight', () => {
    expect(focusOf({ from: 0, to: 100 }, 30)).toBe(30)
    expect(focusOf({ from: 0, to: 100 }, 300)).toBe(50)
    expect(focusOf({ from: 0, to: 100 }, null)).toBe(50)
  })
})

describe('levels', () => {
  it('know their own views again', () => {
    for (const level of levels) expect(levelOf(levelView(level, now - 5 * DAY, bounds, style), style)).toBe(level)
    expect(levelOf({ from: 0, to: 7 * HOUR }, style)).toBeNull()
  })

  it('show the shop’s day, half of it on a phone', () => {
    const at = lagos('2026-11-20T14:03:21')
    expect(levelView('day', at, bounds, style)).toEqual({ from: lagos('2026-11-20T00:00:00'), to: lagos('2026-11-21T00:00:00') })
    expect(levelView('day', at, bounds, { ...style, hoursOfDay: 12 })).toEqual({ from: at - 7 * HOUR, to: at + 5 * HOUR })
  })

  it('show a day of 25 hours as one', () => {
    const day = levelView('day', Date.parse('2026-10-25T12:00Z'), { earliest: 0, now }, { zone: 'Europe/Berlin', hoursOfDay: 24 })
    expect(widthOf(day)).toBe(25 * HOUR)
    expect(levelOf(day, { zone: 'Europe/Berlin', hoursOfDay: 24 })).toBe('day')
  })

  it('end four months at now, unless the moment is older', () => {
    expect(levelView('months', now - DAY, bounds, style).to).toBeGreaterThan(now)
    const old = levelView('months', now - 300 * DAY, { earliest: now - 400 * DAY, now }, style)
    expect(old.from).toBeLessThan(now - 300 * DAY)
    expect(old.to).toBeGreaterThan(now - 300 * DAY)
  })
})

describe('moving', () => {
  it('pans, and stops at the bounds', () => {
    expect(pan({ from: now - 2 * HOUR, to: now - HOUR }, -HOUR, bounds)).toEqual({ from: now - 3 * HOUR, to: now - 2 * HOUR })
    expect(pan({ from: now - HOUR, to: now }, DAY, bounds).from).toBe(now - 0.1 * HOUR)
  })

  it('brings a moment in without changing the width, and leaves one that is in sight', () => {
    const view = { from: now - HOUR, to: now }
    expect(broughtIn(view, now - 1_000, bounds)).toBe(view)
    expect(broughtIn(view, now - 5 * HOUR, bounds)).toEqual({ from: now - 5.5 * HOUR, to: now - 4.5 * HOUR })
  })

  it('has now near the right end', () => {
    expect(nowView({ from: 0, to: 10 * HOUR }, bounds)).toEqual({ from: now - 9 * HOUR, to: now + HOUR })
  })

  it('goes from one view to the other and arrives', () => {
    const [a, b] = [{ from: 0, to: 1_000_000 }, { from: 400_000, to: 410_000 }]
    expect(between(a, b, 0)).toEqual(a)
    expect(between(a, b, 1)).toEqual(b)
    expect(widthOf(between(a, b, 0.5))).toBe(100_000)
    expect(between({ from: 0, to: 10 }, { from: 100, to: 110 }, 0.5)).toEqual({ from: 50, to: 60 })
  })
})

describe('the first view', () => {
  const view = { windows: [], now: new Date(now) }
  it('is the last day without a moment, the moment’s day with one', () => {
    expect(widthOf(initialView(null, view, style, false))).toBe(DAY)
    expect(initialView(null, view, style, false).to).toBeGreaterThan(now)
    expect(initialView(lagos('2026-11-22T14:03:21'), view, style, false).from).toBe(lagos('2026-11-22T00:00:00'))
  })

  it('holds the moment and now in the compact form', () => {
    const at = lagos('2026-11-22T14:03:21')
    const compact = initialView(at, view, style, true)
    expect(compact.from).toBeLessThan(at)
    expect(compact.to).toBeGreaterThan(now)
  })
})
