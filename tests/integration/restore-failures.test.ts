/** What goes wrong with a restore, and what is said about it. The shop runs on after each. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { getJob, readJobTail } from '@/lib/jobs/data'
import type { JobRequest } from '@/lib/jobs/schema'
import { findCurrentRehearsal } from '@/lib/restore/rehearsal/data'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { giveToServer, runAsServer } from '../support/postgres'

const STANZA = 'salespider'
let lab: Lab

const volume = () => path.dirname(lab.shop.dataDir)
const ended = async (request: JobRequest, seconds = 120) => lab.ended(await lab.enqueue({ request }), seconds)
const failure = async (request: JobRequest) => (await ended(request)).failure
const latest: JobRequest = { kind: 'rehearse', wish: { target: { type: 'latest' } } }
const recoverable = () => until('there is a window', 60, async () => (await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest)
const isServed = async () => (await lab.sql('SELECT 1 AS one'))[0]?.one === 1
const quiet = () => until('nothing runs or waits', 120, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)
const switchTo = (rehearsal: string): JobRequest => ({ kind: 'switch', rehearsal, carryOver: { configuration: true, passwords: true } })
const messages = async (id: bigint) => (await readJobTail(lab.control.db, id, -1, new Date()))?.events.map(({ message }) => message).join('\n') ?? ''

async function ready(): Promise<string> {
  const job = await lab.succeeded(await lab.enqueue({ request: latest }), 120)
  await quiet()
  return job.result?.kind === 'rehearse' ? job.result.rehearsal : ''
}

async function discardAny(): Promise<void> {
  const current = await findCurrentRehearsal(lab.control.db, STANZA)
  if (current) await ended({ kind: 'discard', rehearsal: current.id })
}

describe('before anything is copied', () => {
  beforeAll(async () => {
    lab = await startLab({ supervised: true, settings: { archive_timeout: '3' } })
    await lab.startWorker()
    await lab.succeeded(await lab.enqueue())
    await recoverable()
  })
  afterEach(discardAny)
  afterAll(() => lab?.stop())

  it('a target that cannot be reached is refused with what can be', async () => {
    const at = (ms: number) => ({ kind: 'rehearse', wish: { target: { type: 'time', at: new Date(Date.now() + ms).toISOString() } } }) as const
    const codeOf = async (request: JobRequest) => (await failure(request))?.params?.code
    expect(await codeOf(at(-30 * 86_400_000))).toBe('before-window')
    expect(await codeOf(at(86_400_000))).toBe('in-future')
    expect(await codeOf({ kind: 'rehearse', wish: { target: { type: 'name', name: 'nobody made it' } } })).toBe('name-unknown')
    expect(await codeOf({ kind: 'rehearse', wish: { target: { type: 'set', label: '20200101-000000F' } } })).toBe('set-unknown')
    expect(await codeOf({ kind: 'rehearse', wish: { target: { type: 'latest' }, timeline: 9 } })).toBe('timeline-unknown')
    expect(readdirSync(path.join(volume(), 'clusters'))).toEqual(['first'])
  })

  it('a transaction that never came is told as such, and the copy is removed', async () => {
    expect(await failure({ kind: 'rehearse', wish: { target: { type: 'xid', xid: '4000000000' } } }))
      .toMatchObject({ code: expect.stringMatching(/^target-(unreachable|not-reached)$/) })
    expect(readdirSync(path.join(volume(), 'clusters'))).toEqual(['first'])
  })

  it('a disk without room', async () => {
    await lab.control.db.$executeRaw`UPDATE "backup_set" SET "databaseSize" = 1000000000000000`
    expect(await failure(latest)).toMatchObject({ code: 'disk-short', params: { needed: expect.anything(), free: expect.anything() } })
    await lab.control.db.$executeRaw`UPDATE "backup_set" SET "databaseSize" = 30000000`
  })

  it('a library that is gone keeps the copy from starting, in PostgreSQL’s own words', async () => {
    const conf = path.join(lab.shop.dataDir, 'postgresql.conf')
    appendFileSync(conf, "shared_preload_libraries = 'a_library_that_is_gone'\n")
    await lab.succeeded(await lab.enqueue())
    appendFileSync(conf, "shared_preload_libraries = ''\n")
    const { label } = await lab.control.db.backupSet.findFirstOrThrow({ orderBy: { stoppedAt: 'desc' } })
    const told = await failure({ kind: 'rehearse', wish: { target: { type: 'set', label } } })
    expect(told).toMatchObject({ code: 'rehearsal-cannot-start', detail: expect.stringContaining('a_library_that_is_gone') })
    expect(await isServed()).toBe(true)
    await lab.succeeded(await lab.enqueue())
  })

  it('a shop that was given more connections since its backup is rehearsed all the same', async () => {
    await lab.sql("ALTER SYSTEM SET max_connections = '150'")
    lab.shop.supervisor?.().kill('SIGTERM')
    await until('the shop is closed', 30, async () => !existsSync(path.join(lab.shop.dataDir, 'postmaster.pid')))
    await lab.shop.supervise?.()
    await lab.sql("SELECT pg_logical_emit_message(true, 'test', 'something after the change')")
    const since = new Date()
    await until('the change is recoverable', 60, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest ?? 0) > since)
    const id = await ready()
    await lab.succeeded(await lab.enqueue({ request: switchTo(id) }), 120)
    expect(await lab.sql('SHOW max_connections')).toEqual([{ max_connections: '150' }])
    await quiet()
  })

  it('tablespaces are refused up front', async () => {
    const directory = path.join(lab.directory, 'tablespace')
    mkdirSync(directory)
    giveToServer(directory)
    await lab.sql(`CREATE TABLESPACE elsewhere LOCATION '${directory}'`)
    expect(await failure(latest)).toMatchObject({ code: 'tablespaces' })
    await lab.sql('DROP TABLESPACE elsewhere')
  })

  it('a cluster of another shop never takes this one’s place', async () => {
    const stranger = path.join(volume(), 'clusters/stranger')
    runAsServer('initdb', ['-D', stranger, '-U', 'postgres', '-A', 'trust', '--no-sync'])
    await lab.control.db.keptCluster.create({
      data: { id: 'stranger', stanzaName: STANZA, leftBy: 'switch', leftAt: new Date(), timeline: 1, size: 1n, keepUntil: new Date(Date.now() + 1e9), unarchived: 0 },
    })
    expect(await failure({ kind: 'undo', cluster: 'stranger' })).toMatchObject({ code: 'cluster-of-another-shop' })
    expect(await isServed()).toBe(true)
  })

  it('nobody looks after the volume: nothing is switched', async () => {
    const id = await ready()
    lab.shop.supervisor?.().kill('SIGKILL')
    await until('the supervisor has been silent for long enough', 30, async () =>
      Date.now() - statSync(path.join(volume(), 'supervisor.alive')).mtimeMs > 6_000)
    expect(await failure(switchTo(id))).toMatchObject({ code: 'supervisor-absent' })
    expect(await isServed()).toBe(true)
    await lab.shop.supervise?.()
  })
})

describe('while it runs', () => {
  beforeAll(async () => {
    lab = await startLab({ supervised: true, settings: { archive_timeout: '3' }, config: { 'compress-type': 'gz', 'compress-level': '9', 'process-max': '1' } })
    await lab.startWorker()
    await lab.succeeded(await lab.enqueue())
    for (let n = 0; n < 6; n += 1) {
      await lab.sql(`CREATE TABLE ballast_${n} AS SELECT n, md5(n::text) || md5((n * 7)::text) AS filler FROM generate_series(1, 80000) n`)
    }
    const since = new Date()
    await until('all of it is recoverable', 60, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest ?? 0) > since)
  })
  afterEach(discardAny)
  afterAll(() => lab?.stop())

  it('a switch waits for the backup that runs, and new work waits for the switch', async () => {
    const rehearsal = await ready()
    const backup = await lab.enqueue()
    await until('the backup copies', 30, async () => (await getJob(lab.control.db, backup, new Date()))?.progress?.percent)
    const switching = await lab.enqueue({ request: switchTo(rehearsal) })
    await until('the switch waits', 30, async () => (await messages(switching)).includes(`waiting for backup ${backup}`))
    const later = await lab.enqueue({ request: { kind: 'check' } })
    const [first, second, third] = [await lab.succeeded(backup, 120), await lab.succeeded(switching, 120), await lab.succeeded(later, 120)]
    expect(second.progress?.steps.find(({ phase }) => phase === 'promote')?.startedAt).toBeDefined()
    expect(first.finishedAt!.getTime()).toBeLessThan(second.finishedAt!.getTime())
    expect(third.claimedAt!.getTime()).toBeGreaterThanOrEqual(second.finishedAt!.getTime())
    await quiet()
  })

  it('a worker that dies during the switch: the supervisor finishes it, and the next worker says how it ended', async () => {
    const rehearsal = await ready()
    const supervisor = lab.shop.supervisor?.().pid ?? 0
    const job = await lab.enqueue({ request: switchTo(rehearsal) })
    await until('the supervisor is about to be asked', 60, async () => (await getJob(lab.control.db, job, new Date()))?.progress?.steps.some(({ phase }) => phase === 'drain'))
    process.kill(supervisor, 'SIGSTOP')
    try {
      await until('it was asked', 60, async () => existsSync(path.join(volume(), 'switch.request')))
      const worker = await lab.control.db.worker.findFirstOrThrow({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })
      process.kill(worker.pid, 'SIGKILL')
    } finally {
      process.kill(supervisor, 'SIGCONT')
    }
    await until('the supervisor has answered', 60, async () => !existsSync(path.join(volume(), 'switch.request')))
    await lab.startWorker()
    const told = await lab.succeeded(job, 60)
    expect(told.result).toMatchObject({ kind: 'switch', cluster: rehearsal, downtimeMs: null })
    expect(existsSync(path.join(volume(), 'maintenance.json'))).toBe(false)
    await quiet()
  })

  it('a cancelled rehearsal leaves nothing', async () => {
    const before = readdirSync(path.join(volume(), 'clusters')).length
    const id = await lab.enqueue({ request: latest })
    await until('it copies', 30, async () => (await getJob(lab.control.db, id, new Date()))?.progress?.steps.some(({ phase }) => phase === 'restore'))
    await lab.control.db.job.update({ where: { id }, data: { cancelRequestedAt: new Date(), cancelRequestedBy: 'Ada' } })
    expect(await lab.ended(id)).toMatchObject({ status: 'CANCELLED' })
    expect(await findCurrentRehearsal(lab.control.db, STANZA)).toBeNull()
    expect(readdirSync(path.join(volume(), 'clusters'))).toHaveLength(before)
  })

  it('WAL that is gone from the archive is named', async () => {
    const { archiveStop } = await lab.control.db.backupSet.findFirstOrThrow({ orderBy: { stoppedAt: 'desc' } })
    const archive = path.join(lab.repository, 'archive', STANZA)
    const segments = () => readdirSync(archive, { recursive: true }).map(String)
      .filter((name) => /\/[0-9A-F]{24}-/.test(name) && path.basename(name) > `${archiveStop}-~`).toSorted()
    await until('more is archived', 60, async () => segments().length > 2)
    const since = new Date()
    await until('and recoverable', 60, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest ?? 0) > since)
    const gone = segments()[0]!
    rmSync(path.join(archive, gone))
    expect(await failure(latest)).toMatchObject({ code: 'wal-missing', params: { wal: path.basename(gone).slice(0, 24) } })
    expect(await isServed()).toBe(true)
  })
})

describe('an encrypted repository', () => {
  beforeAll(async () => {
    lab = await startLab({ supervised: true, settings: { archive_timeout: '3' }, config: { 'repo1-cipher-type': 'aes-256-cbc', 'repo1-cipher-pass': 'right horse' } })
    await lab.startWorker()
    await lab.succeeded(await lab.enqueue())
    await recoverable()
  })
  afterAll(() => lab?.stop())

  it('is restored with its passphrase, and a wrong one is told', async () => {
    await ready()
    await discardAny()
    writeFileSync(lab.config, readFileSync(lab.config, 'utf8').replace('right horse', 'wrong horse'))
    expect(await failure(latest)).toMatchObject({ code: 'passphrase-wrong' })
  })
})
