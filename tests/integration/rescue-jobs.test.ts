/** Rescues as jobs: out of a real rehearsal, by the worker and the command line as they are shipped, also when the worker is killed. */
import { type ChildProcess, execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobRequest } from '@/lib/jobs/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { row } from '../support/rescue'

let lab: Lab
let worker: ChildProcess
let rehearsal: string

const product = (id: string) => row('Product', { id })
const rescue = (...ids: string[]): JobRequest => ({ kind: 'rescue', rehearsal, rows: ids.map(product) })
const names = async () => (await lab.sql(`SELECT name FROM "Product" WHERE "deletedAt" IS NULL ORDER BY id`)).map(({ name }) => name)
const quiet = () => until('nothing runs or waits', 120, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)

async function cli(...args: string[]) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, USER: 'tunde', BACKUP_DATABASE_URL: lab.control.url, PGBACKREST_STANZA: 'salespider' }
  const done = await promisify(execFile)(process.execPath, ['dist/cli.js', ...args], { env }).catch((error: unknown) => error)
  const { code = 0, stdout, stderr } = done as { code?: number; stdout: string; stderr: string }
  return { code, stdout, stderr }
}

beforeAll(async () => {
  lab = await startLab({ supervised: true, settings: { archive_timeout: '3' } })
  await lab.sql(readFileSync('demo/schema.sql', 'utf8'))
  await lab.sql(`
    INSERT INTO "User" VALUES ('u1', 'owner@shop.example', 'owner', 'Owner', 'hash', 'SUPER_ADMIN', 'ACTIVE', now(), now(), NULL);
    INSERT INTO "Product" SELECT 'p' || n, 'Product ' || n, '', 'OTHERS', n, 10, 2, NULL, NULL, now(), now(), NULL FROM generate_series(1, 6) n`)
  worker = await lab.startWorker()
  await lab.succeeded(await lab.enqueue())
  await lab.sql("SELECT pg_logical_emit_message(true, 'test', 'a transaction to restore to')")
  const since = new Date()
  await until('the products are recoverable', 60, async () => ((await readWindows(lab.control.db, 'salespider', new Date()))[0]?.latest ?? 0) > since)
  const made = await lab.succeeded(await lab.enqueue({ request: { kind: 'rehearse', wish: { target: { type: 'latest' } } } }), 120)
  rehearsal = made.result?.kind === 'rehearse' ? made.result.rehearsal : ''
  await quiet()
  await lab.sql(`UPDATE "Product" SET "deletedAt" = now() WHERE id = 'p1'; DELETE FROM "Product" WHERE id IN ('p2', 'p3', 'p4', 'p5')`)
}, 600_000)
afterAll(() => lab?.stop())

describe('on the command line', () => {
  it.each([[['rescue']], [['rescue', '--rows=Product']], [['rescue', '--rows=Product:id']], [['undo-rescue']], [['undo-rescue', 'x']]])('%j is refused with 2', async (args) => {
    expect((await cli(...args)).code).toBe(2)
  })

  it('a dry run says what would come back, and exits with 1 when something is in the way', async () => {
    const fine = await cli('rescue', '--rows=Product:id=p1', '--rows', '"Product":"id"=p2', 'public.Product:id=p3', '--dry-run')
    expect(fine).toMatchObject({ code: 0, stdout: expect.stringMatching(/revive Product Product 1 \(chosen\)\ninsert Product Product 2 \(chosen\)\ninsert Product Product 3 \(chosen\)/) })
    const refused = await cli('rescue', '--rows=Product:id=p6', '--dry-run', '--json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ status: 'SUCCEEDED', result: { outcome: { conflicts: [{ code: 'present', name: 'Product 6' }] } } })
    expect(await names()).toEqual(['Product 6'])
  })

  it('a rescue puts back, and an undo takes back', async () => {
    const done = await cli('rescue', '--rows=Product:id=p1', '--rows=Product:id=p2', '--json')
    const job = JSON.parse(done.stdout) as { id: string }
    expect(done.code).toBe(0)
    expect(await names()).toEqual(['Product 1', 'Product 2', 'Product 6'])
    expect(await cli('undo-rescue', job.id)).toMatchObject({ code: 0, stdout: expect.stringContaining('revive Product Product 1') })
    expect(await names()).toEqual(['Product 6'])
    const again = await cli('undo-rescue', job.id)
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('no rescue that could be taken back') })
  })

  it('a conflict is told in words', async () => {
    const { code, stderr } = await cli('rescue', '--rows=Product:id=p6', '--rows=Product:id=p2')
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Not all of the chosen rows can be put back[\s\S]*In the way: Product Product 6\./)
  })
})

describe('a worker that is killed', () => {
  const kill = async () => {
    worker.kill('SIGKILL')
    worker = await lab.startWorker()
  }

  it('before its commit has put nothing back, and that is said', async () => {
    await lab.sql(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(6); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON "Product" FOR EACH ROW EXECUTE FUNCTION slow()`)
    const job = await lab.enqueue({ request: rescue('p3') })
    await until('it writes', 60, async () => (await lab.sql(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`)).length > 0)
    await kill()
    expect(await lab.ended(job, 60)).toMatchObject({ status: 'FAILED', failure: { code: 'worker-lost' } })
    await lab.sql('DROP TRIGGER slow ON "Product"')
    expect(await names()).toEqual(['Product 6'])
  })

  it('in the middle of its commit has put all of it back, and the next one says so', async () => {
    await lab.sql(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`)
    await lab.sql('SELECT pg_reload_conf()')
    const job = await lab.enqueue({ request: rescue('p3', 'p4') })
    await until('it commits', 60, async () => (await lab.sql(
      `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query = 'COMMIT' AND application_name = 'salespider-backup worker'`)).length > 0)
    worker.kill('SIGKILL')
    await lab.sql(`ALTER SYSTEM RESET synchronous_standby_names`)
    await lab.sql('SELECT pg_reload_conf()')
    worker = await lab.startWorker()
    const ended = await lab.succeeded(job, 60)
    expect(ended.result).toMatchObject({ kind: 'rescue', steps: [{ name: 'Product 3' }, { name: 'Product 4' }] })
    expect(await names()).toEqual(['Product 3', 'Product 4', 'Product 6'])
    expect((await lab.succeeded(await lab.enqueue({ request: { kind: 'undo-rescue', rescue: job.toString() } }))).result).toMatchObject({ kind: 'undo-rescue' })
    expect(await names()).toEqual(['Product 6'])
  })
})

describe('without what it needs', () => {
  it('a rehearsal that is gone is told', async () => {
    await lab.succeeded(await lab.enqueue({ request: { kind: 'discard', rehearsal } }))
    expect((await lab.ended(await lab.enqueue({ request: rescue('p5') }))).failure).toMatchObject({ code: 'rehearsal-missing' })
    expect(await cli('rescue', '--rows=Product:id=p5')).toMatchObject({ code: 1, stderr: expect.stringContaining('no rehearsal that is ready') })
  })
})
