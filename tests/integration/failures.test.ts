/** What goes wrong with a backup, for real, and the words it is told with. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBackupSets, listRepositories } from '@/lib/backups/data'
import { getJob, readJobTail } from '@/lib/jobs/data'
import type { JobView } from '@/lib/jobs/data'
import { type Lab, startLab, until } from '../support/lab'
import { asServer, giveToServer } from '../support/postgres'
import { startServer, stopServer } from '../support/server-control'

const isRoot = process.getuid?.() === 0
let lab: Lab
const failureOf = async (id: bigint): Promise<JobView['failure']> => (await lab.ended(id, 90)).failure
const backup = () => lab.enqueue()
const check = () => lab.enqueue({ request: { kind: 'check' } })

async function archiveCommand(command: string | null): Promise<void> {
  await lab.sql(command === null ? 'ALTER SYSTEM RESET archive_command' : `ALTER SYSTEM SET archive_command = '${command}'`)
  await lab.sql('SELECT pg_reload_conf()')
  await until('the setting holds', 10, async () => command === null || (await lab.sql('SHOW archive_command'))[0]?.archive_command === command)
}

describe('with one worker', () => {
  beforeAll(async () => {
    lab = await startLab({ config: { 'archive-timeout': '4', 'process-max': '1' } })
    await lab.startWorker()
    await lab.succeeded(await backup())
  })
  afterAll(() => lab.stop())

  it('archive_command that is not pgbackrest (068)', async () => {
    await archiveCommand('true')
    expect(await failureOf(await check())).toMatchObject({ code: 'archive-command-missing', pgbackrestCode: 68 })
    await archiveCommand(null)
  })

  it('archive_command that stores nothing, for another stanza (082)', async () => {
    await archiveCommand(`pgbackrest --config=${lab.config} --stanza=elsewhere archive-push %p`)
    expect(await failureOf(await check())).toMatchObject({ code: 'archive-timeout', pgbackrestCode: 82 })
    await archiveCommand(null)
    await lab.succeeded(await check())
  })

  it('a backup that somebody runs by hand holds the lock (050)', async () => {
    const byHand = spawn('setpriv', [...asServer(), '--', 'pgbackrest', `--config=${lab.config}`, '--stanza=salespider', '--type=full', '--compress-type=gz', '--compress-level=9', 'backup'], { cwd: '/', stdio: 'ignore' })
    const ended = new Promise((resolve) => byHand.once('exit', resolve))
    await until('the lock is held', 20, async () => (await lab.pgbackrest('info', '--output=json')).output.includes('"held":true'))
    expect(await failureOf(await backup())).toMatchObject({ code: 'lock-held', pgbackrestCode: 50 })
    await ended
  })

  it('the repository is gone: nothing is made in its place, and no set is called expired', async () => {
    const before = await listBackupSets(lab.control.db, 'salespider')
    renameSync(lab.repository, `${lab.repository}.away`)
    expect(await failureOf(await backup())).toMatchObject({ code: 'repository-missing' })
    await lab.ended(await lab.enqueue({ request: { kind: 'sync-catalog' } }))
    expect(await listBackupSets(lab.control.db, 'salespider')).toHaveLength(before.length)
    renameSync(`${lab.repository}.away`, lab.repository)
    await lab.succeeded(await check())
  })

  it('an empty directory where the repository was is not taken for a new one', async () => {
    renameSync(lab.repository, `${lab.repository}.away`)
    mkdirSync(lab.repository)
    giveToServer(lab.repository)
    expect(await failureOf(await backup())).toMatchObject({ code: 'repository-missing' })
    execFileSync('rm', ['-r', lab.repository])
    renameSync(`${lab.repository}.away`, lab.repository)
    await lab.succeeded(await check())
  })

  it('the repository may not be written', async () => {
    const directory = path.join(lab.repository, 'backup/salespider')
    chmodSync(directory, 0o500)
    expect(await failureOf(await backup())).toMatchObject({ code: 'repository-permission' })
    chmodSync(directory, 0o750)
    await lab.succeeded(await backup())
  })

  it('PostgreSQL is down (056), and the worker lives on', async () => {
    stopServer(lab.shop)
    expect(await failureOf(await backup())).toMatchObject({ code: 'database-down', pgbackrestCode: 56 })
    const { observation } = await until('the outage is published', 20, async () => {
      const row = await lab.control.db.stanza.findUniqueOrThrow({ where: { name: 'salespider' } })
      return (row.observation as { up?: boolean } | null)?.up === false ? row : null
    })
    expect(observation).toMatchObject({ up: false })
    startServer(lab.shop)
    await lab.succeeded(await backup())
  })

  it('the control database goes away during a job: nothing is lost', async () => {
    const id = await backup()
    await until('it runs', 20, async () => (await getJob(lab.control.db, id, new Date()))?.status === 'RUNNING')
    stopServer(lab.control.postgres)
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    startServer(lab.control.postgres)
    await until('the control database answers', 20, () => getJob(lab.control.db, id, new Date()).catch(() => null))
    await lab.succeeded(id)
    const tail = await readJobTail(lab.control.db, id, -1, new Date())
    expect(tail?.events.map(({ seq }) => seq)).toEqual(tail?.events.map((_, n) => n))
    expect(tail?.events.some(({ message }) => message.startsWith('new backup label'))).toBe(true)
  })

  it('two people at once: both backups are made, one after the other', async () => {
    const [first, second] = await Promise.all([backup(), backup()])
    const jobs = [await lab.succeeded(first), await lab.succeeded(second)].toSorted((a, b) => Number(a.claimedAt) - Number(b.claimedAt))
    expect(Number(jobs[1]?.claimedAt)).toBeGreaterThanOrEqual(Number(jobs[0]?.finishedAt))
  })

  it('a second worker takes no job twice', async () => {
    await lab.startWorker({ WORKER_NAME: 'second' })
    const ids = await Promise.all(Array.from({ length: 6 }, () => lab.enqueue({ request: { kind: 'sync-catalog' } })))
    for (const id of ids) await lab.succeeded(id)
    const events = await lab.control.db.jobEvent.findMany({ where: { jobId: { in: ids }, message: { startsWith: 'taken from the queue' } } })
    expect(events).toHaveLength(ids.length)
  })
})

describe('a repository of another cluster', () => {
  let other: Lab
  beforeAll(async () => {
    other = await startLab()
    lab = await startLab({ stanza: false, config: { 'repo1-path': other.repository, 'archive-timeout': '4' } })
    await lab.startWorker()
  })
  afterAll(async () => {
    await lab.stop()
    await other.stop()
  })

  it('is refused and never upgraded', async () => {
    const failure = await failureOf(await backup())
    expect(['stanza-of-another-cluster', 'archive-of-another-cluster']).toContain(failure?.code)
    expect((await other.pgbackrest('check')).code).toBe(0)
  })
})

describe.runIf(isRoot)('a disk of its own', () => {
  beforeAll(async () => {
    lab = await startLab({ stanza: false, config: { 'archive-timeout': '4' } })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', lab.repository])
    giveToServer(lab.repository)
    await lab.pgbackrest('stanza-create')
    await lab.startWorker()
  })
  afterAll(async () => {
    execFileSync('umount', ['-l', lab.repository])
    await lab.stop()
  })

  it('is full (ENOSPC)', async () => {
    await lab.sql('CREATE TABLE ballast AS SELECT n, md5(n::text) || md5((n * 7)::text) AS filler FROM generate_series(1, 900000) n')
    expect(await failureOf(await backup())).toMatchObject({ code: 'repository-full' })
    expect(await listRepositories(lab.control.db, 'salespider')).toMatchObject([{ key: 1 }])
  })

  it('is read-only', async () => {
    execFileSync('mount', ['-o', 'remount,ro', lab.repository])
    expect(await failureOf(await backup())).toMatchObject({ code: 'repository-read-only' })
  })
})
