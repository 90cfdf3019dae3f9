import { describe, expect, it } from 'vitest'
import type { ClusterObservation } from '@/lib/health/schema'
import { fullOf, isNarrowed, parseJobId, parseSetId, starterOf, startOfDay, stateOf } from '@/lib/history/rules'

describe('parseSetId', () => {
  it.each([
    ['1/20261122-010003F', { repoKey: 1, label: '20261122-010003F' }],
    ['2/20261122-010003F_20261124-120003I', { repoKey: 2, label: '20261122-010003F_20261124-120003I' }],
  ])('reads %s', (id, expected) => expect(parseSetId(id)).toEqual(expected))

  it.each(['20261122-010003F', '1/--set=x', '1/20261122-010003F/..', "1/20261122-010003F' OR 1", ''])('refuses %s', (id) => {
    expect(parseSetId(id)).toBeNull()
  })
})

it('takes a job’s number only as digits', () => {
  expect(parseJobId('1843')).toBe(1843n)
  expect([null, '', '-1', '0x10', ' 1', '12345678901234567890'].map(parseJobId)).toEqual([null, null, null, null, null, null])
})

it('names a set after its full', () => {
  expect(fullOf('20261122-010003F_20261124-120003I')).toBe('20261122-010003F')
  expect(fullOf('20261122-010003F')).toBe('20261122-010003F')
})

it('does not call a choice of repository narrowing: what runs there still shows', () => {
  const none = { type: null, repo: null, by: null, text: null, since: null }
  expect(isNarrowed({ ...none, repo: 2 })).toBe(false)
  expect(isNarrowed({ ...none, since: '2026-11-01' })).toBe(true)
})

it.each([
  [{ trigger: 'schedule', by: 'full schedule', reason: null }, 'schedule'],
  [{ trigger: 'catch-up', by: 'full schedule', reason: null }, 'schedule'],
  [{ trigger: 'manual', by: 'Ada Okafor', reason: null }, 'Ada Okafor'],
  [{ trigger: null, by: null, reason: null }, 'pgbackrest'],
])('starterOf(%o) is %s', (start, expected) => expect(starterOf(start)).toBe(expected))

describe('stateOf', () => {
  const set = { systemId: '7', archiveStart: '000000010000000000000002', lsnStop: '0/3000000', error: false, missing: 0 }
  const live = { up: true, systemId: '7', timeline: 1, history: [] } satisfies ClusterObservation

  it.each([
    ['whole and on the live timeline', set, live, 'usable'],
    ['nothing known of the live cluster', set, null, 'usable'],
    ['a set it needs is gone', { ...set, missing: 1, error: true }, live, 'incomplete'],
    ['damaged pages', { ...set, error: true }, live, 'checksum-error'],
    ['another database', { ...set, systemId: '8' }, live, 'other-cluster'],
    [
      'a timeline that was left before',
      set,
      { ...live, timeline: 2, history: [{ timeline: 1, switchLsn: '0/2000000' }] },
      'other-timeline',
    ],
    [
      'a timeline that was left after',
      set,
      { ...live, timeline: 2, history: [{ timeline: 1, switchLsn: '0/4000000' }] },
      'usable',
    ],
  ])('%s', (_, judged, observation, expected) => expect(stateOf(judged, observation)).toBe(expected))
})

describe('startOfDay', () => {
  it('is midnight in the shop’s zone', () => {
    expect(startOfDay('2026-11-24', 'Africa/Lagos')?.toISOString()).toBe('2026-11-23T23:00:00.000Z')
    expect(startOfDay('2026-07-01', 'America/New_York')?.toISOString()).toBe('2026-07-01T04:00:00.000Z')
  })
  it('is nothing for what is no day', () => expect(startOfDay('soon', 'UTC')).toBeNull())
})
