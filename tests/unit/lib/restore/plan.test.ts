import { describe, expect, it } from 'vitest'
import { withEpoch } from '@/lib/restore/aim/rules'
import type { Mark } from '@/lib/restore/clock/schema'
import type { TimelineHistory } from '@/lib/restore/lineage/rules'
import { type PlanOutcome, planOf } from '@/lib/restore/plan/rules'
import type { RestorableSet, StoredRange, WalFacts } from '@/lib/restore/reach/rules'
import type { RestoreWish, Target } from '@/lib/restore/schema'
import { SEGMENT_SIZE, SYSTEM, backupSet, clockOf, lsn, mark, minute, stored } from '../../../support/wal'

/** A mark a minute; ten minutes fill a segment. */
function life(timeline: number, segment: number, from: number, to: number): Mark[] {
  return Array.from({ length: to - from + 1 }, (_, n) => mark(timeline, segment + n / 10, from + n))
}

type World = { live: number; timelines: TimelineHistory[]; sets: RestorableSet[]; ranges: StoredRange[]; marks: Mark[]; points?: Record<string, Mark> }

function plan({ marks, points, ...world }: World, target: Target, wish: Partial<RestoreWish> = {}, now = minute(200)): Promise<PlanOutcome> {
  const facts: WalFacts = { ...world, systemId: SYSTEM, segmentSize: SEGMENT_SIZE }
  return planOf(facts, { target, ...wish }, clockOf(marks, points), now)
}

const at = (minutes: number): Target => ({ type: 'time', at: minute(minutes).toISOString() })
const told = (outcome: PlanOutcome) =>
  'refusal' in outcome ? outcome.refusal.code : [outcome.plan.label, outcome.plan.repo, outcome.plan.timeline, outcome.plan.isOnLiveLineage]
const F1 = '20261124-000900F'
const I1 = `${F1}_20261124-003000I`
const F2 = '20261124-005000F'

const plain: World = {
  live: 1, timelines: [{ id: 1, parents: [] }], ranges: [stored(1, 1, 8)], marks: life(1, 2, 10, 90),
  sets: [
    backupSet({ label: F1, segments: [2, 2], stop: 2.1, minutes: 11 }),
    backupSet({ label: I1, prior: F1, segments: [4, 4], stop: 4.1, minutes: 31 }),
    backupSet({ label: F2, segments: [6, 6], stop: 6.1, minutes: 51 }),
  ],
}

describe('a time', () => {
  it.each<[string, number, ReturnType<typeof told>]>([
    ['at the stop of the oldest set', 11, 'before-window'],
    ['within the second after it', 11 + 0.9 / 60, 'before-window'],
    ['a second after it', 11 + 1 / 60, [F1, 1, 1, true]],
    ['before the incremental was finished', 31, [F1, 1, 1, true]],
    ['after it', 32, [I1, 1, 1, true]],
    ['after the newest set', 60.5, [F2, 1, 1, true]],
    ['the newest mark that is stored', 80, [F2, 1, 1, true]],
    ['after it', 80.001, 'after-window'],
    ['not archived yet', 85, 'after-window'],
    ['after the last mark', 95, 'after-window'],
    ['in the future', 201, 'in-future'],
  ])('%s', async (_, minutes, expected) => {
    expect(told(await plan(plain, at(minutes)))).toEqual(expected)
  })

  it('is planned with all a restore needs', async () => {
    expect(await plan(plain, { type: 'time', at: '2026-11-24T00:45:30.123456Z' })).toEqual({
      plan: {
        target: { type: 'time', at: '2026-11-24T00:45:30.123456Z' }, repo: 1, label: I1, chain: [F1, I1], timeline: 1,
        time: '2026-11-24T00:45:30.123456Z', segments: 2, databaseSize: 1_000, isOnLiveLineage: true,
      },
    })
  })

  it('is not before a mark of the same millisecond', async () => {
    expect(told(await plan(plain, { type: 'time', at: '2026-11-24T01:20:00.000Z' }))).toEqual([F2, 1, 1, true])
    expect(told(await plan(plain, { type: 'time', at: '2026-11-24T01:20:00.000001Z' }))).toBe('after-window')
  })

  it('tells where the window begins and ends', async () => {
    expect(await plan(plain, at(5))).toEqual({ refusal: { code: 'before-window', params: { earliest: '2026-11-24T00:11:01.000Z' } } })
    expect(await plan(plain, at(95))).toEqual({ refusal: { code: 'after-window', params: { latest: '2026-11-24T01:20:00.000Z' } } })
  })

  it.each<[string, Partial<RestoreWish>, number, ReturnType<typeof told>]>([
    ['an older set than needed', { set: F1 }, 60, [F1, 1, 1, true]],
    ['a set that came too late', { set: F2 }, 45, 'set-too-late'],
    ['a set that is not there', { set: '20200101-000000F' }, 45, 'set-unknown'],
    ['a repository that is not there', { repo: 2 }, 45, 'no-set'],
    ['a set of another repository', { repo: 2, set: F1 }, 45, 'set-unknown'],
    ['a timeline that is not there', { timeline: 7 }, 45, 'timeline-unknown'],
    ['the live timeline, named', { timeline: 1 }, 45, [I1, 1, 1, true]],
  ])('with %s', async (_, wish, minutes, expected) => {
    expect(told(await plan(plain, at(minutes), wish))).toEqual(expected)
  })

  it.each<[string, Partial<RestorableSet>, string]>([
    ['with checksum errors', { error: true }, 'set-unusable'],
    ['whose prior expired', { prior: '20261123-000000F' }, 'set-unusable'],
    ['whose WAL is not stored', { archiveStart: '000000010000000000000000' }, 'set-unusable'],
    ['of another cluster', { systemId: '42' }, 'set-of-another-cluster'],
  ])('a set %s is passed over, and refused when named', async (_, flaw, code) => {
    const flawed = { ...plain, sets: plain.sets.map((set) => (set.label === F2 ? { ...set, ...flaw } : set)) }
    expect(told(await plan(flawed, at(60)))).toEqual([I1, 1, 1, true])
    expect(await plan(flawed, at(60), { set: F2 })).toEqual({ refusal: { code, params: { label: F2 } } })
  })

  it('a set that is newer than what the archive was seen to hold can be restored as it is, not replayed', async () => {
    const early = { ...plain, ranges: [stored(1, 1, 5)] }
    expect(told(await plan(early, { type: 'set', label: F2 }))).toEqual([F2, 1, 1, true])
    expect(told(await plan(early, at(60)))).toBe('after-window')
    expect(told(await plan(early, { type: 'latest' }))).toEqual([I1, 1, 1, true])
    const half = { ...plain, sets: [backupSet({ label: F1, segments: [8, 9], stop: 9.1, minutes: 81 })] }
    expect(told(await plan(half, { type: 'set', label: F1 }))).toEqual([F1, 1, 1, true])
  })

  it('without a set, or with sets of another cluster only', async () => {
    expect(told(await plan({ ...plain, sets: [] }, at(60)))).toBe('no-set')
    const foreign = { ...plain, sets: plain.sets.map((set) => ({ ...set, systemId: '42' })) }
    expect(await plan(foreign, at(60))).toEqual({ refusal: { code: 'set-of-another-cluster', params: { label: F2 } } })
  })
})

describe('a gap', () => {
  const broken = { ...plain, ranges: [stored(1, 1, 4), stored(1, 6, 8)] }
  it.each<[string, number, ReturnType<typeof told>]>([
    ['before it', 40, [I1, 1, 1, true]],
    ['in it', 40.5, 'in-gap'],
    ['in it, before the next set was finished', 51, 'in-gap'],
    ['after it', 52, [F2, 1, 1, true]],
    ['after all', 81, 'after-window'],
  ])('%s', async (_, minutes, expected) => {
    expect(told(await plan(broken, at(minutes)))).toEqual(expected)
  })

  it('is told from the last moment before to the first one after', async () => {
    expect(await plan(broken, at(45))).toEqual({
      refusal: { code: 'in-gap', params: { from: '2026-11-24T00:40:00.000Z', to: '2026-11-24T00:51:01.000Z' } },
    })
  })

  it('ends the window where no later set stands', async () => {
    const sets = plain.sets.slice(0, 2)
    expect(await plan({ ...broken, sets }, at(45))).toEqual({ refusal: { code: 'after-window', params: { latest: '2026-11-24T00:40:00.000Z' } } })
    expect(await plan({ ...broken, sets }, { type: 'latest' })).toMatchObject({ plan: { label: I1, time: '2026-11-24T00:40:00.000Z' } })
  })

  it('of one repository is none where another has the WAL', async () => {
    const second = { ...plain.sets[0], repoKey: 2 } as RestorableSet
    const two = { ...broken, sets: [...plain.sets, second], ranges: [...broken.ranges, stored(1, 1, 8, 2)] }
    expect(told(await plan(two, at(45)))).toEqual([F1, 2, 1, true])
    expect(told(await plan(two, at(45), { repo: 1 }))).toBe('in-gap')
    expect(told(await plan(two, at(40)))).toEqual([I1, 1, 1, true])
    expect(told(await plan(two, at(60), { repo: 2 }))).toEqual([F1, 2, 1, true])
  })
})

describe('latest', () => {
  it.each<[string, Partial<World>, Partial<RestoreWish>, ReturnType<typeof told>, string | null]>([
    ['is the newest mark that is stored', {}, {}, [F2, 1, 1, true], '2026-11-24T01:20:00.000Z'],
    ['from a given set', {}, { set: F1 }, [F1, 1, 1, true], '2026-11-24T01:20:00.000Z'],
    ['does not take a set that nothing was archived after', { ranges: [stored(1, 1, 4), stored(1, 6, 6)], marks: life(1, 2, 10, 40) }, {}, [I1, 1, 1, true], '2026-11-24T00:40:00.000Z'],
    ['without a mark', { marks: [] }, {}, 'after-window', null],
    ['without a set', { sets: [] }, {}, 'no-set', null],
  ])('%s', async (_, world, wish, expected, time) => {
    const outcome = await plan({ ...plain, ...world }, { type: 'latest' }, wish)
    expect(told(outcome)).toEqual(expected)
    expect('plan' in outcome ? outcome.plan.time : null).toBe(time)
  })
})

describe('restores to both sides of a fork: 1→2→3', () => {
  // 60: back to 40 (position 5.0) as timeline 2. 90: back to 75 (6.5 on timeline 2) as timeline 3. 120: back to 30 (4.0 on 1) as timeline 4.
  const timelines: TimelineHistory[] = [
    { id: 1, parents: [] },
    { id: 2, parents: [{ timeline: 1, switchLsn: lsn(5) }] },
    { id: 3, parents: [{ timeline: 1, switchLsn: lsn(5) }, { timeline: 2, switchLsn: lsn(6.5) }] },
  ]
  const D1 = '20261124-005500F'
  const F3 = '20261124-006500F'
  const world: World = {
    live: 3, timelines,
    ranges: [stored(1, 1, 6), stored(2, 5, 7), stored(3, 6, 8)],
    marks: [...life(1, 2, 10, 60), ...life(2, 5.1, 61, 90), ...life(3, 6.6, 91, 120)],
    sets: [
      backupSet({ label: F1, segments: [2, 2], stop: 2.1, minutes: 11 }),
      backupSet({ label: D1, segments: [6, 6], stop: 6.6, minutes: 56 }),
      backupSet({ label: F3, timeline: 2, segments: [5, 5], stop: 5.6, minutes: 66 }),
    ],
  }
  it.each<[string, number, Partial<RestoreWish>, ReturnType<typeof told>]>([
    ['before the first fork', 30, {}, [F1, 1, 1, true]],
    ['at the first fork', 40, {}, [F1, 1, 1, true]],
    ['what was left at the first fork', 45, {}, 'on-dead-branch'],
    ['what was left, asked for', 45, { timeline: 1 }, [F1, 1, 1, false]],
    ['what was left, with the set of that branch', 59, { timeline: 1 }, [D1, 1, 1, false]],
    ['what was left, with a set of the other branch', 59, { timeline: 1, set: F3 }, 'set-off-lineage'],
    ['what was left, as the live timeline', 45, { timeline: 3 }, 'not-on-timeline'],
    ['between the forks', 65, {}, [F1, 1, 2, true]],
    ['between the forks, after a set', 70, {}, [F3, 1, 2, true]],
    ['between the forks, with the dead set', 70, { set: D1 }, 'set-off-lineage'],
    ['what was left at the second fork', 80, {}, 'on-dead-branch'],
    ['what was left at the second fork, asked for', 80, { timeline: 2 }, [F3, 1, 2, false]],
    ['on the running timeline', 100, {}, [F3, 1, 3, true]],
    ['on the running timeline, asked for as the first', 100, { timeline: 1 }, 'not-on-timeline'],
    ['before the first fork, as timeline 2', 30, { timeline: 2 }, [F1, 1, 1, true]],
  ])('%s', async (_, minutes, wish, expected) => {
    expect(told(await plan(world, at(minutes), wish))).toEqual(expected)
  })

  it('tells when the shop lived on the branch', async () => {
    expect(await plan(world, at(45))).toEqual({
      refusal: { code: 'on-dead-branch', params: { timeline: 1, from: '2026-11-24T00:41:00.000Z', to: '2026-11-24T01:00:00.000Z' } },
    })
  })

  it('the moment of the fork is reached by the newer timeline where the older one is not stored', async () => {
    const inside = timelines.map((timeline) => ({
      ...timeline, parents: timeline.parents.map((parent) => (parent.timeline === 1 ? { ...parent, switchLsn: lsn(5.5) } : parent)),
    }))
    const ranges = [stored(1, 1, 4), stored(2, 5, 7), stored(3, 6, 8)]
    expect(told(await plan({ ...world, timelines: inside, ranges, sets: world.sets.slice(0, 1) }, at(43)))).toEqual([F1, 1, 3, true])
  })

  it('this backup exactly, also of a dead branch, and says so', async () => {
    const target: Target = { type: 'set', label: D1 }
    expect(await plan(world, target)).toMatchObject({ plan: { label: D1, timeline: 1, time: null, segments: 1, chain: [D1], isOnLiveLineage: false } })
    expect(told(await plan(world, { type: 'set', label: F3 }))).toEqual([F3, 1, 2, true])
    expect(told(await plan(world, target, { timeline: 2 }))).toBe('set-off-lineage')
    expect(told(await plan(world, { type: 'set', label: '20200101-000000F' }))).toBe('set-unknown')
  })

  it('a third restore before the first fork names the timeline it grew from', async () => {
    const grown: TimelineHistory = { id: 4, parents: [{ timeline: 1, switchLsn: lsn(4) }] }
    const fourth: World = {
      ...world, live: 4, timelines: [...timelines, grown], ranges: [...world.ranges, stored(4, 4, 5)], marks: [...world.marks, ...life(4, 4.1, 121, 140)],
    }
    expect(told(await plan(fourth, at(25)))).toEqual([F1, 1, 1, true])
    expect(told(await plan(fourth, at(35)))).toBe('on-dead-branch')
    expect(told(await plan(fourth, at(65)))).toBe('on-dead-branch')
    expect(told(await plan(fourth, at(100), { timeline: 3 }))).toEqual([F3, 1, 3, false])
    expect(told(await plan(fourth, at(130)))).toEqual([F1, 1, 4, true])
  })
})

describe('a chain of undos: 1→2, undone as 3, 3→4, undone as 5', () => {
  const parents = [{ timeline: 1, switchLsn: lsn(6) }, { timeline: 3, switchLsn: lsn(7.3) }]
  const world: World = {
    live: 5,
    timelines: [
      { id: 1, parents: [] }, { id: 2, parents: [{ timeline: 1, switchLsn: lsn(5) }] }, { id: 3, parents: parents.slice(0, 1) },
      { id: 4, parents }, { id: 5, parents: [{ timeline: 1, switchLsn: lsn(6) }, { timeline: 3, switchLsn: lsn(8) }] },
    ],
    ranges: [stored(1, 1, 5), stored(2, 5, 6), stored(3, 6, 7), stored(4, 7, 8), stored(5, 8, 9)],
    marks: [...life(1, 2, 10, 50), ...life(2, 5.1, 51, 60), ...life(3, 6.1, 61, 80), ...life(4, 7.4, 81, 90), ...life(5, 8.1, 91, 109)],
    sets: [
      backupSet({ label: F1, segments: [2, 2], stop: 2.1, minutes: 11 }),
      backupSet({ label: F2, timeline: 2, segments: [5, 5], stop: 5.5, minutes: 55 }),
      backupSet({ label: '20261124-010500F', timeline: 3, segments: [6, 6], stop: 6.6, minutes: 66 }),
    ],
  }
  it.each<[string, number, Partial<RestoreWish>, ReturnType<typeof told>]>([
    ['before everything', 30, {}, [F1, 1, 1, true]],
    ['what the first undo brought back', 45, {}, [F1, 1, 1, true]],
    ['what the first undo left', 56, {}, 'on-dead-branch'],
    ['what the first undo left, asked for', 57, { timeline: 2 }, [F2, 1, 2, false]],
    ['between the undos', 70, {}, ['20261124-010500F', 1, 3, true]],
    ['what the second undo left', 85, {}, 'on-dead-branch'],
    ['what the second undo left, asked for', 85, { timeline: 4 }, ['20261124-010500F', 1, 4, false]],
    ['now', 100, {}, ['20261124-010500F', 1, 5, true]],
  ])('%s', async (_, minutes, wish, expected) => {
    expect(told(await plan(world, at(minutes), wish))).toEqual(expected)
  })
})

describe('other targets', () => {
  const point = mark(1, 6.55, 55.5)
  const left = mark(2, 5.2, 62)
  const world = { ...plain, points: { 'before prices': point, left } }
  it.each<[string, Target, Partial<RestoreWish>, ReturnType<typeof told>]>([
    ['a restore point', { type: 'name', name: 'before prices' }, {}, [F2, 1, 1, true]],
    ['a restore point that is not ours', { type: 'name', name: 'elsewhere' }, {}, 'name-unknown'],
    ['a restore point before the set', { type: 'name', name: 'before prices' }, { set: F1 }, [F1, 1, 1, true]],
    ['a restore point of a branch that was left', { type: 'name', name: 'left' }, {}, 'on-dead-branch'],
    ['a restore point of another timeline', { type: 'name', name: 'left' }, { timeline: 1 }, 'not-on-timeline'],
    ['a position', { type: 'lsn', lsn: lsn(4.5) }, {}, [I1, 1, 1, true]],
    ['a position before the stop of the incremental', { type: 'lsn', lsn: lsn(4.05) }, {}, [F1, 1, 1, true]],
    ['a position before all', { type: 'lsn', lsn: lsn(1) }, {}, 'before-window'],
    ['a position nothing is stored behind', { type: 'lsn', lsn: lsn(9) }, {}, 'after-window'],
    ['a position far away', { type: 'lsn', lsn: 'FF/0' }, {}, 'after-window'],
    ['a transaction', { type: 'xid', xid: '455' }, {}, [I1, 1, 1, true]],
    ['a transaction right after the set', { type: 'xid', xid: '611' }, {}, [F2, 1, 1, true]],
    ['a transaction that may have begun before the set was finished', { type: 'xid', xid: '610' }, {}, [I1, 1, 1, true]],
    ['a transaction before all', { type: 'xid', xid: '100' }, {}, 'before-window'],
    ['a transaction to come', { type: 'xid', xid: '9999' }, {}, 'after-window'],
  ])('%s', async (_, target, wish, expected) => {
    expect(told(await plan(world, target, wish))).toEqual(expected)
  })

  it('a position in a gap', async () => {
    const broken = { ...plain, ranges: [stored(1, 1, 4), stored(1, 6, 8)] }
    expect(told(await plan(broken, { type: 'lsn', lsn: lsn(5.5) }))).toBe('in-gap')
  })

  it.each([
    [5n, 100n, 5n],
    [500n, 100n, 500n],
    [5n, (3n << 32n) + 100n, (3n << 32n) + 5n],
    [500n, (3n << 32n) + 100n, (2n << 32n) + 500n],
    [(1n << 32n) + 7n, (3n << 32n) + 100n, (1n << 32n) + 7n],
  ])('transaction %s while %s is the newest is %s', (asked, newest, expected) => {
    expect(withEpoch(asked, newest)).toBe(expected)
  })
})
