import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/audit/schema'
import { getJob, listJobs, readJobTail } from '@/lib/jobs/data'
import { beat, claimNextJob, failLostJobs, finishJob, report } from '@/lib/jobs/lease'
import { enqueueJob, requestCancel } from '@/lib/jobs/mutations'
import { LEASE_SECONDS } from '@/lib/jobs/rules'
import type { EnqueueInput } from '@/lib/jobs/schema'
import { type TestControl, startControl } from '../support/control'

const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada Okafor' }
const one = { id: 'worker-one', name: 'one' }
const two = { id: 'worker-two', name: 'two' }
let control: TestControl

beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
afterEach(async () => {
  await control.db.job.deleteMany()
  await control.db.auditEntry.deleteMany()
})

function enqueue(input: Partial<EnqueueInput> = {}) {
  return control.db.$transaction((tx) =>
    enqueueJob(tx, {
      stanza: control.stanza, request: { kind: 'backup', type: 'full', repo: 1 }, actor: ada, trigger: 'manual', ...input,
    }),
  )
}

const claim = (worker = one) => claimNextJob(control.db, control.stanza, 'repository', worker)
const age = (id: bigint, seconds: number) =>
  control.db.$executeRaw`UPDATE job SET "heartbeatAt" = now() - make_interval(secs => ${seconds}::int) WHERE id = ${id}`

describe('the queue', () => {
  it('writes job, first event and audit entry together', async () => {
    const { job } = await enqueue({ reason: 'before the price change' })
    const tail = await readJobTail(control.db, job.id, -1, new Date())
    expect(tail?.job).toMatchObject({ status: 'QUEUED', actorName: 'Ada Okafor', reason: 'before the price change' })
    expect(tail?.events.map(({ message }) => message)).toEqual(['queued by Ada Okafor (manual): before the price change'])
    expect(await control.db.auditEntry.findMany()).toMatchObject([{ action: 'job.enqueue', jobId: job.id, actorName: 'Ada Okafor' }])
  })

  it('fails closed: without its audit entry nothing is enqueued', async () => {
    await control.db.$executeRaw`ALTER TABLE audit_entry ADD CONSTRAINT refuse CHECK (action <> 'job.enqueue')`
    await expect(enqueue()).rejects.toThrow()
    await control.db.$executeRaw`ALTER TABLE audit_entry DROP CONSTRAINT refuse`
    expect(await control.db.job.count()).toBe(0)
  })

  it('takes one job for one key, whoever comes second', async () => {
    const both = await Promise.all([enqueue({ dedupeKey: 'schedule:full:1:2026' }), enqueue({ dedupeKey: 'schedule:full:1:2026' })])
    expect(both.map(({ created }) => created).toSorted()).toEqual([false, true])
    expect(both[0].job.id).toBe(both[1].job.id)
    expect(await control.db.job.count()).toBe(1)
  })

  it.each([
    ['a leading dash in the stanza', { stanza: '-x' }],
    ['a path in the stanza', { stanza: '../x' }],
    ['a newline in the reason', { reason: 'a\nb' }],
    ['a control character in the reason', { reason: 'a\u0007b' }],
    ['a reason that is too long', { reason: 'x'.repeat(201) }],
    ['a type that is none', { request: { kind: 'backup', type: '--full', repo: 1 } }],
    ['a repository that is none', { request: { kind: 'backup', type: 'full', repo: 0 } }],
  ])('refuses %s', async (_, input) => {
    await expect(enqueue(input as Partial<EnqueueInput>)).rejects.toThrow()
    expect(await control.db.job.count()).toBe(0)
  })

  it('announces a job on the channel', async () => {
    const { Client } = await import('pg')
    const client = new Client(control.url)
    await client.connect()
    await client.query('LISTEN salespider_job')
    const heard = new Promise((resolve) => client.once('notification', ({ payload }) => resolve(payload)))
    await enqueue()
    expect(await heard).toBe(`repository ${control.stanza}`)
    await client.end()
  })
})

describe('the lease', () => {
  it('gives one job to one of two racing workers', async () => {
    const { job } = await enqueue()
    const claims = await Promise.all([claim(one), claim(two), claim(one), claim(two)])
    expect(claims.filter(Boolean).map((claimed) => claimed?.id)).toEqual([job.id])
  })

  it('runs one job at a time in a lane, oldest first', async () => {
    const first = await enqueue()
    const second = await enqueue()
    expect((await claim(one))?.id).toBe(first.job.id)
    expect(await claim(two)).toBeNull()
    await finishJob(control.db, first.job.id, one.id, { status: 'CANCELLED' })
    expect((await claim(two))?.id).toBe(second.job.id)
  })

  it('refuses every write of a worker that lost it', async () => {
    const { job } = await enqueue()
    await claim(one)
    await age(job.id, LEASE_SECONDS + 1)
    expect(await failLostJobs(control.db, control.stanza)).toEqual([job.id])
    expect(await report(control.db, job.id, one.id, { events: [] })).toBe('lost')
    expect(await finishJob(control.db, job.id, one.id, { status: 'SUCCEEDED', result: { kind: 'check' } })).toBe(false)
    expect(await getJob(control.db, job.id, new Date())).toMatchObject({ status: 'FAILED', failure: { code: 'worker-lost' } })
  })

  it('leaves a job alone whose worker was heard from', async () => {
    await enqueue()
    await claim(one)
    expect(await failLostJobs(control.db, control.stanza)).toEqual([])
  })

  it('shows a job as lost before anybody wrote it down', async () => {
    const { job } = await enqueue()
    await claim(one)
    await age(job.id, LEASE_SECONDS + 1)
    expect(await getJob(control.db, job.id, new Date())).toMatchObject({ status: 'RUNNING', lost: true })
  })

  it('does not start what waited too long', async () => {
    const { job } = await enqueue({ expiresInSeconds: 60 })
    await control.db.$executeRaw`UPDATE job SET "expiresAt" = now() - interval '1 s' WHERE id = ${job.id}`
    expect(await claim()).toBeNull()
    expect(await failLostJobs(control.db, control.stanza)).toEqual([job.id])
    expect(await getJob(control.db, job.id, new Date())).toMatchObject({ status: 'FAILED', failure: { code: 'queue-expired' } })
  })
})

describe('the beat of a worker', () => {
  const pulse = () => beat(control.db, control.stanza, one.id)

  it('says that the worker lives', async () => {
    const { db, stanza } = control
    const began = new Date('2026-11-24T01:00:00Z')
    await db.worker.create({ data: { id: one.id, stanzaName: stanza, name: 'one', pid: 1, version: '0', heartbeatAt: began } })
    expect(await pulse()).toEqual({ lanes: [], isAnyLost: false })
    expect((await db.worker.findUniqueOrThrow({ where: { id: one.id } })).heartbeatAt.getTime()).toBeGreaterThan(began.getTime())
    await db.worker.deleteMany()
  })

  it('hears in which lanes something waits, not what runs', async () => {
    await enqueue()
    await claim()
    expect((await pulse()).lanes).toEqual([])
    await enqueue()
    await enqueue()
    await enqueue({ request: { kind: 'restore-point', name: 'before' } })
    expect((await pulse()).lanes.toSorted()).toEqual(['cluster', 'repository'])
  })

  it('hears what is lost, and what is to be taken over from a silent worker', async () => {
    const { job } = await enqueue()
    await claim()
    expect(await pulse()).toEqual({ lanes: [], isAnyLost: false })
    await age(job.id, LEASE_SECONDS + 1)
    expect(await pulse()).toEqual({ lanes: [], isAnyLost: true })
    await control.db.job.update({ where: { id: job.id }, data: { kind: 'undo', lane: 'cluster' } })
    expect(await pulse()).toEqual({ lanes: ['cluster'], isAnyLost: false })
  })

  it('hears what waited too long', async () => {
    const { job } = await enqueue({ expiresInSeconds: 60 })
    await control.db.$executeRaw`UPDATE job SET "expiresAt" = now() - interval '1 s' WHERE id = ${job.id}`
    expect(await pulse()).toMatchObject({ isAnyLost: true })
  })
})

describe('a running job', () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ at: new Date(), source: 'pgbackrest' as const, level: 'detail' as const, message: `line ${n}` }))

  it('numbers its events without a gap, over several reports', async () => {
    const { job } = await enqueue()
    await claim()
    await report(control.db, job.id, one.id, { events: lines(3) })
    await report(control.db, job.id, one.id, {})
    await finishJob(control.db, job.id, one.id, { status: 'CANCELLED' }, { events: lines(2) })
    const tail = await readJobTail(control.db, job.id, -1, new Date())
    expect(tail?.events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5])
    expect((await readJobTail(control.db, job.id, 3, new Date()))?.events.map(({ seq }) => seq)).toEqual([4, 5])
  })

  it('says when there is more than one page of events', async () => {
    const { job } = await enqueue()
    await claim()
    await report(control.db, job.id, one.id, { events: lines(10) })
    const tail = await readJobTail(control.db, job.id, -1, new Date(), 4)
    expect(tail).toMatchObject({ more: true })
    expect(tail?.events).toHaveLength(4)
  })

  it('hears of a cancel with its next report, once', async () => {
    const { job } = await enqueue()
    await claim()
    expect(await report(control.db, job.id, one.id, {})).toBe('held')
    expect(await control.db.$transaction((tx) => requestCancel(tx, job.id, ada))).toBe('requested')
    expect(await control.db.$transaction((tx) => requestCancel(tx, job.id, ada))).toBe('already-requested')
    expect(await report(control.db, job.id, one.id, {})).toBe('cancel')
    await finishJob(control.db, job.id, one.id, { status: 'CANCELLED' })
    expect(await control.db.$transaction((tx) => requestCancel(tx, job.id, ada))).toBe('already-ended')
  })

  it('is cancelled at once while it waits', async () => {
    const { job } = await enqueue()
    expect(await control.db.$transaction((tx) => requestCancel(tx, job.id, ada))).toBe('cancelled')
    expect(await claim()).toBeNull()
  })
})

describe('the list', () => {
  it('pages by key, with the filter kept', async () => {
    for (let n = 0; n < 5; n += 1) await enqueue({ reason: n % 2 === 0 ? 'before stocktaking' : undefined })
    const first = await listJobs(control.db, control.stanza, { search: 'stocktaking' }, new Date(), { limit: 2 })
    expect(first.jobs).toHaveLength(2)
    const rest = await listJobs(control.db, control.stanza, { search: 'stocktaking' }, new Date(), { limit: 2, before: BigInt(first.next ?? 0) })
    expect(rest.jobs).toHaveLength(1)
    expect(rest.next).toBeNull()
  })

  it('finds a job by its number, and takes wildcards for what they are', async () => {
    const { job } = await enqueue({ reason: '100 % of it' })
    await enqueue({ reason: 'another' })
    const find = async (search: string) => (await listJobs(control.db, control.stanza, { search }, new Date())).jobs.map(({ id }) => id)
    expect(await find(job.id.toString())).toContain(job.id.toString())
    expect(await find('100 %')).toEqual([job.id.toString()])
    expect(await find('_')).toEqual([])
  })
})
