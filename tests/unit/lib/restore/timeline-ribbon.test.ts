import { describe, expect, it } from 'vitest'
import type { RecoveryWindow, TimelineView } from '@/lib/restore/schema'
import { longest, ribbonOf } from '@/lib/restore/timeline/ribbon/rules'
import { segmentsOf } from '@/lib/restore/timeline/segments/rules'
import { formatLsn } from '@/lib/restore/wal/rules'
import { minute } from '../../../support/wal'

const at = (minutes: number) => minute(minutes).getTime()
const line = (id: number, began: number | null, ended: number | null, given: Partial<TimelineView> = {}): TimelineView => ({
  id, parents: [], beganAt: began === null ? null : minute(began), endedAt: ended === null ? null : minute(ended), isLive: false, isAncestor: false, ...given,
})
const window = (timeline: number, earliest: number, latest: number, given: Partial<RecoveryWindow> = {}): RecoveryWindow => ({
  timeline, isLive: false, repo: 1, earliest: minute(earliest), latest: minute(latest), latestLsn: null, gaps: [], rpoSeconds: null, ...given,
})
const gap = (from: number | null, to: number | null, first = 'A') => ({
  repo: 1, timeline: 1, first, last: 'B', from: from === null ? null : minute(from), to: to === null ? null : minute(to),
})
/** One position a minute */
const timeAt = (_: number, position: bigint) => minute(Number(position))
const ribbon = (windows: RecoveryWindow[], timelines: TimelineView[]) => ribbonOf({ windows, timelines, timeAt }, minute(100))

describe('one timeline', () => {
  const only = [line(1, 5, 95, { isLive: true })]
  const live = (given: Partial<RecoveryWindow> = {}) => window(1, 10, 90, { isLive: true, ...given })

  it('reaches from the oldest set to the newest archived mark, also to before the clock began', () => {
    expect(ribbon([live()], only)).toEqual({ reach: [{ timeline: 1, from: at(10), to: at(90), isLive: true }], gaps: [], branches: [] })
    expect(ribbon([live({ earliest: minute(1) })], only).reach[0]?.from).toBe(at(1))
  })

  it('is interrupted by gaps', () => {
    const { reach, gaps } = ribbon([live({ gaps: [gap(60, 70, 'C'), gap(20, 40)] })], only)
    expect(reach.map(({ from, to }) => [from, to])).toEqual([[at(10), at(20)], [at(40), at(60)], [at(70), at(90)]])
    expect(gaps).toHaveLength(2)
  })

  it('ends at a gap behind which no set lies: that one lasts until now', () => {
    const { reach, gaps } = ribbon([live({ latest: minute(20), gaps: [gap(20, null)] })], only)
    expect(reach).toEqual([{ timeline: 1, from: at(10), to: at(20), isLive: true }])
    expect(gaps).toEqual([{ timeline: 1, first: 'A', last: 'B', from: at(20), to: at(100) }])
  })

  it('a gap that began before the clock did begins where the window does', () => {
    expect(ribbon([live({ gaps: [gap(null, 30)] })], only)).toMatchObject({
      reach: [{ from: at(30), to: at(90) }], gaps: [{ from: at(10), to: at(30) }],
    })
  })

  it('nothing is reached where nothing can be restored', () => {
    expect(ribbon([live({ earliest: null, latest: null })], only).reach).toEqual([])
    expect(ribbon([], [])).toEqual({ reach: [], gaps: [], branches: [] })
  })
})

describe('a restore', () => {
  // At minute 80 the shop was restored to minute 50; timeline 1 had gone on until 79.
  const parents = [{ timeline: 1, switchLsn: formatLsn(50n) }]
  const restored = [line(1, 5, 79, { isAncestor: true }), line(2, 80, 95, { isLive: true, isAncestor: true, parents })]
  const windows = [window(2, 10, 94, { isLive: true }), window(1, 10, 79)]

  it('leaves the old end as a branch, and goes on as another timeline', () => {
    expect(ribbon(windows, restored)).toEqual({
      reach: [
        { timeline: 1, from: at(10), to: at(50), isLive: true },
        { timeline: 2, from: at(80), to: at(94), isLive: true },
        { timeline: 1, from: at(50), to: at(79), isLive: false },
      ],
      gaps: [],
      branches: [{ timeline: 1, from: at(50), to: at(79), next: 2, leftAt: at(80) }],
    })
  })

  it('that was undone leaves its own timeline as one', () => {
    // At minute 85 back to where timeline 1 was left, at 79.
    const undone = [
      line(1, 5, 79, { isAncestor: true }), line(2, 80, 84, { parents }),
      line(3, 86, 95, { isLive: true, isAncestor: true, parents: [{ timeline: 1, switchLsn: formatLsn(79n) }] }),
    ]
    const { reach, branches } = ribbon([window(3, 10, 94, { isLive: true }), window(2, 10, 84)], undone)
    expect(reach).toEqual([
      { timeline: 1, from: at(10), to: at(79), isLive: true },
      { timeline: 3, from: at(86), to: at(94), isLive: true },
      { timeline: 2, from: at(80), to: at(84), isLive: false },
    ])
    expect(branches).toEqual([{ timeline: 2, from: at(80), to: at(84), next: 3, leftAt: at(86) }])
  })

  it('whose new timeline has no mark yet is told without a time', () => {
    const [first, second] = restored
    expect(ribbon([window(1, 10, 79), window(2, 10, 50, { isLive: true })], [first!, { ...second!, beganAt: null, endedAt: null }]).branches)
      .toMatchObject([{ next: 2, leftAt: null }])
  })
})

describe('too many to draw', () => {
  it('the longest stay, in their order', () => {
    const spans = [{ from: 0, to: 5 }, { from: 6, to: 7 }, { from: 10, to: 30 }]
    expect(longest(spans, 2)).toEqual([{ from: 0, to: 5 }, { from: 10, to: 30 }])
    expect(longest(spans, 3)).toEqual(spans)
  })
})

describe('segments', () => {
  const size = 16 * 1024 * 1024
  const mark = (position: bigint, seconds: number, timeline = 1) => ({ timeline, lsn: position, at: new Date(seconds * 1_000) })

  it('hold the marks that were written into them, on their timeline', () => {
    const first = BigInt(size)
    expect(segmentsOf([mark(first + 100n, 1), mark(first * 2n, 6), mark(first * 2n + 100n, 11), mark(first * 2n + 200n, 16, 2)], size)).toEqual([
      { name: '000000010000000000000001', marks: [1_000, 6_000] },
      { name: '000000010000000000000002', marks: [11_000] },
      { name: '000000020000000000000002', marks: [16_000] },
    ])
  })
})
