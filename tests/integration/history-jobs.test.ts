import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readJobList } from '@/lib/history/jobs/data'
import { claimNextJob, finishJob, report } from '@/lib/jobs/lease'
import { retryJob } from '@/lib/jobs/retry/mutations'
import type { EnqueueInput } from '@/lib/jobs/schema'
import { openLog, readTail } from '@/lib/jobs/tail/data'
import { type TestControl, ada, startControl } from '../support/control'

const now = new Date('2026-11-24T13:26:08Z')
const worker = { id: 'w1', name: 'backup-1' }

let control: TestControl
beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
afterEach(() => control.db.job.deleteMany())

const enqueue = (input?: Partial<EnqueueInput>) => control.enqueue(input)

describe('the list of jobs', () => {
  it('is read in pages, up and down, filters kept', async () => {
    for (let n = 1; n <= 120; n += 1) await enqueue({ request: n % 2 ? { kind: 'check' } : { kind: 'sync-catalog' } })
    const filter = { kinds: ['check' as const] }
    const first = await readJobList(control.db, control.stanza, filter, {}, now)
    expect(first).toMatchObject({ previous: null, searchedTo: null, total: { count: 60, capped: false } })
    const second = await readJobList(control.db, control.stanza, filter, { before: BigInt(first.next ?? 0) }, now)
    expect([first.jobs.length, second.jobs.length, second.next]).toEqual([50, 10, null])
    const back = await readJobList(control.db, control.stanza, filter, { after: BigInt(second.previous ?? 0) }, now)
    expect(back.jobs.map(({ id }) => id)).toEqual(first.jobs.map(({ id }) => id))
  })

  it('ends a search that finds nothing, and says how far it went', async () => {
    const { job } = await enqueue({ reason: 'needle' })
    await control.db.$executeRaw`SELECT setval('job_id_seq', ${job.id + 20_000n}::bigint)`
    await enqueue()
    const search = { search: 'needle' }
    const top = await readJobList(control.db, control.stanza, search, {}, now)
    expect(top).toMatchObject({ jobs: [], total: null })
    expect(top.next).toBe(top.searchedTo)
    let page = top
    for (let turns = 0; page.jobs.length === 0 && page.next && turns < 10; turns += 1) {
      page = await readJobList(control.db, control.stanza, search, { before: BigInt(page.next) }, now)
    }
    expect(page.jobs.map(({ id }) => id)).toEqual([job.id.toString()])
  })
})

describe('one job', () => {
  it('says what it waits for', async () => {
    const { job: running } = await enqueue()
    await enqueue()
    const { job } = await enqueue()
    await claimNextJob(control.db, control.stanza, 'repository', worker)
    const tail = await readTail(control.db, control.stanza, job.id, -1, now)
    expect(tail?.queue).toEqual({ ahead: 1, running: running.id.toString(), worker: null })
    expect((await readTail(control.db, control.stanza, running.id, -1, now))?.queue).toBeNull()
  })

  it('waits while the shop is being exchanged, whatever its lane', async () => {
    const { job: exchange } = await enqueue({ request: { kind: 'undo', cluster: 'before-7' } })
    const { job } = await enqueue()
    await claimNextJob(control.db, control.stanza, 'cluster', worker)
    const tail = await readTail(control.db, control.stanza, job.id, -1, now)
    expect(tail?.queue).toEqual({ ahead: 0, running: exchange.id.toString(), worker: null })
  })

  it('is never repeated where it exchanged the shop', async () => {
    const { job } = await enqueue({ request: { kind: 'undo', cluster: 'before-7' } })
    await claimNextJob(control.db, control.stanza, 'cluster', worker)
    await finishJob(control.db, job.id, worker.id, { status: 'FAILED', failure: { code: 'switch-interrupted' } })
    expect(await control.db.$transaction((tx) => retryJob(tx, control.stanza, job.id, ada, () => true))).toBe('not-retryable')
  })

  it('is not shown to another stanza', async () => {
    const { job } = await enqueue()
    expect(await readTail(control.db, 'other', job.id, -1, now)).toBeNull()
    expect(await openLog(control.db, 'other', job.id)).toBeNull()
  })

  it('gives its log line by line, as it was written', async () => {
    const { job } = await enqueue()
    await claimNextJob(control.db, control.stanza, 'repository', worker)
    const lines = Array.from({ length: 5_200 }, (_, at) => ({
      at: now,
      source: 'pgbackrest' as const,
      level: 'detail' as const,
      process: 'P01',
      message: `backup file /srv/data/base/${at}`,
    }))
    for (let from = 0; from < lines.length; from += 1_000) {
      await report(control.db, job.id, worker.id, { events: lines.slice(from, from + 1_000) })
    }
    const log = await openLog(control.db, control.stanza, job.id)
    const text = await new Response(log).text()
    expect(text.split('\n')).toHaveLength(5_202)
    expect(text).toContain('2026-11-24 13:26:08.000 P01 DETAIL: backup file /srv/data/base/5199\n')
  })

  it('is asked for again as a new job that names it, once', async () => {
    const { job } = await enqueue({ reason: 'Before the price change' })
    const retry = () => control.db.$transaction((tx) => retryJob(tx, control.stanza, job.id, ada, () => true))
    expect(await retry()).toBe('not-retryable')
    await claimNextJob(control.db, control.stanza, 'repository', worker)
    await finishJob(control.db, job.id, worker.id, { status: 'FAILED', failure: { code: 'repository-full' } })
    expect(await control.db.$transaction((tx) => retryJob(tx, control.stanza, job.id, ada, () => false))).toBe('forbidden')
    const again = await retry()
    expect(again).toEqual(await retry())
    if (typeof again === 'string') throw new Error(again)
    expect(await control.db.job.findUnique({ where: { id: again.id } })).toMatchObject({
      retryOf: job.id, trigger: 'retry', reason: 'Before the price change', request: { kind: 'backup', type: 'diff', repo: 1 },
    })
    expect(await control.db.$transaction((tx) => retryJob(tx, 'other', job.id, ada, () => true))).toBe('unknown')
  })
})
