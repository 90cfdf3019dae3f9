import { describe, expect, it } from 'vitest'
import { calloutOf, dayPills, flagMarks, iconMarks } from '@/components/restore/timeline/marks'
import { group, lagos, stage } from './fixture'

const DAY = 86_400_000
const day = { from: lagos('2026-11-22T00:00:00'), to: lagos('2026-11-23T00:00:00') }
const { scale } = stage(day)

describe('icons', () => {
  it('stand together where they would touch', () => {
    const marks = iconMarks([group('2026-11-22T10:00:00'), group('2026-11-22T10:20:00'), group('2026-11-22T12:00:00')], scale)
    expect(marks.map(({ count, kind }) => [count, kind])).toEqual([[2, 'several'], [1, 'product-repriced']])
  })

  it('never take a deletion with them', () => {
    const marks = iconMarks([
      group('2026-11-22T14:00:00'), group('2026-11-22T14:03:22', { kind: 'product-deleted' }), group('2026-11-22T14:03:31', { kind: 'product-deleted' }),
      group('2026-11-22T14:10:00'),
    ], scale)
    expect(marks.map(({ count, deletions }) => [count, deletions])).toEqual([[1, 0], [2, 2], [1, 0]])
    expect(marks[1]?.kind).toBe('product-deleted')
  })

  it('tell deletions of a bin from what else was in it', () => {
    const marks = iconMarks([group('2026-11-22T14:00:00', { kind: 'product-deleted', count: 5, deletions: 2 })], scale)
    expect(marks.map(({ count, deletions }) => [count, deletions])).toEqual([[2, 2], [3, 0]])
  })

  it('step aside to be seen, a little', () => {
    const marks = iconMarks([group('2026-11-22T14:00:00'), group('2026-11-22T14:01:00', { kind: 'product-deleted' })], scale)
    const [first, second] = marks
    expect(second?.drawnX).toBeGreaterThan(second?.x ?? 0)
    expect((second?.drawnX ?? 0) - (second?.x ?? 0)).toBeLessThanOrEqual(14)
    expect(first?.drawnX).toBe(first?.x)
  })

  it('leave a deletion of their bin to be seen', () => {
    const [deletion, others] = iconMarks([group('2026-11-22T14:00:00', { kind: 'product-deleted', count: 5, deletions: 1 })], scale)
    expect((others?.drawnX ?? 0) - (others?.width ?? 0) / 2).toBeGreaterThanOrEqual((deletion?.drawnX ?? 0) + (deletion?.width ?? 0) / 2)
  })

  it('stand right of the playhead where they came after it', () => {
    const moment = lagos('2026-11-22T14:03:21')
    const [mark] = iconMarks([group('2026-11-22T14:03:22', { kind: 'product-deleted' })], scale, moment)
    expect((mark?.drawnX ?? 0) - (mark?.width ?? 0) / 2).toBeGreaterThan(scale.x(moment))
  })

  it('are left out where they are out of view', () => {
    expect(iconMarks([group('2026-11-20T14:00:00')], scale)).toEqual([])
  })
})

describe('pills', () => {
  const month = { from: lagos('2026-11-01T00:00:00'), to: lagos('2026-12-01T00:00:00') }
  const wide = stage(month).scale

  it('are one a day, in its middle, whatever the bin', () => {
    const pills = dayPills([
      group('2026-11-05T08:00:00', { count: 3 }), group('2026-11-05T12:00:00', { kind: 'product-deleted', count: 4, deletions: 1 }), group('2026-11-06T08:00:00'),
    ], 4 * 3_600_000, wide, 'Africa/Lagos')
    expect(pills.map(({ count, deletions }) => [count, deletions])).toEqual([[7, 1], [1, 0]])
    expect(pills[0]?.x).toBeCloseTo(wide.x(lagos('2026-11-05T12:00:00')), 5)
    expect(pills[0]?.first.kind).toBe('product-deleted')
  })

  it('stand for a week where bins are weeks', () => {
    const pills = dayPills([group('2026-11-02T00:00:00', { count: 9 })], 7 * DAY, wide, 'Africa/Lagos')
    expect(pills[0]?.x).toBeCloseTo(wide.x(lagos('2026-11-05T12:00:00')), 5)
  })
})

it('flags are one each, in view', () => {
  const minute = { from: lagos('2026-11-22T14:03:00'), to: lagos('2026-11-22T14:04:00') }
  const marks = flagMarks([group('2026-11-22T14:02:59'), group('2026-11-22T14:03:22'), group('2026-11-22T14:03:31')], stage(minute).scale)
  expect(marks).toHaveLength(2)
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
