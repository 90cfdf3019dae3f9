/** The command line as it is shipped: its words, its JSON, its exit codes. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, startLab, until } from '../support/lab'
import { startServer, stopServer } from '../support/server-control'

let lab: Lab

beforeAll(async () => (lab = await startLab({ stanza: false })))
afterAll(() => lab.stop())

async function cli(...args: string[]) {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, USER: 'tunde', BACKUP_DATABASE_URL: lab.control.url, PGBACKREST_STANZA: 'salespider' }
  const done = await promisify(execFile)(process.execPath, ['dist/cli.js', ...args], { env }).catch((error: unknown) => error)
  const { code = 0, stdout, stderr } = done as { code?: number; stdout: string; stderr: string }
  return { code, stdout, stderr }
}

describe('without a worker', () => {
  it('withdraws what nobody takes, and exits with 4', async () => {
    const { code, stderr } = await cli('backup', '--type=full')
    expect(code).toBe(4)
    expect(stderr).toContain('nothing was started')
    expect(await lab.control.db.job.count({ where: { status: 'QUEUED' } })).toBe(0)
  })

  it.each([
    [['backup', '--type=everything']],
    [['backup', '--type=--full']],
    [['backup', '--repo=0']],
    [['backup', '--repo=1; rm -rf /']],
    [['backup', '--reason=two\nlines']],
    [['cancel', 'abc']],
    [['cancel']],
    [['nonsense']],
    [['jobs', '--limit=0']],
  ])('refuses %j with 2, and enqueues nothing', async (args) => {
    const before = await lab.control.db.job.count()
    expect((await cli(...args)).code).toBe(2)
    expect(await lab.control.db.job.count()).toBe(before)
  })

  it('cancels what waits, and says when there is nothing to cancel', async () => {
    const id = await lab.enqueue()
    expect(await cli('cancel', id.toString())).toMatchObject({ code: 0 })
    expect(await cli('cancel', id.toString())).toMatchObject({ code: 1 })
    expect(await cli('cancel', '999999')).toMatchObject({ code: 1 })
  })

  it('exits with 3 when the control database is away', async () => {
    stopServer(lab.control.postgres)
    const { code, stderr } = await cli('status')
    startServer(lab.control.postgres)
    expect(code).toBe(3)
    expect(stderr).toContain('control database cannot be reached')
    await until('the control database answers', 20, () => lab.control.db.job.count().then(() => true, () => false))
  })
})

describe('with a worker', () => {
  beforeAll(() => lab.startWorker())

  it('backs up, follows and tells what was made', async () => {
    const { code, stdout } = await cli('backup', '--type=full', '--reason', '-- before "stocktaking"')
    expect(stdout).toContain('new backup label')
    expect(code).toBe(0)
  })

  it('prints one JSON document with --json', async () => {
    const { code, stdout } = await cli('backup', '--type=incr', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'SUCCEEDED', actorName: 'tunde', result: { type: 'incr' } })
  })

  it('lists the sets, who made them and why', async () => {
    const { stdout } = await cli('info', '--json')
    expect(JSON.parse(stdout).sets).toMatchObject([{ type: 'full', by: 'tunde', reason: '-- before "stocktaking"' }, { type: 'incr' }])
    expect((await cli('info', '--refresh')).stdout).toContain('tunde: -- before "stocktaking"')
  })

  it('checks', async () => expect(await cli('check')).toMatchObject({ code: 0 }))

  it('tells the verdict', async () => {
    const { code, stdout } = await cli('status')
    expect(code).toBe(0)
    expect(stdout).toMatch(/newest backup: \d{8}-\d{6}F_\d{8}-\d{6}I/)
    expect(JSON.parse((await cli('status', '--json')).stdout)).toHaveProperty('verdict.state')
  })

  it('lists the jobs, filtered', async () => {
    const { stdout } = await cli('jobs', '--kind=backup', '--status=succeeded', '--json')
    expect(JSON.parse(stdout).map(({ kind, status }: { kind: string; status: string }) => [kind, status])).toEqual([['backup', 'SUCCEEDED'], ['backup', 'SUCCEEDED']])
  })

  it('exits with 1 when the job failed, with what to do', async () => {
    await lab.sql("ALTER SYSTEM SET archive_command = 'true'")
    await lab.sql('SELECT pg_reload_conf()')
    const { code, stderr } = await cli('check')
    expect(code).toBe(1)
    expect(stderr).toMatch(/archive_command/)
    expect(stderr).toMatch(/\n {2}1\. /)
  })
})
