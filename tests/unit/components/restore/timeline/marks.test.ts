import { describe, expect, it } from 'vitest'
import { type EventMark, calloutOf, countsOf, dayGroups, dayPills, iconMarks } from '@/components/restore/timeline/marks'
import { group, lagos, stage } from './fixture'

const DAY = 86_400_000
const day = { from: lagos('2026-11-22T00:00:00'), to: lagos('2026-11-23T00:00:00') }
const { scale } = stage(day)

describe('icons', () => {
  const lines = { moment: null, now: lagos('2026-11-22T17:15:34') }
  const edges = ({ drawnX, width }: EventMark) => [drawnX - width / 2, drawnX + width / 2] as const
  const deletion = (time: string) => group(`2026-11-22T${time}`, { kind: 'product-deleted' })
  const change = (time: string) => group(`2026-11-22T${time}`)
  const counted = (marks: EventMark[]) => marks.map(({ count, deletions }) => [count, deletions])

  it('are one where they would touch', () => {
    const marks = iconMarks([change('10:00:00'), change('10:20:00'), change('12:00:00')], scale, lines)
    expect(marks.map(({ count, kind }) => [count, kind])).toEqual([[2, 'several'], [1, 'product-repriced']])
  })

  it('stand where a deletion was that is among them, and tell it from the others', () => {
    const [mark, ...others] = iconMarks([change('14:00:00'), deletion('14:03:22'), deletion('14:03:31'), change('14:10:00')], scale, lines)
    expect(others).toEqual([])
    expect([mark?.first.at, mark && countsOf(mark)]).toEqual([new Date(lagos('2026-11-22T14:03:22')), { main: 2, more: 2 }])
    expect(edges(mark!)[0]).toBeCloseTo(scale.x(lagos('2026-11-22T14:03:22')) - 12, 5)
  })

  it('never touch, and grow from where the first of them was, however many there are', () => {
    const busy = Array.from({ length: 200 }, (_, n) => group(new Date(lagos('2026-11-22T00:00:00') + n * 307_000 + 3_600_000).toISOString().slice(0, 19)))
    const marks = iconMarks(busy, scale, lines)
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(200)
    marks.forEach((mark, n) => {
      const [left, right] = edges(mark)
      expect(left).toBeCloseTo(scale.x(mark.first.at.getTime()) - 12, 5)
      expect(right).toBeLessThan(edges(marks[n + 1] ?? { ...mark, drawnX: 10_000 })[0])
    })
  })

  it('never stand right of now', () => {
    const groups = [change('16:20:00'), change('16:40:00'), deletion('16:55:00'), change('17:00:00'), deletion('17:10:00'), change('17:15:30')]
    for (const moment of [null, lagos('2026-11-22T16:30:00'), lagos('2026-11-22T16:54:59'), lagos('2026-11-22T17:09:59')]) {
      const marks = iconMarks(groups, scale, { ...lines, moment })
      expect(Math.max(...marks.map((mark) => edges(mark)[1]))).toBeLessThanOrEqual(scale.x(lines.now))
      expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(6)
      for (const mark of marks) expect(Math.abs(mark.drawnX - scale.x(mark.first.at.getTime()))).toBeLessThan(40)
    }
  })

  it('stand on their own side of the moment where there is room', () => {
    const moment = lagos('2026-11-22T14:03:21')
    const marks = iconMarks([change('14:00:00'), deletion('14:03:22'), change('14:04:00')], scale, { ...lines, moment })
    expect(counted(marks)).toEqual([[1, 0], [2, 1]])
    expect(edges(marks[0]!)[1]).toBeLessThan(scale.x(moment))
    expect(edges(marks[1]!)[0]).toBeGreaterThan(scale.x(moment))
  })

  it('stand right of the moment also where now is not far', () => {
    const begin = lagos('2026-11-21T05:20:00')
    const narrow = stage({ from: begin, to: begin + DAY + 7_200_000 }, 1_094).scale
    const moment = lagos('2026-11-22T05:33:56')
    const many = group('2026-11-22T05:35:46', { kind: 'product-deleted', deletions: 2, count: 38 })
    const [mark] = iconMarks([many], narrow, { moment, now: begin + DAY + 7_600_000 })
    expect(edges(mark!)[0]).toBeGreaterThan(narrow.x(moment))
  })

  it('are left out where they are out of view', () => {
    expect(iconMarks([group('2026-11-20T14:00:00')], scale, lines)).toEqual([])
  })
})

describe('pills', () => {
  const month = { from: lagos('2026-11-01T00:00:00'), to: lagos('2026-12-01T00:00:00') }
  const wide = stage(month).scale

  const pillsOf = (groups: Parameters<typeof dayGroups>[0], bin: number, now = month.to) => dayPills(dayGroups(groups, bin, 'Africa/Lagos'), bin, wide, now)

  it('of today stand in the middle of what has passed of it', () => {
    const now = lagos('2026-11-05T06:00:00')
    const [today] = pillsOf([group('2026-11-05T05:00:00')], DAY, now)
    expect(today?.x).toBeCloseTo(wide.x(lagos('2026-11-05T03:00:00')), 5)
  })

  it('are one a day, in its middle, whatever the bin', () => {
    const pills = pillsOf([
      group('2026-11-05T08:00:00', { count: 3 }), group('2026-11-05T12:00:00', { kind: 'product-deleted', count: 4, deletions: 1 }), group('2026-11-06T08:00:00'),
    ], 4 * 3_600_000)
    expect(pills.map(({ count, deletions }) => [count, deletions])).toEqual([[7, 1], [1, 0]])
    expect(pills[0]?.x).toBeCloseTo(wide.x(lagos('2026-11-05T12:00:00')), 5)
    expect(pills[0]?.first.kind).toBe('product-deleted')
  })

  it('stand for a week where bins are weeks', () => {
    const pills = pillsOf([group('2026-11-02T00:00:00', { count: 9 })], 7 * DAY)
    expect(pills[0]?.x).toBeCloseTo(wide.x(lagos('2026-11-05T12:00:00')), 5)
  })
})

describe('the callout', () => {
  const deletions = [
    group('2026-11-22T13:50:00', { kind: 'product-deleted' }), group('2026-11-22T14:03:22', { kind: 'product-deleted' }),
    group('2026-11-22T14:03:31', { kind: 'product-deleted' }), group('2026-11-22T14:03:44', { kind: 'product-deleted' }),
  ]

  it('is the first deletion after the moment, and counts the others', () => {
    const callout = calloutOf(deletions, lagos('2026-11-22T14:03:21'))
    expect(callout?.first.at).toEqual(new Date(lagos('2026-11-22T14:03:22')))
    expect(callout?.more).toBe(2)
    expect(callout?.lastAt).toBe(lagos('2026-11-22T14:03:44'))
  })

  it('is for what happens within five minutes', () => {
    expect(calloutOf(deletions, lagos('2026-11-22T13:58:00'))).toBeNull()
    expect(calloutOf(deletions, lagos('2026-11-22T14:03:44'))).toBeNull()
    expect(calloutOf([group('2026-11-22T14:03:22')], lagos('2026-11-22T14:03:21'))).toBeNull()
  })
})
