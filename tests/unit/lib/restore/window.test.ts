import { describe, expect, it } from 'vitest'
import type { Mark } from '@/lib/restore/clock/schema'
import type { WalFacts } from '@/lib/restore/reach/rules'
import { gapsOf, windowsOf } from '@/lib/restore/window/rules'
import { SEGMENT_SIZE, SYSTEM, backupSet, clockOf, lsn, mark, minute, stored } from '../../../support/wal'

/** A mark a minute; ten minutes fill a segment. */
function life(timeline: number, segment: number, from: number, to: number): Mark[] {
  return Array.from({ length: to - from + 1 }, (_, n) => mark(timeline, segment + n / 10, from + n))
}

const full = backupSet({ label: '20261124-000900F', segments: [2, 2], stop: 2.5, minutes: 10 })
const facts = (given: Partial<WalFacts> = {}): WalFacts => ({
  systemId: SYSTEM, live: 1, timelines: [{ id: 1, parents: [] }], sets: [full], ranges: [stored(1, 1, 8)], segmentSize: SEGMENT_SIZE, ...given,
})
const name = (timeline: number, number: number) => `0000000${timeline}000000000000000${number}`
// Minute 15 lies at 2.5, minute 80 at 9.0
const marks = life(1, 2, 10, 90)
const windows = (given: Partial<WalFacts>, clock = marks) => windowsOf(facts(given), clockOf(clock), minute(81))

describe('one timeline', () => {
  it('reaches from a second after the set to the newest mark that is stored', async () => {
    expect(await windows({})).toEqual([{
      timeline: 1, isLive: true, repo: 1, earliest: new Date(minute(10).getTime() + 1_000), latest: minute(80), latestLsn: lsn(9), gaps: [], rpoSeconds: 60,
    }])
  })

  it.each<[string, Partial<WalFacts>, { earliest: Date | null; latest: Date | null; rpoSeconds: number | null }]>([
    ['no set', { sets: [] }, { earliest: null, latest: null, rpoSeconds: null }],
    ['a set with checksum errors', { sets: [{ ...full, error: true }] }, { earliest: null, latest: null, rpoSeconds: null }],
    ['a set of another cluster', { sets: [{ ...full, systemId: '42' }] }, { earliest: null, latest: null, rpoSeconds: null }],
    ['a set whose prior is gone', { sets: [{ ...full, prior: '20261123-000000F' }] }, { earliest: null, latest: null, rpoSeconds: null }],
    ['a set whose own WAL is not stored', { ranges: [stored(1, 3, 8)] }, { earliest: null, latest: null, rpoSeconds: null }],
    ['a set and nothing archived since', { ranges: [stored(1, 1, 2)] }, { earliest: minute(10 + 1 / 60), latest: minute(20), rpoSeconds: 61 * 60 }],
  ])('%s', async (_, given, expected) => {
    expect((await windows(given))[0]).toMatchObject(expected)
  })

  it('without a mark a set can still be restored: what was lost since then is told', async () => {
    expect((await windows({}, []))[0]).toMatchObject({ repo: 1, earliest: minute(10 + 1 / 60), latest: null, latestLsn: null, rpoSeconds: 71 * 60 })
  })

  it('does not reach behind the WAL that a repository lost', async () => {
    const [window] = await windows({ ranges: [stored(1, 1, 4), stored(1, 7, 8)] })
    expect(window).toMatchObject({ latest: minute(40), rpoSeconds: 41 * 60 })
    expect(window?.gaps).toEqual([{ repo: 1, timeline: 1, first: name(1, 5), last: name(1, 6), from: minute(40), to: null }])
  })
})

describe('gaps', () => {
  const later = backupSet({ label: '20261124-007000F', segments: [8, 8], stop: 8.1, minutes: 71 })
  const broken = { sets: [full, later], ranges: [stored(1, 1, 4), stored(1, 7, 8)] }
  const gap = { repo: 1, timeline: 1, first: name(1, 5), last: name(1, 6), from: minute(40), to: minute(71 + 1 / 60) }

  it('are bridged by the next set', async () => {
    expect((await windows(broken))[0]).toMatchObject({ earliest: minute(10 + 1 / 60), latest: minute(80), gaps: [gap] })
  })

  it('without a later set have no end', async () => {
    expect(await gapsOf(facts({ ...broken, sets: [full] }), clockOf(marks))).toEqual([{ ...gap, to: null }])
  })

  it('before the oldest set are none', async () => {
    expect(await gapsOf(facts({ ...broken, sets: [later] }), clockOf(marks))).toEqual([])
  })

  it('are no gaps where another repository has the WAL', async () => {
    const other = { ...full, repoKey: 2 }
    const both = { sets: [full, other, later], ranges: [...broken.ranges, stored(1, 1, 8, 2)] }
    expect((await windows(both))[0]).toMatchObject({ gaps: [], latest: minute(80) })
    expect(await gapsOf(facts(both), clockOf(marks))).toEqual([gap])
  })

  it('are several', async () => {
    const ranges = [stored(1, 1, 3), stored(1, 5, 5), stored(1, 8, 8)]
    const gaps = await gapsOf(facts({ sets: [full, later], ranges }), clockOf(marks))
    expect(gaps.map(({ first, last }) => [first, last])).toEqual([[name(1, 4), name(1, 4)], [name(1, 6), name(1, 7)]])
  })
})

describe('repositories', () => {
  it('the one that reaches furthest is told', async () => {
    const sets = [full, { ...full, repoKey: 2 }]
    expect((await windows({ sets, ranges: [stored(1, 1, 5), stored(1, 1, 7, 2)] }))[0]).toMatchObject({ repo: 2, latest: minute(70) })
    expect((await windows({ sets, ranges: [stored(1, 1, 7), stored(1, 1, 7, 2)] }))[0]).toMatchObject({ repo: 1, latest: minute(70) })
  })
})

describe('after a restore', () => {
  // At minute 60 the shop was set back to minute 40, which is position 5.0
  const timelines = [{ id: 1, parents: [] }, { id: 2, parents: [{ timeline: 1, switchLsn: lsn(5) }] }]
  const lived = [...life(1, 2, 10, 60), ...life(2, 5.1, 61, 90)]
  const restored = (ranges = [stored(1, 1, 6), stored(2, 5, 6)]) => ({ live: 2, timelines, ranges })

  it('the live lineage goes through the fork; what was left behind is a window of its own', async () => {
    const found = await windowsOf(facts(restored()), clockOf(lived), minute(90))
    expect(found.map(({ timeline, isLive, latest, rpoSeconds }) => [timeline, isLive, latest, rpoSeconds])).toEqual([
      [2, true, minute(80), 10 * 60], [1, false, minute(60), null],
    ])
  })

  it('nothing is told of a branch of which nothing is stored', async () => {
    const found = await windowsOf(facts(restored([stored(1, 1, 4), stored(2, 5, 6)])), clockOf(lived), minute(90))
    expect(found.map(({ timeline }) => timeline)).toEqual([2])
  })

  it('right after the switch the window ends at the fork', async () => {
    const [window] = await windowsOf(facts(restored([stored(1, 1, 6)])), clockOf(lived), minute(62))
    expect(window).toMatchObject({ timeline: 2, latest: minute(40), rpoSeconds: 22 * 60, gaps: [] })
  })

  it('a segment that is missing right before the fork is a gap of the ancestor', async () => {
    const [window] = await windowsOf(facts(restored([stored(1, 1, 3), stored(2, 5, 6)])), clockOf(lived), minute(90))
    expect(window).toMatchObject({ latest: minute(30), gaps: [{ timeline: 1, first: name(1, 4), last: name(1, 4), from: minute(30), to: null }] })
    const newer = backupSet({ label: '20261124-007000F', timeline: 2, segments: [6, 6], stop: 6.1, minutes: 71 })
    const [bridged] = await windowsOf(facts({ ...restored([stored(1, 1, 3), stored(2, 5, 6)]), sets: [full, newer] }), clockOf(lived), minute(90))
    expect(bridged).toMatchObject({ latest: minute(80), gaps: [{ from: minute(30), to: minute(71 + 1 / 60) }] })
  })

  it('the segment of the fork may be stored on the newer timeline alone', async () => {
    const inside = [{ id: 1, parents: [] }, { id: 2, parents: [{ timeline: 1, switchLsn: lsn(5.5) }] }]
    const ranges = [stored(1, 1, 4), stored(2, 5, 6)]
    const [window] = await windowsOf(facts({ live: 2, timelines: inside, ranges }), clockOf(lived), minute(90))
    expect(window).toMatchObject({ latest: minute(80), gaps: [] })
  })
})
