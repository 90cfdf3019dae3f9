import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/audit/schema'
import { getClusterSummary } from '@/lib/cluster/data'
import { readOverview, readStatus } from '@/lib/health/data'
import { publishObservation } from '@/lib/health/mutations'
import { type ClusterObservation, overviewSchema, statusSchema } from '@/lib/health/schema'
import { enqueueOnce } from '@/lib/jobs/mutations'
import { preferredBackup } from '@/lib/policy/choices/rules'
import { backupChoicesSchema } from '@/lib/policy/choices/schema'
import { readBackupChoices } from '@/lib/policy/data'
import { type TestControl, startControl } from '../support/control'

const DAY = 86_400_000
const now = new Date('2026-11-24T13:26:08Z')
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds)
const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada Okafor' }

const observation: ClusterObservation = {
  up: true,
  inRecovery: false,
  version: '15.8',
  systemId: '7',
  timeline: 1,
  history: [],
  databaseSize: 3.1e9,
  archiveTimeout: 60,
  archiver: {
    mode: 'on',
    commandSet: true,
    lastArchivedWal: '0000000100000001000000EB',
    lastArchivedAt: before(37_000).toISOString(),
    lastFailedWal: null,
    lastFailedAt: null,
    failedCount: 0,
    waiting: 0,
  },
}
const policy = {
  schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' },
  timeZone: 'Africa/Lagos',
  retention: { full: 4, diff: null },
}

let control: TestControl
beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
beforeEach(publish)
afterEach(async () => {
  const { db } = control
  await db.job.deleteMany()
  await db.backupSet.deleteMany()
  await db.repository.deleteMany()
  await db.worker.deleteMany()
})

async function publish() {
  const { db, stanza } = control
  await db.stanza.update({
    where: { name: stanza },
    data: { createdAt: before(26 * DAY), observedAt: before(3_000), observation, policy, shop: {} },
  })
  await db.worker.create({
    data: { id: 'w1', stanzaName: stanza, name: 'till-2', pid: 7, version: '0.1.0', heartbeatAt: before(2_000) },
  })
  await db.repository.create({
    data: {
      stanzaName: stanza,
      key: 1,
      type: 'posix',
      location: '/var/lib/pgbackrest',
      cipher: 'none',
      statusCode: 0,
      statusMessage: 'ok',
      diskTotal: 16_000_000_000n,
      diskFree: 11_900_000_000n,
      checkedAt: now,
    },
  })
}

type Links = { type?: string; prior?: string; reference?: string[]; error?: boolean; systemId?: string; expiredAt?: Date }
function addSet(label: string, startedAt: Date, { type = 'full', ...links }: Links = {}) {
  return control.db.backupSet.create({
    data: {
      stanzaName: control.stanza,
      repoKey: 1,
      label,
      type,
      startedAt,
      stoppedAt: new Date(startedAt.getTime() + 24_000),
      reference: [],
      archiveStart: '000000010000000000000010',
      archiveStop: '000000010000000000000010',
      lsnStop: '0/10000000',
      systemId: '7',
      databaseSize: 3_100_000_000n,
      databaseDelta: 600_000_000n,
      repositoryDelta: 122_000_000n,
      error: false,
      annotation: {},
      backrestVersion: '2.45',
      ...links,
    },
  })
}

type Ended = { status?: 'SUCCEEDED' | 'FAILED' | 'CANCELLED'; code?: string; type?: string }
function addJob(createdAt: Date, { status = 'FAILED', code = 'repository-full', type = 'diff' }: Ended = {}) {
  return control.db.job.create({
    data: {
      stanzaName: control.stanza,
      kind: 'backup',
      lane: 'repository',
      status,
      request: { kind: 'backup', type, repo: 1 },
      trigger: 'schedule',
      actorKind: 'schedule',
      actorName: 'diff schedule',
      createdAt,
      claimedAt: createdAt,
      finishedAt: new Date(createdAt.getTime() + 5_000),
      ...(status === 'FAILED' && { failure: { code, pgbackrestCode: 82 } }),
    },
  })
}

async function addChain() {
  await addSet('20261122-010003F', new Date('2026-11-22T01:00:03Z'))
  const links = { type: 'diff', prior: '20261122-010003F', reference: ['20261122-010003F'] }
  await addSet('20261122-010003F_20261123-010002D', new Date('2026-11-23T01:00:02Z'), links)
  await addSet('20261122-010003F_20261124-010002D', new Date('2026-11-24T01:00:02Z'), links)
}

const read = () => readOverview(control.db, control.stanza, now)
const codes = async () => (await read()).verdict.reasons.map(({ code }) => code)

describe('the overview', () => {
  it('is protected, with everything it rests on, and survives the way to the browser', async () => {
    await addChain()
    await addJob(new Date('2026-11-24T01:00:00Z'), { status: 'SUCCEEDED' })
    const overview = await read()
    expect(overview.verdict).toMatchObject({ state: 'protected', reasons: [], lastKnown: null })
    expect(overview.newest).toMatchObject({ label: '20261122-010003F_20261124-010002D', type: 'diff', size: 122e6 })
    expect(overview.newestFull?.label).toBe('20261122-010003F')
    expect(overview.next).toEqual({
      at: new Date('2026-11-25T01:00Z'),
      type: 'diff',
      schedule: { kind: 'weekly', days: [1, 2, 3, 4, 5, 6] },
    })
    expect(overview.repositories).toMatchObject([{ key: 1, sets: 3, size: 366e6, diskFree: 11.9e9 }])
    expect(overview.strip.days.slice(-3).map(({ state, type }) => [state, type])).toEqual([
      ['backed-up', 'full'],
      ['backed-up', 'diff'],
      ['backed-up', 'diff'],
    ])
    expect(overview.recent).toMatchObject([{ kind: 'backup', type: 'diff', status: 'SUCCEEDED' }])
    expect(overviewSchema.parse(JSON.parse(JSON.stringify(overview)))).toEqual(overview)
  })

  it('knows nothing of a stanza nobody has spoken of', async () => {
    const overview = await readOverview(control.db, 'elsewhere', now)
    expect(overview.verdict).toMatchObject({
      state: 'unknown',
      reasons: [{ code: 'worker-silent', since: null }],
      lastKnown: null,
    })
    expect([overview.newest, overview.active, overview.repositories]).toEqual([null, [], []])
  })

  it('is not protected yet before the first set, and unprotected when all have expired', async () => {
    await control.db.stanza.update({ where: { name: control.stanza }, data: { createdAt: before(600_000) } })
    expect((await read()).verdict.state).toBe('not-yet')
    await addSet('20261122-010003F', new Date('2026-11-22T01:00:03Z'), { expiredAt: before(DAY) })
    expect((await read()).verdict).toMatchObject({ state: 'unprotected', reasons: [{ code: 'no-set' }] })
  })

  it('passes over sets that cannot bring back the running shop', async () => {
    await addChain()
    await addSet('20261124-050000F', new Date('2026-11-24T05:00:00Z'), { systemId: '8' })
    await addSet('20261124-060000F', new Date('2026-11-24T06:00:00Z'), { error: true })
    await addSet('20261124-070000F_20261124-080000I', new Date('2026-11-24T08:00:00Z'), {
      type: 'incr',
      prior: '20261124-070000F',
      reference: ['20261124-070000F'],
    })
    const overview = await read()
    expect(overview.newest?.label).toBe('20261122-010003F_20261124-010002D')
    expect(overview.newestFull?.label).toBe('20261122-010003F')
    expect(overview.verdict.reasons).toMatchObject([{ code: 'set-damaged', label: '20261124-060000F' }])
  })

  it('finds a usable set behind any number of damaged ones', async () => {
    await addChain()
    for (let hour = 2; hour < 13; hour++) {
      await addSet(`20261124-${String(hour).padStart(2, '0')}0000F`, new Date(Date.UTC(2026, 10, 24, hour)), { error: true })
    }
    expect((await read()).newest?.label).toBe('20261122-010003F_20261124-010002D')
  })

  it('still knows whose sets they are when PostgreSQL does not answer', async () => {
    await addChain()
    await publishObservation(control.db, control.stanza, { up: false, error: 'connection refused', history: [] }, before(1_000))
    const { verdict, newest, cluster } = await read()
    expect(verdict).toMatchObject({ state: 'at-risk', reasons: [{ code: 'database-down', detail: 'connection refused' }] })
    expect(newest?.label).toBe('20261122-010003F_20261124-010002D')
    expect(cluster).toEqual({ up: false, error: 'connection refused', systemId: '7', timeline: 1, history: [] })
    await publishObservation(control.db, control.stanza, observation, before(1_000))
    expect((await read()).cluster).toEqual(observation)
  })

  it('tells a failed backup until a set is made after it', async () => {
    await addChain()
    const { id } = await addJob(before(3_600_000))
    const { verdict, strip } = await read()
    expect(verdict).toMatchObject({
      state: 'at-risk',
      reasons: [{ code: 'backup-failed', jobId: id.toString(), failure: { code: 'repository-full', pgbackrestCode: 82 } }],
    })
    expect(strip.days.at(-1)).toMatchObject({ state: 'failed', type: 'diff' })
    expect(strip.notes.at(-1)).toMatchObject({ state: 'failed', failure: 'repository-full', jobId: id.toString(), goodAt: null })
    await addSet('20261124-130000F', before(600_000))
    expect(await codes()).toEqual([])
  })

  it('shows what runs and what waits, and does not call a tick missed that runs', async () => {
    const { db, stanza } = control
    await addSet('20261122-010003F', new Date('2026-11-23T12:30:00Z'))
    expect(await codes()).toEqual(['schedule-overdue'])
    const request = { kind: 'backup' as const, type: 'diff' as const, repo: 1 }
    const ask = { stanza, request, actor: ada, trigger: 'manual' as const }
    const { job } = await db.$transaction((tx) => enqueueOnce(tx, ask))
    await db.job.update({
      where: { id: job.id },
      data: { status: 'RUNNING', claimedAt: now, heartbeatAt: now, createdAt: before(60_000) },
    })
    await db.$transaction((tx) => enqueueOnce(tx, { ...ask, request: { ...request, type: 'full' } }))
    const { active, strip, verdict } = await read()
    expect(active.map(({ status, type, lost }) => [status, type, lost])).toEqual([
      ['RUNNING', 'diff', false],
      ['QUEUED', 'full', false],
    ])
    expect(strip.days.at(-1)?.state).toBe('running')
    expect(verdict.state).toBe('protected')
  })

  it('does not call PostgreSQL down that is away because the shop is being exchanged', async () => {
    const { db, stanza } = control
    await addChain()
    await publishObservation(db, stanza, { up: false, error: 'connection refused', history: [] }, before(1_000))
    expect((await readOverview(db, stanza, now)).verdict).toMatchObject({ reasons: [{ code: 'database-down' }] })
    expect(await getClusterSummary(db, stanza, now)).toMatchObject({ postgres: { up: false }, restoring: false })
    const { id } = await db.job.create({
      data: {
        stanzaName: stanza, kind: 'undo', lane: 'cluster', request: { kind: 'undo', cluster: 'before-7' }, trigger: 'manual', status: 'RUNNING',
        actorKind: 'user', actorId: 'u1', actorName: 'Ada', claimedAt: before(5_000), heartbeatAt: before(1_000),
      },
    })
    expect((await readStatus(db, stanza, now)).verdict).toMatchObject({
      state: 'restoring', reasons: [{ code: 'shop-exchange', kind: 'undo', jobId: id.toString(), since: before(5_000) }],
    })
    expect(await getClusterSummary(db, stanza, now)).toMatchObject({ restoring: true })
  })

  it('knows of what point a restore is, how far it has replayed, and for how long the shop was closed', async () => {
    const { db, stanza } = control
    const target = { type: 'time', at: '2026-11-24T13:03:21Z' }
    const data = { stanzaName: stanza, lane: 'cluster' as const, trigger: 'manual', actorKind: 'user' as const, actorName: 'Ada' }
    await db.job.create({
      data: {
        ...data, kind: 'switch', request: { kind: 'switch', rehearsal: 'c2', carryOver: { configuration: true, passwords: true } },
        status: 'SUCCEEDED', claimedAt: before(60_000), finishedAt: before(50_000),
        result: { kind: 'switch', downtimeMs: 412 },
      },
    })
    await db.job.create({ data: { ...data, kind: 'restore-point', request: { kind: 'restore-point', name: 'stocktaking' }, status: 'CANCELLED' } })
    await db.job.create({
      data: {
        ...data, kind: 'rehearse', request: { kind: 'rehearse', wish: { target } }, status: 'RUNNING', claimedAt: before(9_000),
        heartbeatAt: before(1_000),
        progress: { steps: [{ phase: 'replay', startedAt: before(3_000).toISOString() }], percent: 100, replayedAt: '2026-11-24T12:58:00.000Z' },
      },
    })
    const overview = overviewSchema.parse(JSON.parse(JSON.stringify(await readOverview(db, stanza, now))))
    expect(overview.recent).toMatchObject([
      { kind: 'rehearse', target, downtime: null },
      { kind: 'restore-point', target: { type: 'name', name: 'stocktaking' } },
      { kind: 'switch', target: null, downtime: 412 },
    ])
    expect(overview.active).toMatchObject([{ kind: 'rehearse', progress: { phase: 'replay', replayedAt: new Date('2026-11-24T12:58:00Z') } }])
  })

  it('gives the header the same verdict', async () => {
    await addChain()
    const status = await readStatus(control.db, control.stanza, now)
    expect(status).toEqual({
      now,
      verdict: { state: 'protected', reasons: [], lastKnown: null },
      newestAt: new Date('2026-11-24T01:00:26Z'),
      archivedAt: before(37_000),
      active: 0,
    })
    expect(statusSchema.parse(JSON.parse(JSON.stringify(status)))).toEqual(status)
  })
})

describe('what Back up now would do', () => {
  it('is read from what stands there', async () => {
    await addChain()
    const choices = await readBackupChoices(control.db, control.stanza)
    expect(choices.repositories[0]?.choices.map(({ type, needs, size }) => [type, needs, size])).toEqual([
      ['full', 0, 122e6],
      ['diff', 1, 122e6],
      ['incr', 2, null],
    ])
    expect(preferredBackup(choices, {})).toEqual({ kind: 'backup', type: 'incr', repo: 1 })
    expect(backupChoicesSchema.parse(JSON.parse(JSON.stringify(choices)))).toEqual(choices)
  })
})
