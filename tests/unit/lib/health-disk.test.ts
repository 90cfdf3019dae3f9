import { describe, expect, it } from 'vitest'
import { findArchive } from '@/lib/health/checks/rules'
import { findShopDisk, walRate } from '@/lib/health/disk/rules'
import { type ClusterObservation, type Reason, clusterObservationSchema } from '@/lib/health/schema'

const HOUR = 3_600
const MEGABYTE = 2 ** 20
const SEGMENT = 16 * MEGABYTE
const now = new Date('2026-11-24T13:26:08Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000)
const at = (secondsAgo: number, bytes: number) => ({ at: ago(secondsAgo), lsn: BigInt(bytes) })

describe('the rate of WAL', () => {
  const closing = { archiveTimeout: 60, segmentSize: SEGMENT }
  const idle = SEGMENT / 60

  it.each([
    ['of an idle shop is a segment each archive_timeout, though nothing was measured', [], closing, idle],
    ['is at least that', [at(HOUR, 0), at(0, MEGABYTE)], closing, idle],
    ['of a busy hour counts at once', [at(24 * HOUR, 0), at(HOUR, 0), at(0, HOUR * MEGABYTE)], closing, MEGABYTE],
    ['of a quiet night is that of the day before', [at(24 * HOUR, 0), at(HOUR, 24 * HOUR * MEGABYTE), at(0, 24 * HOUR * MEGABYTE)], closing, MEGABYTE],
    ['is not told by a burst of minutes after a start', [at(300, 0), at(0, 300 * 100 * MEGABYTE)], closing, idle],
    ['is not known where PostgreSQL closes no segment and nothing was measured', [at(0, 7)], { archiveTimeout: 0, segmentSize: SEGMENT }, undefined],
    ['is not known of a shop that wrote nothing', [at(HOUR, 7), at(0, 7)], {}, undefined],
  ])('%s', (_, positions, close, rate) => {
    expect(walRate(positions, close)).toBe(rate)
  })
})

const archiver: NonNullable<ClusterObservation['archiver']> = {
  mode: 'on', commandSet: true, lastArchivedWal: null, lastArchivedAt: ago(20).toISOString(), lastFailedWal: null, lastFailedAt: null,
  failedCount: 0, waiting: 0,
}
const failing = { lastArchivedAt: ago(HOUR).toISOString(), lastFailedAt: ago(4).toISOString(), failedCount: 60, waiting: 61 }
const disk = (free: number, total = 100e9) => ({ volume: { free, total }, walVolume: { free, total } })

function find(archiving: Partial<typeof archiver>, more: Partial<ClusterObservation>): Reason[] {
  const cluster = { up: true, history: [], archiveTimeout: 60, walRate: 1e6, walSize: 2e9, archiver: { ...archiver, ...archiving }, ...more }
  return findShopDisk(cluster, findArchive({ cluster }, now), now)
}

describe('while WAL is not archived', () => {
  it('the time until the disk is full is told, however much that is', () => {
    expect(find(failing, disk(90e9))).toEqual([{
      code: 'disk-filling', severity: 'warn', free: 90e9, total: 100e9, secondsLeft: 25 * HOUR, rate: 1e6, walSize: 2e9, waiting: 61,
    }])
  })

  it('less than a day is bad', () => {
    expect(find(failing, disk(7.2 * HOUR * 1e6))).toMatchObject([{ code: 'disk-filling', severity: 'bad', secondsLeft: 7.2 * HOUR }])
  })

  it('the room counts where pg_wal lies', () => {
    const apart = { volume: { free: 1e9, total: 2e9 }, walVolume: { free: 50e9, total: 60e9 } }
    expect(find(failing, apart)).toMatchObject([{ free: 50e9, total: 60e9, secondsLeft: 50_000 }])
  })

  it('without a rate there is no time, and little room is bad', () => {
    expect(find(failing, { ...disk(90e9), walRate: undefined })).toMatchObject([{ severity: 'warn', secondsLeft: null, rate: null }])
    expect(find(failing, { ...disk(20e6), walRate: undefined })).toMatchObject([{ severity: 'bad', secondsLeft: null }])
  })

  it.each([
    ['archive_command is empty', { commandSet: false, waiting: 3 }, true],
    ['it fails, and the last segment is recent, but many wait', { ...failing, lastArchivedAt: ago(30).toISOString(), waiting: 17 }, true],
    ['archive_command hangs', { lastArchivedAt: ago(700).toISOString(), waiting: 5 }, true],
    ['none ever arrived', { lastArchivedAt: null, waiting: 2 }, true],
    ['it failed once', { ...failing, lastArchivedAt: ago(37).toISOString(), waiting: 1 }, false],
    ['it failed after hours without a sale', { ...failing, waiting: 1 }, false],
    ['it is slow after a bulk import', { lastArchivedAt: ago(2).toISOString(), waiting: 300 }, false],
    ['archive_mode is off, so that nothing is kept', { mode: 'off' }, false],
    ['it works', {}, false],
  ])('%s: %o', (_, archiving, isTold) => {
    expect(find(archiving, disk(7e9)).map(({ code }) => code)).toEqual(isTold ? ['disk-filling'] : [])
  })
})

describe('while it is archived', () => {
  it.each([
    ['a big disk with room', disk(15e9, 4e12), []],
    ['a small one with a tenth left', disk(2.5e9, 25e9), []],
    ['an unknown one', {}, []],
    ['a big one below ten gigabytes', disk(9e9, 4e12), ['warn']],
    ['a small one below a gigabyte', disk(0.9e9, 10e9), ['warn']],
    ['one that is full', disk(50e6), ['bad']],
    ['one with a full volume for WAL alone', { volume: { free: 90e9, total: 100e9 }, walVolume: { free: 80e6, total: 5e9 } }, ['bad']],
  ])('%s', (_, space, severities) => {
    const found = find({}, space)
    expect(found.map(({ severity }) => severity)).toEqual(severities)
    expect(found.every(({ code }) => code === 'disk-low')).toBe(true)
  })

  it('says how long it would last without', () => {
    expect(find({}, disk(3.6e9))).toEqual([{ code: 'disk-low', severity: 'warn', free: 3.6e9, total: 100e9, secondsLeft: HOUR, isFull: false }])
  })

  it('a shop that has stopped for want of room is told so', () => {
    const stopped: ClusterObservation = { up: false, history: [], ...disk(0) }
    expect(findShopDisk(stopped, findArchive({ cluster: stopped }, now), now)).toMatchObject([{ code: 'disk-low', severity: 'bad', isFull: true }])
  })
})

it('an observation of an older worker tells nothing of the disk, and is read', () => {
  const old = clusterObservationSchema.parse({ up: true, archiver, archiveTimeout: 60 })
  expect(findShopDisk(old, findArchive({ cluster: old }, now), now)).toEqual([])
})
