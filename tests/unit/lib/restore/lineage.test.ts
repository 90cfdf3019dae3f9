import { describe, expect, it } from 'vitest'
import { isOnLiveLineage } from '@/lib/backups/rules'
import { type TimelineHistory, isOn, lineageOf, parseHistory, serves, withAncestors } from '@/lib/restore/lineage/rules'
import { SYSTEM, backupSet, lsn, position } from '../../../support/wal'

const history = (id: number, ...parents: [number, number][]): TimelineHistory => ({
  id, parents: parents.map(([timeline, segments]) => ({ timeline, switchLsn: lsn(segments) })),
})
const told = (timeline: number, timelines: TimelineHistory[]) =>
  lineageOf(timeline, timelines)?.map(({ timeline: id, from, to }) => [id, Number(from) / 2 ** 24, to === null ? null : Number(to) / 2 ** 24])

describe('a .history file', () => {
  it('is read as PostgreSQL writes it, oldest ancestor first', () => {
    const text = '1\t0/4000550\tbefore 2026-11-24 20:08:55.199714+00\n\n\n2\t0/40003E0\tno recovery target specified\n'
    expect(parseHistory(text)).toEqual([{ timeline: 1, switchLsn: '0/4000550' }, { timeline: 2, switchLsn: '0/40003E0' }])
  })

  it('may hold comments and nothing', () => {
    expect(parseHistory('# a comment\n')).toEqual([])
    expect(parseHistory('')).toEqual([])
  })
})

describe('a lineage', () => {
  it.each<[string, number, TimelineHistory[], ReturnType<typeof told>]>([
    ['of the first timeline needs no file', 1, [], [[1, 0, null]]],
    ['of a child', 2, [history(2, [1, 5])], [[1, 0, 5], [2, 5, null]]],
    ['of a grandchild', 3, [history(2, [1, 5]), history(3, [1, 5], [2, 8.5])], [[1, 0, 5], [2, 5, 8.5], [3, 8.5, null]]],
    ['of an undo does not go through what was undone', 3, [history(2, [1, 5]), history(3, [1, 6])], [[1, 0, 6], [3, 6, null]]],
    // As in a chain of undos and restores 1→2, 1→3, 3→4, 4→5.
    ['of a chain of undos', 5, [history(5, [1, 6], [3, 7.25], [4, 9])], [[1, 0, 6], [3, 6, 7.25], [4, 7.25, 9], [5, 9, null]]],
    ['leaves out an ancestor that was left before it began', 3, [history(3, [1, 5.5], [2, 5.25])], [[1, 0, 5.25], [3, 5.25, null]]],
    ['leaves out several of them', 4, [history(4, [1, 9], [2, 10], [3, 4])], [[1, 0, 4], [4, 4, null]]],
    ['keeps forks that share a segment', 3, [history(3, [1, 4.25], [2, 4.5])], [[1, 0, 4.25], [2, 4.25, 4.5], [3, 4.5, null]]],
  ])('%s', (_, timeline, timelines, expected) => {
    expect(told(timeline, timelines)).toEqual(expected)
  })

  it('is not known without the history', () => {
    expect(lineageOf(2, [history(3, [1, 5], [2, 8])])).toBeNull()
    expect(told(2, withAncestors([history(3, [1, 5], [2, 8])]))).toEqual([[1, 0, 5], [2, 5, null]])
  })

  it('holds what lies up to a fork, and not what lies behind it', () => {
    const lineage = lineageOf(2, [history(2, [1, 5])]) ?? []
    const on = (timeline: number, segments: number) => isOn(lineage, { timeline, lsn: position(segments) })
    expect([on(1, 5), on(1, 5.001), on(2, 5), on(2, 5.001), on(3, 1)]).toEqual([true, false, false, true, false])
  })
})

describe('which sets serve', () => {
  const timelines = [history(2, [1, 5]), history(3, [1, 6]), history(4, [1, 6], [3, 8])]
  const set = (timeline: number, stop: number) => backupSet({ label: 'x', timeline, segments: [Math.floor(stop), Math.floor(stop)], stop, minutes: 1 })
  it.each<[string, number, number, number, boolean]>([
    ['own timeline', 4, 9, 4, true],
    ['ancestor, before the fork', 1, 4.5, 2, true],
    ['ancestor, exactly at the fork', 1, 5, 2, true],
    ['ancestor, after the fork', 1, 5.5, 2, false],
    ['ancestor, before a later fork', 1, 5.5, 3, true],
    ['grandparent', 1, 5.5, 4, true],
    ['parent', 3, 7, 4, true],
    ['parent, after the fork', 3, 8.5, 4, false],
    ['a dead branch', 2, 6, 4, false],
    ['a child', 4, 9, 3, false],
  ])('%s', (_, own, stop, tip, expected) => {
    expect(serves(set(own, stop), lineageOf(tip, withAncestors(timelines)) ?? [], SYSTEM)).toBe(expected)
    const { parents = [] } = timelines.find(({ id }) => id === tip) ?? {}
    expect(isOnLiveLineage(set(own, stop), { systemId: SYSTEM, timeline: tip, history: [...parents] })).toBe(expected)
  })

  it('none of another cluster', () => {
    expect(serves({ ...set(1, 2), systemId: '42' }, lineageOf(1, []) ?? [], SYSTEM)).toBe(false)
    expect(isOnLiveLineage(set(1, 2), { systemId: '42', timeline: 1, history: [] })).toBe(false)
    expect(isOnLiveLineage(set(1, 2), { history: [] })).toBe(false)
  })

  it('a set whose stop is not known only where its timeline was not left', () => {
    const unknown = { ...set(1, 2), lsnStop: null }
    expect(serves(unknown, lineageOf(1, []) ?? [], SYSTEM)).toBe(true)
    expect(serves(unknown, lineageOf(2, timelines) ?? [], SYSTEM)).toBe(false)
  })
})
