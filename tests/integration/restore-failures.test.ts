/** What goes wrong with a restore, and what is said about it. The shop runs on after each. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { translator } from '@/lib/i18n'
import { getJob, readJobTail } from '@/lib/jobs/data'
import { failureWords } from '@/lib/jobs/failure/rules'
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
  await recoverable()
  const job = await lab.succeeded(await lab.enqueue({ request: latest }), 120)
  await quiet()
  return job.result?.kind === 'rehearse' ? job.result.rehearsal : ''
}

async function discardAny(): Promise<void> {
  const current = await findCurrentRehearsal(lab.control.db, STANZA)
  if (current) await ended({ kind: 'discard', rehearsal: current.id })
}

/** A worker whose pgbackrest has something done to it first; `$@` are its arguments. */
async function startWorkerWith(script: string): Promise<void> {
  const bin = path.join(lab.directory, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(path.join(bin, 'pgbackrest'), `#!/bin/bash\n${script}\n`, { mode: 0o755 })
  const worker = await lab.control.db.worker.findFirst({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })
  if (worker) process.kill(worker.pid, 'SIGKILL')
  await lab.startWorker({ PATH: `${bin}:${process.env.PATH}` })
}
const pgbackrest = execFileSync('which', ['pgbackrest'], { encoding: 'utf8' }).trim()

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

  it('a set whose prior was removed by hand is refused before anything is copied', async () => {
    const full = await lab.succeeded(await lab.enqueue({ request: { kind: 'backup', type: 'full', repo: 1 } }))
    const incr = await lab.succeeded(await lab.enqueue({ request: { kind: 'backup', type: 'incr', repo: 1 } }))
    const [prior, label] = [full, incr].map(({ result }) => (result?.kind === 'backup' ? result.label : ''))
    const sets = path.join(lab.repository, 'backup', STANZA)
    renameSync(path.join(sets, prior!), path.join(lab.directory, 'removed'))
    const job = await ended({ kind: 'rehearse', wish: { target: { type: 'set', label: label! } } })
    expect(job.failure).toMatchObject({ code: 'target-unreachable', params: { code: 'set-unusable', label }, detail: expect.stringContaining('a set that it needs is gone') })
    expect(job.progress?.steps.map(({ phase }) => phase)).not.toContain('disk')
    renameSync(path.join(lab.directory, 'removed'), path.join(sets, prior!))
  })

  it('a set that expires between the plan and the restore is told, and nothing is left of the copy', async () => {
    await lab.succeeded(await lab.enqueue({ request: { kind: 'backup', type: 'full', repo: 1 } }))
    const { label } = await lab.control.db.backupSet.findFirstOrThrow({ where: { expiredAt: null }, orderBy: { stoppedAt: 'asc' } })
    const before = readdirSync(path.join(volume(), 'clusters'))
    await startWorkerWith(`[ "\${!#}" != restore ] || ${pgbackrest} --config=${lab.config} --stanza=${STANZA} --set=${label} expire\nexec ${pgbackrest} "$@"`)
    const told = await failure({ kind: 'rehearse', wish: { target: { type: 'set', label } } })
    expect(told).toMatchObject({ code: 'target-unreachable', detail: expect.stringContaining(label) })
    expect(readdirSync(path.join(volume(), 'clusters'))).toEqual(before)
    await until('the catalog knows', 60, async () => (await lab.control.db.backupSet.findFirst({ where: { label } }))?.expiredAt)
    expect((await failure({ kind: 'rehearse', wish: { target: { type: 'set', label } } }))?.params?.code).toBe('set-unknown')
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

  it('a worker that dies while the copy becomes a primary: the next switch puts exactly the target in the shop’s place', async () => {
    await lab.sql('CREATE TABLE IF NOT EXISTS sale (note text)')
    await lab.sql("INSERT INTO sale VALUES ('wanted')")
    const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`)
    const at = String(row?.at)
    await lab.sql("INSERT INTO sale VALUES ('a mistake')")
    await until('it is recoverable', 60, async () => ((await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest ?? 0) > new Date(at))
    const job = await lab.succeeded(await lab.enqueue({ request: { kind: 'rehearse', wish: { target: { type: 'time', at } } } }), 120)
    const rehearsal = job.result?.kind === 'rehearse' ? job.result.rehearsal : ''
    await quiet()
    const worker = await lab.control.db.worker.findFirstOrThrow({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })
    const broken = await lab.enqueue({ request: switchTo(rehearsal) })
    const signalFile = path.join(volume(), 'clusters', rehearsal, 'recovery.signal')
    for (const deadline = Date.now() + 60_000; existsSync(signalFile); await sleep(1)) expect(Date.now()).toBeLessThan(deadline)
    process.kill(worker.pid, 'SIGKILL')
    await lab.control.db.$executeRaw`UPDATE "job" SET "heartbeatAt" = now() - interval '1 minute' WHERE "id" = ${broken}`
    await lab.startWorker()
    expect((await lab.ended(broken)).failure).toMatchObject({ code: 'switch-interrupted' })
    await lab.succeeded(await lab.enqueue({ request: switchTo(rehearsal) }), 120)
    expect(await lab.sql('SELECT note FROM sale')).toEqual([{ note: 'wanted' }])
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

/** Needs root: the volume is a file system of its own. */
describe.skipIf(process.getuid?.() !== 0)('a disk that fills up after it was looked at', () => {
  beforeAll(async () => {
    lab = await startLab({ supervised: true, megabytes: 700 })
    await lab.sql("CREATE TABLE ballast AS SELECT n, md5(n::text) AS filler FROM generate_series(1, 400000) n")
    await lab.startWorker()
    await lab.succeeded(await lab.enqueue())
  })
  afterAll(() => lab?.stop())

  const filler = () => path.join(volume(), 'filler')
  /** All but a few megabytes: too few for a copy, enough for the shop. */
  const fill = () => `fallocate -l $(($(df -B1 --output=avail ${volume()} | tail -1) - 6000000)) ${filler()}`
  const isRestore = '[ "${!#}" = restore ]'

  it.each([
    ['while files are copied', () => `! ${isRestore} || ${fill()}\nexec ${pgbackrest} "$@"`],
    ['while WAL is replayed', () => `${pgbackrest} "$@"; code=$?; ! ${isRestore} || ${fill()}; exit $code`],
  ])('%s', async (_, script) => {
    await startWorkerWith(script())
    const { label } = await lab.control.db.backupSet.findFirstOrThrow()
    const told = await failure({ kind: 'rehearse', wish: { target: { type: 'set', label } } })
    expect(existsSync(filler())).toBe(true)
    expect(told).toMatchObject({ code: 'disk-full', params: { path: expect.stringContaining(volume()) } })
    const { meaning, steps } = failureWords(translator('failures'), told!, 'rehearse')
    expect(meaning[0]).toBe('The running shop was not touched, and all backups are whole.')
    expect(steps.join(' ')).toContain('Free space on that disk')
    expect(readdirSync(path.join(volume(), 'clusters'))).toEqual(['first'])
    expect(await findCurrentRehearsal(lab.control.db, STANZA)).toBeNull()
    rmSync(filler())
    expect(await lab.sql('SELECT count(*)::int AS n FROM ballast')).toEqual([{ n: 400_000 }])
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
