import { describe, expect, it } from 'vitest'
import { aroundOf, binsOf, blocksOf, edgesOf, marksOf, sumInto, thinnedSets } from '@/lib/restore/timeline/rules'
import { binSeconds, timelineQuerySchema } from '@/lib/restore/timeline/schema'
import { SEGMENT_SIZE, SYSTEM, backupSet, stored } from '../../../support/wal'

const ms = (text: string) => Date.parse(text)
const iso = (edges: readonly number[]) => edges.map((edge) => new Date(edge).toISOString().slice(0, 16))
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const berlin = 'Europe/Berlin'

describe('bins', () => {
  it('are the smallest of which the view has as many as it may', () => {
    const bin = (span: number, most: number) => binsOf({ from: ms('2026-11-24T00:00Z'), to: ms('2026-11-24T00:00Z') + span }, most, 'UTC').bin
    expect(bin(MINUTE, 200)).toBe(10)
    expect(bin(HOUR, 200)).toBe(30)
    expect(bin(DAY, 144)).toBe(600)
    expect(bin(DAY, 143)).toBe(1_200)
    expect(bin(30 * DAY, 200)).toBe(14_400)
    expect(bin(120 * DAY, 200)).toBe(86_400)
    expect(bin(365 * DAY, 200)).toBe(604_800)
  })

  it.each(binSeconds.map((bin) => [bin]))('of %d s hold the whole view, without holes', (bin) => {
    const [from, to] = [ms('2026-10-24T21:17:03.412Z'), ms('2026-10-24T21:17:03.412Z') + 20 * bin * 1_000]
    const edges = edgesOf(from, to, bin * 1_000, berlin)
    expect(edges[0]).toBeLessThanOrEqual(from)
    expect(edges[1]).toBeGreaterThan(from)
    expect(edges.at(-1)).toBeGreaterThanOrEqual(to)
    expect(edges.at(-2)).toBeLessThan(to)
    expect(edges.slice(1).every((edge, n) => edge > (edges[n] ?? 0))).toBe(true)
  })

  it('are never more than asked for, wherever the view begins', () => {
    for (let from = ms('2026-03-20T00:00Z'); from < ms('2026-04-10T00:00Z'); from += 7 * HOUR + 13 * MINUTE + 1_001) {
      for (const span of [MINUTE, HOUR, 3 * HOUR, DAY, 9 * DAY, 33 * DAY, 120 * DAY]) {
        const { bin, edges } = binsOf({ from, to: from + span }, 60, berlin)
        expect(edges.length - 1, `${bin} from ${new Date(from).toISOString()}`).toBeLessThanOrEqual(60)
      }
    }
  })

  it('begin at the shop’s midnight', () => {
    expect(iso(edgesOf(ms('2026-11-24T10:00Z'), ms('2026-11-25T10:00Z'), DAY, 'Africa/Lagos'))).toEqual([
      '2026-11-23T23:00', '2026-11-24T23:00', '2026-11-25T23:00',
    ])
    expect(iso(edgesOf(ms('2026-11-23T23:30Z'), ms('2026-11-24T03:30Z'), 2 * HOUR, 'Africa/Lagos'))).toEqual([
      '2026-11-23T23:00', '2026-11-24T01:00', '2026-11-24T03:00', '2026-11-24T05:00',
    ])
    expect(iso(edgesOf(ms('2026-11-24T06:00Z'), ms('2026-11-24T07:00Z'), HOUR, 'Asia/Kathmandu'))).toEqual([
      '2026-11-24T05:15', '2026-11-24T06:15', '2026-11-24T07:15',
    ])
  })

  it('of a week begin on Monday', () => {
    expect(iso(edgesOf(ms('2026-11-22T12:00Z'), ms('2026-11-24T12:00Z'), 7 * DAY, 'UTC'))).toEqual([
      '2026-11-16T00:00', '2026-11-23T00:00', '2026-11-30T00:00',
    ])
  })

  it('of the day in spring: one hour is missing, and 2, 4, 6 stay 2, 4, 6', () => {
    const day = [ms('2026-03-28T23:00Z'), ms('2026-03-29T22:00Z')] as const
    expect(iso(edgesOf(...day, DAY, berlin))).toEqual(['2026-03-28T23:00', '2026-03-29T22:00'])
    expect(iso(edgesOf(day[0], day[0] + 5 * HOUR, 2 * HOUR, berlin))).toEqual([
      '2026-03-28T23:00', '2026-03-29T01:00', '2026-03-29T02:00', '2026-03-29T04:00',
    ])
    expect(edgesOf(...day, HOUR, berlin)).toHaveLength(24)
    expect(edgesOf(...day, 10 * MINUTE, berlin)).toHaveLength(23 * 6 + 1)
  })

  it('of the day in autumn: the repeated hour has bins of its own up to an hour, above it belongs to one', () => {
    const day = [ms('2026-10-24T22:00Z'), ms('2026-10-25T23:00Z')] as const
    expect(iso(edgesOf(...day, DAY, berlin))).toEqual(['2026-10-24T22:00', '2026-10-25T23:00'])
    expect(edgesOf(...day, HOUR, berlin)).toHaveLength(26)
    expect(iso(edgesOf(day[0], day[0] + 5 * HOUR, 2 * HOUR, berlin))).toEqual(['2026-10-24T22:00', '2026-10-25T00:00', '2026-10-25T03:00'])
    expect(iso(edgesOf(ms('2026-10-25T01:30Z'), ms('2026-10-25T01:40Z'), HOUR, berlin))).toEqual(['2026-10-25T01:00', '2026-10-25T02:00'])
  })

  it('of a week with a change of the clocks end at midnight all the same', () => {
    expect(iso(edgesOf(ms('2026-10-20T00:00Z'), ms('2026-10-26T12:00Z'), 7 * DAY, berlin))).toEqual([
      '2026-10-18T22:00', '2026-10-25T23:00', '2026-11-01T23:00',
    ])
  })
})

describe('a query', () => {
  const parse = (query: Record<string, string>) => timelineQuerySchema.safeParse(query).success
  it.each([
    [{ from: '1', to: '2' }, true], [{ from: '2', to: '2' }, false], [{ from: '1' }, false], [{ from: 'x', to: '2' }, false],
    [{ from: '0', to: String(6 * 366 * DAY) }, false], [{ from: '1', to: '2', bars: '1000' }, false],
  ])('%j is one: %s', (query, isOne) => expect(parse(query as Record<string, string>)).toBe(isOne))
})

describe('days in blocks', () => {
  const days = (from: string, to: string) => edgesOf(ms(from), ms(to), DAY, berlin)
  it('hold every day once, a season each', () => {
    const edges = days('2025-11-24T12:00Z', '2026-11-24T12:00Z')
    const blocks = blocksOf(edges)
    expect(blocks.flatMap((block) => block.slice(0, -1))).toEqual(edges.slice(0, -1))
    expect(blocks.every((block, n) => n === 0 || block[0] === blocks[n - 1]?.at(-1))).toBe(true)
    expect(Math.max(...blocks.map(({ length }) => length))).toBe(92)
  })

  it('are the same tomorrow, but for the first and the last', () => {
    const [today, tomorrow] = [blocksOf(days('2025-11-24T12:00Z', '2026-11-24T12:00Z')), blocksOf(days('2025-11-25T12:00Z', '2026-11-25T12:00Z'))]
    expect(tomorrow.slice(1, -1)).toEqual(today.slice(1, -1))
    expect(today.length).toBeGreaterThan(3)
  })

  it('of no day are none', () => expect([blocksOf([]), blocksOf([5])]).toEqual([[], []]))
})

describe('days in weeks', () => {
  const day = (at: number, takings = 0.1) => ({ at, count: 1, takings })
  it('are added; what lies outside is left out', () => {
    expect(sumInto([10, 20, 30], [day(5), day(10), day(19), day(29), day(30), day(31)])).toEqual([
      { at: 10, count: 2, takings: 0.2 }, { at: 20, count: 1, takings: 0.1 },
    ])
    expect(sumInto([10, 20, 30], [])).toEqual([])
  })
})

describe('marks of sets', () => {
  const set = (at: number, type: 'full' | 'diff' | 'incr' = 'incr', given = {}) => ({
    repo: 1, label: `${at}`, type, at, timeline: 1, isOnLiveLineage: true, isUsable: true, ...given,
  })

  it('stand by themselves where there is room', () => {
    expect(thinnedSets([set(10), set(60)], { from: 0, to: 100 }, 10).map(({ at, count }) => [at, count])).toEqual([[10, 1], [60, 1]])
  })

  it('on one place are the fullest, of two alike one that can be used, then the newest', () => {
    const one = (...sets: ReturnType<typeof set>[]) => thinnedSets(sets, { from: 0, to: 100 }, 1)
    expect(one(set(1), set(2, 'full'), set(3, 'diff'))).toEqual([{ ...set(2, 'full'), count: 3 }])
    expect(one(set(1), set(2, 'incr', { isUsable: false }))).toEqual([{ ...set(1), count: 2 }])
    expect(one(set(2), set(1))).toEqual([{ ...set(2), count: 2 }])
  })

  it('outside the view are not there, and of many every one is counted', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => set(n))
    const marks = thinnedSets(many, { from: 1_000, to: 9_000 }, 200)
    expect(marks).toHaveLength(200)
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(8_000)
    expect(marks.every(({ at }, n) => n === 0 || at > (marks[n - 1]?.at ?? 0))).toBe(true)
  })

  it('tell their type by their label, and whether they can be used and lead to the running shop', () => {
    const full = backupSet({ label: '20261124-000900F', segments: [2, 2], stop: 2.5, minutes: 10 })
    const broken = backupSet({ label: '20261124-000900F_20261124-002000I', prior: '20261124-000900F', error: true, segments: [3, 3], stop: 3.5, minutes: 20 })
    const dead = backupSet({ label: '20261124-000900F_20261124-003000D', prior: '20261124-000900F', segments: [6, 6], stop: 6.5, minutes: 30 })
    const facts = {
      systemId: SYSTEM, live: 2, timelines: [{ id: 1, parents: [] }, { id: 2, parents: [{ timeline: 1, switchLsn: '0/4000000' }] }],
      sets: [full, broken, dead], ranges: [stored(1, 1, 8)], segmentSize: SEGMENT_SIZE,
    }
    expect(marksOf(facts).map(({ type, isUsable, isOnLiveLineage }) => [type, isUsable, isOnLiveLineage])).toEqual([
      ['full', true, true], ['incr', false, true], ['diff', true, false],
    ])
  })
})

describe('what lies around a moment', () => {
  const sale = (at: number) => ({ id: `s${at}`, at: new Date(at), amount: '1.00', cashier: '', payment: '' })
  const event = (at: number) => ({ id: `e${at}`, at: new Date(at), kind: 'other' as const, who: '', what: '', detail: {}, before: '' })

  it('is in order of time, the nearest of both', () => {
    const { before, after } = aroundOf({
      sales: { before: [sale(1), sale(3), sale(5)], after: [sale(7), sale(9)] }, events: { before: [event(4)], after: [event(8)] }, deletedSince: 0,
    }, 3, 2)
    expect(before.map((thing) => (thing.type === 'sale' ? thing.sale.id : thing.event.id))).toEqual(['s3', 'e4', 's5'])
    expect(after.map((thing) => (thing.type === 'sale' ? thing.sale.id : thing.event.id))).toEqual(['s7', 'e8'])
  })

  it('is nothing where the shop did not answer', () => expect(aroundOf(null, 3, 8)).toEqual({ before: [], after: [] }))
})
