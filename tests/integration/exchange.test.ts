/** What the pages of an exchange read: the control database alone, through switches, undos of undos and a purge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '@/lib/generated/prisma/client'
import { publishObservation, publishPolicy, registerWorker } from '@/lib/health/mutations'
import type { JobPhase, JobRequest } from '@/lib/jobs/schema'
import { findExchange } from '@/lib/restore/exchange/data'
import { readOutlook } from '@/lib/restore/exchange/outlook/data'
import { readNotice } from '@/lib/restore/exchange/undo/data'
import { endKeptCluster, keepCluster } from '@/lib/restore/kept/mutations'
import { createRehearsal, endRehearsal, readyRehearsal } from '@/lib/restore/rehearsal/mutations'
import type { RestorePlan } from '@/lib/restore/schema'
import { type TestControl, startControl } from '../support/control'

const STANZA = 'salespider'
const POINT = '2026-11-24T13:03:21Z'
let control: TestControl
const now = new Date('2026-11-24T18:00:00Z')
const at = (time: string) => new Date(`2026-11-24T${time}Z`)

beforeAll(async () => {
  control = await startControl(STANZA)
})
afterAll(() => control?.stop())

type Ended = { from: string; cluster: string; left: string; downtimeMs: number }

/** As the worker leaves a job that has exchanged the shop: its steps, its result, the cluster that was left. */
async function exchanged(request: Extract<JobRequest, { kind: 'switch' | 'undo' }>, { from, cluster, left, downtimeMs }: Ended): Promise<string> {
  const { job } = await control.enqueue({ request })
  const began = at(from).getTime()
  const step = (phase: JobPhase, begin: number, end: number) =>
    ({ phase, startedAt: new Date(began + begin).toISOString(), endedAt: new Date(began + end).toISOString() })
  const keepUntil = new Date(began + 7 * 86_400_000)
  await control.db.job.update({
    where: { id: job.id },
    data: {
      status: 'SUCCEEDED', claimedAt: new Date(began - 3_000), finishedAt: new Date(began + 9_000),
      progress: { steps: [step('claim', -3_000, -2_900), step('promote', -2_900, -500), step('drain', -500, 0), step('switch', 0, 700), step('archive', 700, 9_000)] },
      result: { kind: request.kind, cluster, kept: { id: left, keepUntil, size: 1_300 }, downtimeMs, timeline: Number(job.id), carried: [] },
    },
  })
  await keepCluster(control.db, STANZA, {
    id: left, leftBy: request.kind, leftAt: new Date(began + 9_000), jobId: job.id.toString(), timeline: 1, size: 1_300, keepUntil, unarchived: 0,
  })
  await endKeptCluster(control.db, cluster, new Date(began))
  return job.id.toString()
}

async function rehearsed(id: string, at: string): Promise<void> {
  const plan: RestorePlan = {
    target: { type: 'time', at }, repo: 1, label: '20261124-010003F', chain: ['20261124-010003F'], timeline: 1, time: at, segments: 4, databaseSize: 1_000,
    isOnLiveLineage: true,
  }
  await createRehearsal(control.db, STANZA, { id, plan, actorName: 'Ada Okafor', jobId: 1n, expiresAt: now })
  await readyRehearsal(control.db, id, { reached: { at, lsn: '0/3000148', timeline: 1 }, size: 1_000 }, now)
  await endRehearsal(control.db, id, 'switched', now)
}

const find = (id: string) => findExchange(control.db, STANZA, BigInt(id), now)
const notice = () => readNotice(control.db, STANZA, now)
const switchTo = (rehearsal: string) => ({ kind: 'switch', rehearsal, carryOver: { configuration: true, passwords: true } }) as const

describe('an exchange', () => {
  let first: string
  let undone: string
  let again: string

  it('is nothing that is told before the first', async () => {
    expect(await notice()).toEqual({ running: null, wayBack: null })
  })

  it('is told on every page while it waits or runs, with where to', async () => {
    await rehearsed('c2', POINT)
    const { job } = await control.enqueue({ request: switchTo('c2') })
    expect((await notice()).running).toEqual({ jobId: job.id.toString(), kind: 'switch', actorName: 'Ada Okafor', point: { at: new Date(POINT), target: { type: 'time', at: POINT } } })
    await control.db.job.update({ where: { id: job.id }, data: { status: 'CANCELLED', finishedAt: now } })
    expect((await notice()).running).toBeNull()
  })

  it('of another kind, or of another stanza, is none', async () => {
    const { job } = await control.enqueue()
    expect(await find(job.id.toString())).toBeNull()
    expect(await find('999999')).toBeNull()
    expect(await findExchange(control.db, 'another', 1n, now)).toBeNull()
    await control.db.job.update({ where: { id: job.id }, data: { status: 'CANCELLED', finishedAt: now } })
  })

  it('can be undone as long as what it left is kept, and gives up what was sold since', async () => {
    first = await exchanged(switchTo('c2'), { from: '16:16:04', cluster: 'c2', left: 'c1', downtimeMs: 412 })
    const { wayBack } = await notice()
    expect(wayBack).toMatchObject({ jobId: first, kind: 'switch', exchangedAt: at('16:16:04'), givesUpSince: at('16:16:04'), kept: { id: 'c1' } })
    expect(await find(first)).toMatchObject({
      point: { at: new Date(POINT) }, result: { downtimeMs: 412, kept: { id: 'c1', isThere: true } }, wayBack, nextId: null, changes: null,
    })
  })

  it('tells what it took, as its job counted; one of before there was such a count tells none', async () => {
    expect(await find(first)).toMatchObject({ counted: null })
    const counted = {
      countedAt: at('16:16:04').toISOString(), comparedAt: null, behind: { sales: { count: 38, takings: '412800' }, rows: [] }, back: null,
    }
    const { result } = await control.db.job.findUniqueOrThrow({ where: { id: BigInt(first) } })
    await control.db.job.update({ where: { id: BigInt(first) }, data: { result: { ...(result as object), counted } } })
    expect(await find(first)).toMatchObject({ counted: { ...counted, countedAt: at('16:16:04') } })
  })

  it('has the backups that followed, and those alone', async () => {
    const backup = await control.enqueue({ request: { kind: 'backup', type: 'incr', repo: 1 }, trigger: 'system', reason: `after switch ${first}` })
    await control.enqueue({ request: { kind: 'backup', type: 'incr', repo: 2 }, trigger: 'manual' })
    expect((await find(first))?.backups.map(({ id, repo }) => [id, repo])).toEqual([[backup.job.id.toString(), 1]])
  })

  it('that was undone goes back to when the shop was left, and is over', async () => {
    undone = await exchanged({ kind: 'undo', cluster: 'c1' }, { from: '16:30:00', cluster: 'c1', left: 'c2', downtimeMs: 380 })
    expect(await find(undone)).toMatchObject({ point: { at: at('16:16:04'), target: null }, downtimes: [412] })
    expect(await find(first)).toMatchObject({ nextId: undone, wayBack: null, result: { kept: { isThere: false } } })
  })

  it('back to what an undo left gives up all that was sold after the point they share', async () => {
    expect((await notice()).wayBack).toMatchObject({ jobId: undone, kind: 'undo', kept: { id: 'c2' }, givesUpSince: new Date(POINT) })
  })

  it('of an undo that was undone still tells when the shop was left then', async () => {
    again = await exchanged({ kind: 'undo', cluster: 'c2' }, { from: '17:00:00', cluster: 'c2', left: 'c1', downtimeMs: 440 })
    // The row of c1 tells of 17:00 now.
    expect((await find(undone))?.point.at).toEqual(at('16:16:04'))
    expect((await find(again))?.point.at).toEqual(at('16:30:00'))
    expect((await notice()).wayBack).toMatchObject({ jobId: again, kept: { id: 'c1' }, givesUpSince: new Date(POINT) })
  })

  it('cannot be undone any more once what it left is purged', async () => {
    await endKeptCluster(control.db, 'c1', now)
    expect((await notice()).wayBack).toBeNull()
    expect(await find(again)).toMatchObject({ wayBack: null, nextId: null, result: { kept: { id: 'c1', isThere: false } } })
  })

  it('that failed leaves the way back of the one before it', async () => {
    await keepCluster(control.db, STANZA, {
      id: 'c1', leftBy: 'undo', leftAt: at('17:00:09'), jobId: again, timeline: 1, size: 1, keepUntil: new Date('2026-12-01T17:00:00Z'), unarchived: 0,
    })
    const { job } = await control.enqueue({ request: switchTo('c2') })
    await control.db.job.update({ where: { id: job.id }, data: { status: 'FAILED', finishedAt: now, failure: { code: 'switch-refused' } } })
    expect((await notice()).wayBack).toMatchObject({ jobId: again })
    expect(await find(again)).toMatchObject({ nextId: null })
  })
})

describe('what is known before one is asked for', () => {
  it('is past downtimes, how long is kept what is left, and its size', async () => {
    const policy = { schedules: { full: null, diff: null }, retention: { full: null, diff: null }, timeZone: 'Africa/Lagos', keepDays: 7 }
    await publishPolicy(control.db, STANZA, policy, now)
    await publishObservation(control.db, STANZA, { up: true, history: [], databaseSize: 1_300_000_000 }, now)
    expect(await readOutlook(control.db, STANZA, now)).toMatchObject({ downtimes: [440, 380, 412], keepDays: 7, size: 1_300_000_000, isWorkerAlive: false })
  })

  it('is a backup that runs, and how far it is; and who else asked', async () => {
    const { job } = await control.enqueue({ request: { kind: 'backup', type: 'full', repo: 1 } })
    await control.db.job.update({
      where: { id: job.id }, data: { status: 'RUNNING', heartbeatAt: new Date(), progress: { steps: [], percent: 64, secondsLeft: 60 } },
    })
    const asked = await control.enqueue({ request: { kind: 'rehearse', wish: { target: { type: 'latest' } } } })
    const outlook = await readOutlook(control.db, STANZA, new Date())
    expect(outlook.runningBackup).toEqual({ id: job.id.toString(), type: 'full', repo: 1, status: 'RUNNING', percent: 64, secondsLeft: 60 })
    expect(outlook.jobs).toEqual([{ id: asked.job.id.toString(), kind: 'rehearse', actorName: 'Ada Okafor' }])
  })

  it('is a worker that would do it', async () => {
    await registerWorker(control.db, { id: 'w1', stanzaName: STANZA, name: 'till-2', pid: 1, version: '1', pgbackrestVersion: null })
    expect((await readOutlook(control.db, STANZA, new Date())).isWorkerAlive).toBe(true)
  })
})

describe('an exchange that waits', () => {
  it('names what it waits for: a job before it, then what runs in the repository', async () => {
    const { job } = await control.enqueue({ request: switchTo('c2') })
    const id = job.id.toString()
    expect((await find(id))?.waitsFor).toMatchObject({ kind: 'rehearse' })
    const progress = { steps: [{ phase: 'wait', startedAt: now.toISOString() }] }
    await control.db.job.update({ where: { id: job.id }, data: { status: 'RUNNING', heartbeatAt: new Date(), progress } })
    expect(await find(id)).toMatchObject({ waitsFor: { kind: 'backup' }, runningBackup: { percent: 64 } })
    await control.db.job.update({ where: { id: job.id }, data: { progress: Prisma.DbNull } })
    expect((await find(id))?.waitsFor).toBeNull()
  })
})
