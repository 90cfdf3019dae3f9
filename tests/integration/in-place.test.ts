/** A restore over the shop itself, whose worker is killed at every step of it; and what the next worker and the supervisor do then. */
import type { ChildProcess } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { getJob } from '@/lib/jobs/data'
import { isActive } from '@/lib/jobs/rules'
import type { JobRequest } from '@/lib/jobs/schema'
import type { Target } from '@/lib/restore/schema'
import { readWindows } from '@/lib/restore/window/data'
import { readInPlace } from '@/worker/volume/in-place'
import { type Lab, startLab, until } from '../support/lab'

const STANZA = 'salespider'
let lab: Lab
let worker: ChildProcess
let watch: ReturnType<typeof watchShop>

const at = (name: string) => path.join(lab.shop.volume!, name)
const isHeld = () => existsSync(at('hold.request'))
const stage = async () => (await readInPlace(lab.shop.volume!))?.stage
const isOver = () => ['hold.request', 'maintenance.json', 'in-place'].every((name) => !existsSync(at(name)))
const sell = (note: string) => lab.sql(`INSERT INTO sale (note) VALUES ('${note}')`)
const notes = async () => (await lab.sql('SELECT note FROM sale ORDER BY id')).map(({ note }) => note)
const isOpen = () => lab.sql('SELECT 1').then(() => true, () => false)
const opens = () => until('the shop is open', 30, isOpen)
const inPlace = (target: Target): JobRequest => ({ kind: 'restore-in-place', wish: { target } })
const ask = (target: Target) => lab.enqueue({ request: inPlace(target) })
const phases = async (id: bigint) => (await getJob(lab.control.db, id, new Date()))?.progress?.steps.map(({ phase }) => phase) ?? []
const quiet = () => until('nothing runs or waits', 120, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)

/** Looks in as any client would: a shop that is open must be whole, which one that still recovers is not. */
function watchShop(url: string) {
  const halves: unknown[] = []
  let stopped = false
  const watching = (async () => {
    for (; !stopped; await sleep(40)) {
      const client = new Client({ connectionString: url, connectionTimeoutMillis: 500, query_timeout: 2_000 })
      client.on('error', () => undefined)
      try {
        await client.connect()
        const { rows: [row] } = await client.query('SELECT pg_is_in_recovery() AS recovering, (SELECT count(*) FROM sale) AS sales')
        if (row.recovering) halves.push(row)
      } catch (error) {
        // Closed is not half open; a shop without its table would be.
        if (error instanceof Error && 'code' in error && error.code === '42P01') halves.push(error.message)
      } finally {
        await client.end().catch(() => undefined)
      }
    }
  })()
  return { halves, stop: () => ((stopped = true), watching) }
}

/** A sale, a moment, another sale; the moment can be restored. */
async function momentBetween(before: string, after: string): Promise<Extract<Target, { type: 'time' }>> {
  await sell(before)
  await sleep(30)
  const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`)
  await sleep(30)
  await sell(after)
  const moment = String(row?.at)
  await until(`${moment} is recoverable`, 60, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest ?? 0) >= new Date(moment))
  return { type: 'time', at: moment }
}

/** Kills the worker as soon as `is`, which must come about while the job runs. */
async function killWorkerWhen(id: bigint, what: string, is: () => boolean | Promise<boolean>): Promise<void> {
  const states: string[] = []
  const deadline = Date.now() + 60_000
  for (let look = 0; !(await is()); look += 1, await sleep(2)) {
    if (look % 50 > 0) continue
    const job = await getJob(lab.control.db, id, new Date())
    const state = `${job?.status} ${job?.progress?.steps.at(-1)?.phase ?? ''} ${job?.failure?.code ?? ''} ${job?.failure?.detail ?? ''}`
    if (state !== states.at(-1)) states.push(state)
    if ((job && !isActive(job.status)) || Date.now() > deadline) throw new Error(`waited in vain until ${what}: ${states.join(', ')}`)
  }
  worker.kill('SIGKILL')
}

/** The lease of the one that died is over, and another one comes. */
async function nextWorker(job: bigint) {
  await lab.control.db.$executeRaw`UPDATE "job" SET "heartbeatAt" = now() - interval '1 minute' WHERE "id" = ${job}`
  worker = await lab.startWorker()
  return lab.ended(job, 60)
}

beforeAll(async () => {
  lab = await startLab({ supervised: true, settings: { archive_timeout: '3' }, config: { 'compress-type': 'gz', 'process-max': '1' } })
  await lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, note text NOT NULL)')
  for (const n of [1, 2, 3]) await lab.sql(`CREATE TABLE ballast_${n} AS SELECT n, md5(n::text) AS filler FROM generate_series(1, 150000) n`)
  worker = await lab.startWorker()
  await lab.succeeded(await lab.enqueue())
  // pgBackRest counts in seconds: the one a backup ended in is not in the window yet.
  await until('the window has begun', 20, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.earliest ?? Infinity) < new Date())
  // What the backup does not have: tables that have to come back, and a setting that has to stay.
  for (const n of [1, 2, 3]) await lab.sql(`DROP TABLE ballast_${n}`)
  appendFileSync(path.join(lab.shop.dataDir, 'postgresql.conf'), "work_mem = '7MB'\n")
  await lab.sql('SELECT pg_reload_conf()')
  watch = watchShop(lab.shop.url)
})
afterEach(async () => {
  expect(watch.halves).toEqual([])
  await quiet()
})
afterAll(async () => {
  await watch?.stop()
  await lab?.stop()
})

describe('killed before anything was written, the shop opens as it was', () => {
  it('while the safety backup is taken', async () => {
    const target = await momentBetween('a', 'b')
    const job = await ask(target)
    await killWorkerWhen(job, 'the safety backup runs', async () => (await phases(job)).includes('safety'))
    expect((await nextWorker(job)).failure).toMatchObject({ code: 'switch-interrupted' })
    expect(isOver()).toBe(true)
    expect(await notes()).toEqual(['a', 'b'])
  })

  it('when it had asked for the shop to be closed', async () => {
    const supervisor = lab.shop.supervisor!()
    const job = await ask({ type: 'latest' })
    await until('the safety backup runs', 60, async () => (await phases(job)).includes('safety'))
    supervisor.kill('SIGSTOP')
    await killWorkerWhen(job, 'the hold is asked for', isHeld)
    supervisor.kill('SIGCONT')
    await until('the supervisor has closed the shop', 30, async () => existsSync(at('hold.result')))
    expect(await isOpen()).toBe(false)
    expect((await nextWorker(job)).failure).toMatchObject({ code: 'switch-interrupted' })
    await opens()
    expect(isOver()).toBe(true)
    expect(await notes()).toEqual(['a', 'b'])
  })
})

describe('killed while files are copied', () => {
  let target: Target

  it('the shop stays closed, also for a supervisor that starts anew, and the job says so', async () => {
    target = await momentBetween('c', 'd')
    const job = await ask(target)
    await killWorkerWhen(job, 'files are written over', () => isHeld() && !existsSync(path.join(lab.shop.dataDir, 'global/pg_control')))
    expect((await nextWorker(job)).failure).toMatchObject({ code: 'in-place-incomplete', detail: expect.stringContaining('worker was lost') })
    expect(existsSync(path.join(lab.shop.dataDir, 'global/pg_control'))).toBe(false)
    const { volume, supervisor } = lab.shop
    const ended = new Promise((resolve) => supervisor!().once('exit', resolve))
    supervisor!().kill('SIGTERM')
    await ended
    expect([isHeld(), await isOpen(), existsSync(path.join(volume!, 'maintenance.json'))]).toEqual([true, false, true])
  })

  it('until it is asked for again: that needs no safety backup, and the shop keeps its own configuration', async () => {
    const opening = lab.shop.supervise!()
    const seen = statSync(at('supervisor.alive')).mtimeMs
    await until('the supervisor has looked around', 10, async () => statSync(at('supervisor.alive')).mtimeMs > seen + 500)
    expect(await isOpen()).toBe(false)
    const again = await lab.succeeded(await ask(target), 120)
    await opening
    expect(again.result).toMatchObject({ safetyLabel: 'none' })
    expect(again.progress?.bytesDone).toBeGreaterThan(1_000_000)
    expect(isOver()).toBe(true)
    expect(await notes()).toEqual(['a', 'b', 'c'])
    expect(await lab.sql('SHOW work_mem')).toEqual([{ work_mem: '7MB' }])
  })
})

describe('killed once all files were there, the next worker opens the shop as it was asked for', () => {
  const promoted = async () => (await stage()) === 'reached' && !existsSync(path.join(lab.shop.dataDir, 'recovery.signal'))

  it.each([
    ['while WAL is replayed', async () => (await stage()) === 'restored' && isHeld()],
    ['promoted, and not opened yet', async () => isHeld() && promoted()],
    ['opened, and not told yet', async () => !isHeld() && promoted()],
  ])('%s', async (what, is) => {
    const before = await notes()
    const job = await ask(await momentBetween(`then, ${what}`, `now, ${what}`))
    await killWorkerWhen(job, what, is)
    expect(await nextWorker(job)).toMatchObject({ status: 'SUCCEEDED', result: { kind: 'restore-in-place', downtimeMs: null } })
    expect(isOver()).toBe(true)
    expect(await notes()).toEqual([...before, `then, ${what}`])
    expect(await lab.sql('SHOW work_mem')).toEqual([{ work_mem: '7MB' }])
  })
})

describe('WAL that is missing on the way', () => {
  it('leaves the shop closed and is told; the safety backup brings back what was there', async () => {
    const { archiveStop } = await lab.control.db.backupSet.findFirstOrThrow({ orderBy: { stoppedAt: 'desc' } })
    const target = await momentBetween('e', 'f')
    const before = await notes()
    const archive = path.join(lab.repository, 'archive', STANZA)
    const [gone] = readdirSync(archive, { recursive: true }).map(String)
      .filter((name) => /\/[0-9A-F]{24}-/.test(name) && path.basename(name) > `${archiveStop}-~`).toSorted()
    renameSync(path.join(archive, gone!), at('aside'))
    const job = await lab.ended(await ask(target), 120)
    expect(job.failure).toMatchObject({ code: 'in-place-incomplete', detail: expect.stringContaining('wal-missing') })
    expect([isHeld(), await isOpen()]).toEqual([true, false])
    renameSync(at('aside'), path.join(archive, gone!))
    const safety = await until('the safety backup is known', 30, () =>
      lab.control.db.backupSet.findFirst({ where: { startedAt: { gte: job.claimedAt! } } }))
    await lab.succeeded(await ask({ type: 'set', label: safety.label }), 120)
    expect(await notes()).toEqual(before)
  })
})
