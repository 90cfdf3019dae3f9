import { describe, expect, it } from 'vitest'
import { dayCoverage, reachabilityAt } from '@/lib/restore/calendar/rules'
import type { Gap, RecoveryWindow } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'

const at = (text: string) => new Date(`${text}Z`)
const gap = (from: string | null, to: string | null, first = '000000010000000000000007'): Gap => ({
  repo: 1, timeline: 1, first, last: first, from: from === null ? null : at(from), to: to === null ? null : at(to),
})
const window = (part: Partial<RecoveryWindow> = {}): RecoveryWindow => ({
  timeline: 1, isLive: true, repo: 1, earliest: at('2025-11-03T06:00:00'), latest: at('2025-11-22T16:14:57.400'), latestLsn: '0/9000000',
  gaps: [], rpoSeconds: 37, ...part,
})
type View = Pick<RestoreView, 'windows' | 'timelines' | 'now'>
const view = (windows: RecoveryWindow[], timelines: View['timelines'] = []): View => ({
  windows, timelines, now: at('2025-11-22T16:15:34'),
})
const holed = view([window({ gaps: [gap('2025-11-06T20:40:12.345', '2025-11-09T01:07:25')] })])

describe('whether a moment can be reached', () => {
  it.each([
    ['the first', '2025-11-03T06:00:00'],
    ['one in between', '2025-11-12T11:20:00.001'],
    ['the newest mark', '2025-11-22T16:14:57.400'],
    ['the last before the gap', '2025-11-06T20:40:12.345'],
    ['the first after it', '2025-11-09T01:07:25'],
  ])('%s', (_, text) => expect(reachabilityAt(at(text), holed)).toEqual({ ok: true }))

  it('in a gap it tells the second before it and the one after', () => {
    expect(reachabilityAt(at('2025-11-08T10:20:00'), holed)).toEqual({
      ok: false, code: 'in-gap', from: at('2025-11-06T20:40:12.345'), to: at('2025-11-09T01:07:25'),
      nearestBefore: at('2025-11-06T20:40:12'), nearestAfter: at('2025-11-09T01:07:25'),
    })
  })

  it.each([
    ['2025-11-03T05:59:59.999', 'before-window', { nearestAfter: at('2025-11-03T06:00:00') }],
    ['2025-11-22T16:15:00', 'not-archived', { nearestBefore: at('2025-11-22T16:14:57') }],
    ['2025-11-22T16:15:35', 'in-future', { nearestBefore: at('2025-11-22T16:14:57') }],
  ])('%s: %s', (text, code, near) => expect(reachabilityAt(at(text), holed)).toMatchObject({ ok: false, code, ...near }))

  it('a gap without an end leaves nothing after it, one without a beginning nothing before it', () => {
    const open = view([window({ gaps: [gap('2025-11-20T00:00:00', null)] })])
    expect(reachabilityAt(at('2025-11-21T00:00:00'), open)).toEqual(
      expect.objectContaining({ code: 'in-gap', nearestBefore: at('2025-11-20T00:00:00') }))
    expect(reachabilityAt(at('2025-11-21T00:00:00'), open)).not.toHaveProperty('nearestAfter')
    const early = view([window({ gaps: [gap(null, '2025-11-05T00:00:00')] })])
    expect(reachabilityAt(at('2025-11-03T06:00:00'), early)).toMatchObject({ code: 'in-gap', nearestAfter: at('2025-11-05T00:00:00') })
  })

  it('gaps that touch are one', () => {
    const two = view([window({
      gaps: [gap('2025-11-05T00:00:00', '2025-11-06T00:00:00'), gap('2025-11-06T00:00:00', '2025-11-07T00:00:00', '000000010000000000000009')],
    })])
    expect(reachabilityAt(at('2025-11-05T12:00:00'), two)).toMatchObject({ nearestAfter: at('2025-11-07T00:00:00') })
  })

  it.each([
    ['nothing was seen', []],
    ['only sets', [window({ latest: null })]],
  ])('nothing can be, where %s', (_, windows) => {
    expect(reachabilityAt(at('2025-11-12T00:00:00'), view(windows))).toEqual({ ok: false, code: 'nothing' })
    expect(reachabilityAt(at('2025-11-23T00:00:00'), view(windows))).toEqual({ ok: false, code: 'in-future' })
  })

  it('what a restore left can be reached, the time in which no shop ran cannot; a switch is too short to tell', () => {
    const timeline = (id: number, beganAt: string | null, endedAt: string | null, isLive: boolean): View['timelines'][number] => ({
      id, parents: [], beganAt: beganAt === null ? null : at(beganAt), endedAt: endedAt === null ? null : at(endedAt), isLive, isAncestor: true,
    })
    const branched = (next: string) => view(
      [
        window({ timeline: 2, earliest: at('2025-11-03T06:00:00') }),
        window({ timeline: 1, isLive: false, latest: at('2025-11-10T12:00:00') }),
      ],
      [timeline(1, '2025-11-01T00:00:00', '2025-11-10T12:00:00', false), timeline(2, next, '2025-11-22T16:15:30', true)],
    )
    const late = branched('2025-11-12T08:00:00')
    expect(reachabilityAt(at('2025-11-10T11:00:00'), late)).toEqual({ ok: true })
    expect(dayCoverage('2025-11-10', 'UTC', branched('2025-11-10T12:00:04'))).toMatchObject({ parts: [{ from: 0, to: 1, state: 'whole' }] })
    expect(reachabilityAt(at('2025-11-11T00:00:00'), late)).toMatchObject({
      code: 'in-gap', nearestBefore: at('2025-11-10T12:00:00'), nearestAfter: at('2025-11-12T08:00:00'),
    })
  })
})

describe('what of a day can be reached', () => {
  const lagos = (day: string, of = holed) => dayCoverage(day, 'Africa/Lagos', of)

  it('all of it', () => expect(lagos('2025-11-14')).toEqual({ parts: [{ from: 0, to: 1, state: 'whole' }], isReachable: true }))

  it('none of a day in the gap', () => {
    expect(lagos('2025-11-07')).toEqual({ parts: [{ from: 0, to: 1, state: 'missing' }], isReachable: false, reason: 'in-gap' })
  })

  it('where in the day the gap begins and ends', () => {
    const begins = lagos('2025-11-06')
    expect(begins).toMatchObject({ isReachable: true, reason: 'in-gap' })
    expect(begins.parts.map(({ state }) => state)).toEqual(['whole', 'missing'])
    expect(begins.parts[0]?.to).toBeCloseTo((21 * 60 + 40.2) / 1440, 4)
    const ends = lagos('2025-11-09')
    expect(ends.parts.map(({ state }) => state)).toEqual(['missing', 'whole'])
    expect(ends.parts[1]?.from).toBeCloseTo((2 * 60 + 7.4) / 1440, 4)
  })

  it('from the first moment, up to the last', () => {
    expect(lagos('2025-11-03').parts).toEqual([{ from: 7 / 24, to: 1, state: 'whole' }])
    const today = lagos('2025-11-22')
    expect(today.parts).toHaveLength(1)
    expect(today.parts[0]?.to).toBeCloseTo((17 * 3600 + 14 * 60 + 57) / 86_400, 4)
    expect(today).not.toHaveProperty('reason')
  })

  it.each([['2025-11-02', 'before-window'], ['2025-11-23', 'in-future']])('nothing of %s: %s', (day, reason) => {
    expect(lagos(day)).toEqual({ parts: [], isReachable: false, reason })
  })

  it('a day that is over and not archived yet', () => {
    const late = { ...view([window({ latest: at('2025-11-20T10:00:00') })]) }
    expect(lagos('2025-11-21', late)).toEqual({ parts: [], isReachable: false, reason: 'not-archived' })
  })

  it('nothing, where there is no window', () => {
    expect(lagos('2025-11-14', view([]))).toEqual({ parts: [], isReachable: false, reason: 'nothing' })
    expect(lagos('2025-11-24', view([]))).toEqual({ parts: [], isReachable: false, reason: 'in-future' })
  })

  it.each([
    ['spring, 23 hours', '2025-03-30', '2025-03-30T12:00:00', 13 / 23],
    ['autumn, 25 hours', '2025-10-26', '2025-10-26T12:00:00', 14 / 25],
  ])('a day on which the clocks change: %s', (_, day, latest, share) => {
    const changing: View = {
      windows: [window({ earliest: at('2025-01-01T00:00:00'), latest: at(latest) })], timelines: [], now: at('2025-11-22T16:15:34'),
    }
    const { parts } = dayCoverage(day, 'Europe/Berlin', changing)
    expect(parts[0]?.from).toBe(0)
    expect(parts[0]?.to).toBeCloseTo(share, 5)
  })

  it('a stretch without a whole second is none that can be chosen', () => {
    const brief = view([window({ earliest: at('2025-11-14T10:00:00.200'), latest: at('2025-11-14T10:00:00.800') })])
    expect(lagos('2025-11-14', brief).isReachable).toBe(false)
  })
})
