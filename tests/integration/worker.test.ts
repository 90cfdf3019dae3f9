import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBackupSets, listExpiredSets, listRepositories } from '@/lib/backups/data'
import { getJob, readJobTail } from '@/lib/jobs/data'
import { requestCancel } from '@/lib/jobs/mutations'
import { clusterObservationSchema } from '@/lib/health/schema'
import { type Lab, startLab, until } from '../support/lab'

let lab: Lab
const ada = { kind: 'user', id: 'u1', name: 'Ada Okafor' } as const
const running = (id: bigint) =>
  until(`job ${id} copies`, 30, async () => {
    const job = await getJob(lab.control.db, id, new Date())
    return job?.status === 'RUNNING' && job.progress?.percent && job.progress.percent < 90 ? job : null
  })
const pgbackrestProcesses = () => {
  try {
    return execFileSync('pgrep', ['-f', `^(/usr/bin/)?pgbackrest.*${lab.directory}.* backup(:local)?$`], { encoding: 'utf8' }).trim().split('\n').length
  } catch {
    return 0
  }
}

describe('a first use', () => {
  beforeAll(async () => {
    lab = await startLab({ stanza: false })
    await lab.startWorker()
  })
  afterAll(() => lab.stop())

  it('creates the stanza by itself and proves that archiving works', async () => {
    const job = await until('the first job', 30, () => lab.control.db.job.findFirst({ where: { kind: 'stanza-create' } }))
    expect(await lab.ended(job.id)).toMatchObject({ status: 'SUCCEEDED', actorName: 'first use' })
    expect(await listRepositories(lab.control.db, 'salespider')).toMatchObject([{ key: 1, type: 'posix', location: lab.repository }])
  })

  it('takes no backup because it starts (SaleSpider’s defect 4: every start takes a full, and fulls push the history out)', async () => {
    expect(await lab.control.db.job.count({ where: { kind: 'backup' } })).toBe(0)
  })

  it('takes a full, told as steps, with its annotations on the set', async () => {
    const id = await lab.enqueue({ reason: "quotes ' \" and --dashes, ünïcode ₦" })
    const job = await lab.ended(id)
    expect(job).toMatchObject({ status: 'SUCCEEDED', result: { kind: 'backup', type: 'full', error: false } })
    expect(job.progress?.percent).toBe(100)
    expect(job.progress?.steps.map(({ phase }) => phase)).toEqual(['claim', 'start', 'copy', 'wal', 'label', 'expire', 'catalog'])
    expect(job.command?.argv).toContain('--type=full')
    const [set] = await listBackupSets(lab.control.db, 'salespider')
    expect(set).toMatchObject({ jobId: id.toString(), by: 'Ada Okafor', reason: "quotes ' \" and --dashes, ünïcode ₦", trigger: 'manual' })
    const tail = await readJobTail(lab.control.db, id, -1, new Date())
    expect(tail?.events.some(({ source, message }) => source === 'pgbackrest' && message.startsWith('new backup label = '))).toBe(true)
  })

  it('shows a set made by hand, and keeps an expired one as history', async () => {
    await lab.pgbackrest('--type=incr', 'backup')
    const refreshed = await lab.ended(await lab.enqueue({ request: { kind: 'sync-catalog' } }))
    expect(refreshed.result).toMatchObject({ kind: 'sync-catalog', sets: 2 })
    const sets = await listBackupSets(lab.control.db, 'salespider')
    expect(sets.map(({ type, jobId, by }) => [type, jobId !== null, by])).toEqual([['full', true, 'Ada Okafor'], ['incr', false, null]])
    await lab.pgbackrest(`--set=${sets[1]?.label}`, 'expire')
    await lab.ended(await lab.enqueue({ request: { kind: 'sync-catalog' } }))
    expect(await listBackupSets(lab.control.db, 'salespider')).toHaveLength(1)
    expect((await listExpiredSets(lab.control.db, 'salespider')).map(({ label }) => label)).toEqual([sets[1]?.label])
  })

  it('publishes what it sees of the cluster', async () => {
    const { observation } = await lab.control.db.stanza.findUniqueOrThrow({ where: { name: 'salespider' } })
    expect(clusterObservationSchema.parse(observation)).toMatchObject({ up: true, inRecovery: false, timeline: 1, archiver: { mode: 'on', commandSet: true } })
  })

  it('checks', async () => {
    expect(await lab.ended(await lab.enqueue({ request: { kind: 'check' } }))).toMatchObject({ status: 'SUCCEEDED' })
  })
})

describe('on a bad day', () => {
  beforeAll(async () => {
    lab = await startLab({ config: { 'compress-type': 'gz', 'compress-level': '9', 'process-max': '1' } })
    // Several files of a size: progress counts by file, and what is resumed are whole files.
    for (let n = 0; n < 8; n += 1) {
      await lab.sql(`CREATE TABLE ballast_${n} AS SELECT n, md5(n::text) || md5((n * 7)::text) AS filler FROM generate_series(1, 80000) n`)
    }
  })
  afterAll(() => lab.stop())

  it('a cancelled copy frees the lock, and the next backup resumes', async () => {
    await lab.startWorker()
    const id = await lab.enqueue()
    await running(id)
    await lab.control.db.$transaction((tx) => requestCancel(tx, id, ada))
    expect(await lab.ended(id, 20)).toMatchObject({ status: 'CANCELLED' })
    expect(pgbackrestProcesses()).toBe(0)
  })

  it('a worker killed outright leaves no process, its job ends as failed within 30 s, and the next backup resumes', async () => {
    const id = await lab.enqueue()
    await running(id)
    const killed = await lab.control.db.worker.findFirstOrThrow({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })
    process.kill(killed.pid, 'SIGKILL')
    await until('no pgbackrest is left', 5, async () => pgbackrestProcesses() === 0)
    await lab.startWorker()
    const ended = await lab.ended(id, 30)
    expect(ended).toMatchObject({ status: 'FAILED', failure: { code: 'worker-lost' } })
    const next = await lab.succeeded(await lab.enqueue(), 120)
    expect(next.result).toMatchObject({ resumed: true })
  })

  it('SIGTERM cancels a backup and signs off', async () => {
    const id = await lab.enqueue()
    await running(id)
    const worker = await lab.control.db.worker.findFirstOrThrow({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })
    process.kill(worker.pid, 'SIGTERM')
    expect(await lab.ended(id, 20)).toMatchObject({ status: 'CANCELLED' })
    await until('the worker signed off', 20, async () => (await lab.control.db.worker.findUnique({ where: { id: worker.id } }))?.stoppedAt)
    expect(pgbackrestProcesses()).toBe(0)
  })
})
