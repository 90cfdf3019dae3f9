import { describe, expect, it } from 'vitest'
import { bandOf, branchPath, placedLabels } from '@/components/restore/timeline/ribbon'
import { barPaths } from '@/components/restore/timeline/sales-layer'
import { type Named, arcsOf, chainOf, placedNames, tickHeight } from '@/components/restore/timeline/sets'
import { drawnOf } from '@/components/restore/timeline/slices'
import { tableRows } from '@/components/restore/timeline/table-rows'
import type { RestorePlan } from '@/lib/restore/schema'
import { restoreView } from '../view'
import { group, lagos, sale, set, slice, stage } from './fixture'

const HOUR = 3_600_000
const day = { from: lagos('2026-11-22T00:00:00'), to: lagos('2026-11-23T00:00:00') }
const { scale, layout } = stage(day)

describe('slices put together', () => {
  const [a, b, c] = [lagos('2026-11-22T10:00:00'), lagos('2026-11-22T12:00:00'), lagos('2026-11-22T14:00:00')]

  it('have each thing once, in order', () => {
    const both = drawnOf([
      slice(a, b, { bars: [[a, 2, 10]], events: [group('2026-11-22T11:00:00')], sets: [set('2026-11-22T11:30:00', 'incr')] }),
      slice(b, c, { bars: [[a, 2, 10], [b, 3, 20]], events: [group('2026-11-22T11:00:00'), group('2026-11-22T13:00:00')], sets: [set('2026-11-22T11:30:00', 'incr')] }),
    ])
    expect(both?.bars).toEqual([[a, 2, 10], [b, 3, 20]])
    expect(both?.events).toHaveLength(2)
    expect(both?.sets).toHaveLength(1)
    expect([both?.from, both?.to, both?.bin]).toEqual([a, c, 600_000])
  })

  it('have single sales only where all of them have', () => {
    const one = slice(a, b, { bars: [[a, 1, 10]], sales: [sale('2026-11-22T10:05:00', '10')] })
    const empty = slice(b, c)
    const many = slice(b, c, { bars: [[b, 900, 9_000]] })
    expect(drawnOf([one, empty])?.sales).toHaveLength(1)
    expect(drawnOf([one, many])?.sales).toBeNull()
  })

  it('join a segment that goes on from one to the next', () => {
    const both = drawnOf([slice(a, b, { segments: [{ name: 'A1', marks: [a, b - 5] }] }), slice(b, c, { segments: [{ name: 'A1', marks: [b] }, { name: 'A2', marks: [b + 5] }] })])
    expect(both?.segments).toEqual([{ name: 'A1', marks: [a, b - 5, b] }, { name: 'A2', marks: [b + 5] }])
  })

  it('are as good as the worst reading, and as old as the newest', () => {
    const both = drawnOf([slice(a, b, { readAt: a }), slice(b, c, { reading: 'down', readAt: b })])
    expect([both?.reading, both?.readAt]).toEqual(['down', b])
    expect(drawnOf([])).toBeNull()
  })
})

describe('bars', () => {
  const drawing = { now: lagos('2026-11-22T17:00:00'), gap: 2, scale, layout }
  const bars = [10, 14, 16].map((hour) => ({ from: lagos(`2026-11-22T${hour}:00:00`), to: lagos(`2026-11-22T${hour + 1}:00:00`), count: hour }))
  const xs = (path: string) => [...path.matchAll(/M([\d.]+) .*?H([\d.]+)/g)].map((found) => [Number(found[1]), Number(found[2])])

  it('all stay without a moment', () => {
    const { kept, lost } = barPaths(bars, 20, { ...drawing, at: null })
    expect([xs(kept).length, lost]).toEqual([3, ''])
  })

  it('are cut where the moment is', () => {
    const at = lagos('2026-11-22T14:30:00')
    const { kept, lost } = barPaths(bars, 20, { ...drawing, at })
    expect([xs(kept).length, xs(lost).length]).toEqual([2, 2])
    expect(xs(kept)[1]?.[1]).toBeCloseTo(scale.x(at), 0)
    expect(xs(lost)[0]?.[0]).toBeCloseTo(scale.x(at), 0)
  })

  it('end at now', () => {
    const { lost } = barPaths(bars, 20, { ...drawing, at: lagos('2026-11-22T12:00:00'), now: lagos('2026-11-22T16:20:00') })
    expect(xs(lost)[1]?.[1]).toBeCloseTo(scale.x(lagos('2026-11-22T16:20:00')), 0)
  })

  it('are as high as their share of the axis', () => {
    const { kept } = barPaths([{ from: day.from, to: day.from + HOUR, count: 10 }], 20, { ...drawing, at: null })
    expect(kept).toContain(`V${layout.base - (layout.base - layout.sales - 4) / 2}H`)
  })
})

describe('the ribbon', () => {
  it('is cut at the plot’s edges, and none out of view', () => {
    expect(bandOf(day.from - HOUR, day.from + HOUR, scale)).toEqual({ x: String(layout.left), width: String(Math.round(HOUR / scale.msPerPx * 10) / 10) })
    expect(bandOf(0, 1, scale)).toBeNull()
    expect(bandOf(day.from, day.from + 10, scale)).toBeNull()
    expect(bandOf(day.from, day.from + 10, scale, 4)?.width).toBe('4')
  })

  it('lets an old end leave downwards', () => {
    const path = branchPath({ timeline: 1, from: day.from + HOUR, to: day.from + 5 * HOUR, next: 2, leftAt: day.from + 6 * HOUR }, scale, layout)
    expect(path.startsWith(`M${Math.round(scale.x(day.from + HOUR) * 10) / 10} ${layout.ribbon}C`)).toBe(true)
    expect(path).toContain(`V${layout.branch + 5}`)
    expect(path.endsWith('Z')).toBe(true)
  })

  it('leaves out words that would touch weightier ones', () => {
    const label = (key: string, x: number) => ({ key, x, anchor: 'start' as const, text: 'gap, 2 days', className: '' })
    expect(placedLabels([label('a', 100), label('b', 120), label('c', 300)], [], 1_000).map(({ key }) => key)).toEqual(['a', 'c'])
    expect(placedLabels([label('a', 100), label('a', 200), label('a', 400)], [[110, 112]], 1_000).map(({ x }) => x)).toEqual([200])
    expect(placedLabels([label('a', 980)], [], 1_000)).toEqual([])
  })
})

describe('the words of a gap and of a branch', () => {
  const label = (key: string, x: number, text = 'gap, 2 days') => ({ key, x, anchor: 'start' as const, text, className: '', canSink: true })

  it('stand below one another where they would touch', () => {
    const placed = placedLabels([label('gap', 100), label('branch', 120)], [], 1_000)
    expect(placed.map(({ key, row }) => [key, row])).toEqual([['gap', 0], ['branch', 1]])
  })

  it('are shortened before they sink', () => {
    const placed = placedLabels([label('gap', 300), label('branch', 200, 'timeline 2, restored 22 Nov'), label('branch', 200, 'timeline 2')], [], 1_000)
    expect(placed.map(({ text, row }) => [text, row])).toEqual([['gap, 2 days', 0], ['timeline 2', 0]])
  })

  it('leave the line of the moment free in both rows', () => {
    expect(placedLabels([label('gap', 100)], [[110, 112]], 1_000)).toEqual([])
  })
})

describe('sets', () => {
  const plan: RestorePlan = {
    target: { type: 'time', at: '2026-11-22T13:03:21Z' }, repo: 1, label: 'incr 2026-11-22T06:00:00',
    chain: ['20261124-010003F', 'diff 2026-11-22T02:00:00', 'incr 2026-11-22T06:00:00', 'gone'],
    timeline: 1, time: '2026-11-22T13:03:21Z', segments: 41, databaseSize: 1, isOnLiveLineage: true,
  }
  const sets = [set('2026-11-22T02:00:00', 'diff'), set('2026-11-22T06:00:00', 'incr'), set('2026-11-22T06:00:00', 'incr', { repo: 2, label: 'gone' })]

  it('of a chain come from the view and from the drawing, of one repository', () => {
    expect(chainOf(plan, sets, restoreView()).map(({ type }) => type)).toEqual(['full', 'diff', 'incr'])
    expect(chainOf(null, sets, restoreView())).toEqual([])
  })

  it('are the longer the more complete', () => {
    for (const detail of ['days', 'hours', 'flags'] as const) {
      expect(tickHeight('full', { detail })).toBeGreaterThan(tickHeight('diff', { detail }))
      expect(tickHeight('diff', { detail })).toBeGreaterThan(tickHeight('incr', { detail }))
    }
  })

  it('are joined by a bow each', () => {
    const chain = chainOf(plan, sets, restoreView()).slice(1)
    expect(arcsOf(chain, scale, layout).match(/M/g)).toHaveLength(1)
    expect(arcsOf(chain.slice(0, 1), scale, layout)).toBe('')
  })

  it('are named where there is room, with less where there is little, what goes first first', () => {
    const named = (wall: string, isFirst = false): Named => ({
      key: wall, x: scale.x(lagos(`2026-11-22T${wall}:00`)), half: 1, words: [`incr ${wall}`, wall], isFirst, isUsed: false,
    })
    const names = placedNames([named('05:00'), named('07:00', true), named('07:10'), named('08:00')], layout, scale.x(lagos('2026-11-22T09:10:00')))
    expect(names[0]?.key).toBe('07:00')
    expect(names.map(({ key, text }) => [key, text])).toEqual([['07:00', 'incr 07:00'], ['05:00', 'incr 05:00'], ['08:00', '08:00']])
    expect(names.map(({ key, anchor }) => [key, anchor])).toEqual([['07:00', 'end'], ['05:00', 'end'], ['08:00', 'start']])
  })
})

describe('the table', () => {
  const now = lagos('2026-11-22T17:15:00')
  const view = restoreView({
    now: new Date(now), timelines: [],
    windows: [{
      timeline: 1, isLive: true, repo: 1, earliest: new Date(lagos('2026-11-22T02:30:00')), latest: new Date(lagos('2026-11-22T17:14:00')), latestLsn: null,
      gaps: [{ repo: 1, timeline: 1, first: 'a', last: 'b', from: new Date(lagos('2026-11-22T06:00:00')), to: new Date(lagos('2026-11-22T09:30:00')) }],
      rpoSeconds: null,
    }],
  })
  const hourly = slice(day.from, day.to, {
    bin: 3_600, bars: [[lagos('2026-11-22T14:00:00'), 6, 12_300]], sets: [set('2026-11-22T02:00:00', 'diff')], events: [group('2026-11-22T14:03:22', { kind: 'product-deleted' })],
  })
  const rows = tableRows(hourly, day, view, 'Africa/Lagos')
  const row = (hour: string) => rows.find(({ from }) => from === lagos(`2026-11-22T${hour}:00:00`))

  it('has a row for every bin that has begun', () => expect(rows.map(({ from }) => (from - day.from) / HOUR)).toEqual([...Array(18).keys()]))

  it('tells what is in each', () => {
    expect(row('14')).toMatchObject({ sales: 6, takings: 12_300, sets: [] })
    expect(row('14')?.events).toHaveLength(1)
    expect(row('02')?.sets).toHaveLength(1)
  })

  it('says what of each can be restored', () => {
    expect(['01', '02', '03', '07', '09', '10', '17'].map((hour) => row(hour)?.reach)).toEqual(['no', 'part', 'yes', 'no', 'part', 'yes', 'part'])
  })
})
