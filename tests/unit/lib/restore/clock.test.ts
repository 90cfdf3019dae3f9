import { describe, expect, it } from 'vitest'
import { joined, piecesOf, relooked } from '@/lib/restore/clock/rules'
import { basesOf } from '@/lib/restore/reach/rules'
import { SEGMENT_SIZE, backupSet, lsn, stored } from '../../../support/wal'

const span = (first: number, last: number) => ({ first: BigInt(first), last: BigInt(last) })

describe('spans', () => {
  it('join where they follow or overlap', () => {
    expect(joined([span(7, 8), span(1, 2), span(3, 3), span(2, 4)])).toEqual([span(1, 4), span(7, 8)])
  })

  it.each<[string, ReturnType<typeof span>[], ReturnType<typeof span>[], ReturnType<typeof span>[]]>([
    ['grow', [span(1, 300)], [span(256, 301)], [span(1, 301)]],
    ['begin', [], [span(256, 256)], [span(256, 256)]],
    ['lose what was removed in the part that was looked at', [span(1, 300)], [span(256, 260), span(262, 300)], [span(1, 260), span(262, 300)]],
    ['keep what lies behind it', [span(1, 2), span(600, 700)], [span(256, 260)], [span(1, 2), span(256, 260), span(600, 700)]],
    ['lose all of the part', [span(200, 600)], [], [span(200, 255), span(512, 600)]],
  ])('%s', (_, known, found, expected) => {
    expect(relooked(known, span(256, 511), found)).toEqual(expected)
  })
})

describe('pieces', () => {
  const set = backupSet({ label: '20261124-000900F', segments: [2, 2], stop: 2.5, minutes: 10 })
  const told = (ranges: ReturnType<typeof stored>[], timelines: Parameters<typeof piecesOf>[1] = [], sets = [set]) =>
    piecesOf(ranges, timelines, basesOf({ sets, ranges, segmentSize: SEGMENT_SIZE }), SEGMENT_SIZE)
      .map(({ timeline, from, to }) => [timeline, Number(from) / SEGMENT_SIZE, Number(to) / SEGMENT_SIZE])

  it('are what sets lead to, once for all repositories', () => {
    expect(told([stored(1, 1, 8), stored(1, 4, 9, 2)])).toEqual([[1, 2, 10]])
    expect(told([stored(1, 1, 8)], [], [])).toEqual([])
  })

  it('are cut where a timeline was left, and begin where it was begun', () => {
    const parents = (id: number, timeline: number, at: number) => ({ id, parents: [{ timeline, switchLsn: lsn(at) }] })
    expect(told([stored(1, 1, 6), stored(2, 5, 6)], [parents(2, 1, 5.5), parents(3, 1, 5.5), parents(4, 1, 9)])).toEqual([
      [1, 2, 5.5], [1, 5.5, 7], [2, 5.5, 7],
    ])
  })
})
