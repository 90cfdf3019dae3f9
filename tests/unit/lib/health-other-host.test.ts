import { describe, expect, it } from 'vitest'
import { failedWal, otherHostOf } from '@/lib/health/other-host/rules'
import type { ClusterObservation } from '@/lib/health/schema'

const now = new Date('2026-11-24T13:26:08Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const arrival = (wal: string, secondsAgo: number, repoKey = 1) => ({ wal, at: ago(secondsAgo), repoKey })
const ON_1 = '0000000100000001000000EB'
const ON_2 = '0000000200000001000000EC'
const archiver = (failed: string | null, failedAgo = 4, archivedAgo = 900): NonNullable<ClusterObservation['archiver']> => ({
  mode: 'on', commandSet: true, lastArchivedWal: ON_1, lastArchivedAt: ago(archivedAgo).toISOString(), lastFailedWal: failed,
  lastFailedAt: failed && ago(failedAgo).toISOString(), failedCount: 3, waiting: 9,
})
const HOUR = 3_600

describe('a host without a shop', () => {
  const lost = { lost: true, beganAt: ago(HOUR) }

  it('tells that the shop lives elsewhere when WAL arrives while it waits', () => {
    expect(otherHostOf([arrival(ON_1, 900), arrival(ON_2, 40)], lost, now)).toEqual({ wal: ON_2, timeline: 2, at: ago(40).toISOString() })
  })

  it.each([
    ['what came before it began to wait', { ...lost, beganAt: ago(30) }, [arrival(ON_1, 40)]],
    ['what stopped to come', lost, [arrival(ON_1, 601)]],
    ['an empty archive', lost, []],
  ])('does not tell it of %s', (_, own, arrivals) => expect(otherHostOf(arrivals, own, now)).toBeNull())
})

describe('a host with a shop', () => {
  const own = (timeline: number, began = HOUR) => ({ timeline, beganAt: ago(began), archiver: archiver(null) })

  it.each([
    ['a higher one, which was restored from this', 1, ON_2],
    ['a lower one, which this was restored from', 2, ON_1],
  ])('sees WAL arrive on %s', (_, timeline, wal) => {
    expect(otherHostOf([arrival(wal, 40)], own(timeline), now)).toMatchObject({ wal })
  })

  it.each([
    ['its own', own(1), [arrival(ON_1, 40)]],
    ['what its last restore left on the timeline before', own(2, 100), [arrival(ON_1, 20)]],
    ['what lies there from before', own(2), [arrival(ON_1, HOUR + 10)]],
    ['a timeline of which it is not known when it began', { ...own(2), beganAt: null }, [arrival(ON_1, 40)]],
  ])('takes no offence at %s', (_, shop, arrivals) => expect(otherHostOf(arrivals, shop, now)).toBeNull())
})

describe('a segment that cannot be archived', () => {
  const shop = (failed: string | null) => ({ timeline: 1, beganAt: ago(HOUR), archiver: archiver(failed) })

  it('and is there already is another host’s, however long ago it came', () => {
    expect(otherHostOf([arrival(ON_1, 5 * HOUR)], shop(ON_1), now)).toEqual({ wal: ON_1, timeline: 1, at: ago(5 * HOUR).toISOString() })
  })

  it('and is in one of two repositories is this host’s: the other one fails', () => {
    expect(otherHostOf([arrival(ON_1, 60), arrival('0000000100000001000000EA', 120, 2)], shop(ON_1), now)).toBeNull()
  })

  it('and is nowhere is no sign of anybody', () => {
    expect(otherHostOf([arrival('0000000100000001000000EA', 60)], shop(ON_1), now)).toBeNull()
  })

  it('counts as long as it is the last thing the archiver did', () => {
    expect(failedWal(archiver(ON_1))).toBe(ON_1)
    expect(failedWal(archiver(ON_1, 900, 4))).toBeNull()
    expect(failedWal(archiver(null))).toBeNull()
    expect(failedWal(undefined)).toBeNull()
  })
})
