/** The command line as it is shipped: its words, its JSON, its exit codes. */
import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobResult } from '@/lib/jobs/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { startServer, stopServer } from '../support/server-control'

let lab: Lab

beforeAll(async () => (lab = await startLab({ stanza: false, supervised: true, settings: { archive_timeout: '3' } })))
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

  describe('restoring', () => {
    const rehearsed = (stdout: string) => JSON.parse(stdout).result as Extract<JobResult, { kind: 'rehearse' }>
    const sell = (note: string) => lab.sql(`INSERT INTO sale VALUES ('${note}')`)
    const notes = async () => (await lab.sql('SELECT note FROM sale')).map(({ note }) => note)
    const asked = () => lab.control.db.job.count({ where: { kind: { in: ['rehearse', 'switch', 'undo', 'discard', 'restore-in-place'] } } })
    /** Now, on the clock of the shop's zone, which is Lagos's, and as an instant; once it can be restored. */
    async function moment() {
      await sleep(30)
      const [row] = await lab.sql(`SELECT to_char(now() AT TIME ZONE 'Africa/Lagos', 'YYYY-MM-DD HH24:MI:SS.MS') AS wall, now() AS instant`)
      await sleep(30)
      const { wall, instant } = row as { wall: string; instant: Date }
      return { wall, at: instant.toISOString() }
    }
    const recoverable = (at: string) =>
      until(`${at} is recoverable`, 60, async () => ((await readWindows(lab.control.db, 'salespider', new Date()))[0]?.latest ?? 0) > new Date(at))

    let wanted: { wall: string; at: string }
    let xid: string
    let lsn: string

    beforeAll(async () => {
      await lab.sql('CREATE TABLE sale (note text)')
      await sell('a')
      wanted = await moment()
      await sell('b')
      const [position] = await lab.sql('SELECT pg_current_xact_id()::text AS xid, pg_current_wal_insert_lsn()::text AS lsn')
      ;({ xid, lsn } = position as { xid: string; lsn: string })
      await sell('c')
    })

    it('names a moment, once', async () => {
      const { code, stdout } = await cli('restore-point', 'before stocktaking', '--json')
      expect([code, JSON.parse(stdout).result]).toMatchObject([0, { kind: 'restore-point', name: 'before stocktaking' }])
      const again = await cli('restore-point', 'before stocktaking')
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('before stocktaking')])
      await sell('d')
      await recoverable((await moment()).at)
    })

    it('tests a repository, and says what a missing one is', async () => {
      const { code, stdout } = await cli('test-repository', '--json')
      expect([code, JSON.parse(stdout).result]).toEqual([0, { kind: 'test-repository', repo: 1 }])
      expect(await cli('test-repository', '--repo=2')).toMatchObject({ code: 1, stderr: expect.stringContaining('Repository 2 is not configured') })
      expect((await cli('test-repository', '--repo=x')).code).toBe(2)
    })

    it('looks the archive through', async () => {
      const { code, stdout } = await cli('check-archive', '--json')
      expect([code, JSON.parse(stdout).result]).toEqual([0, { kind: 'check-archive', segments: expect.any(Number), gaps: 0 }])
      expect((await cli('check-archive')).stdout).toMatch(/\d+ WAL segments are stored, 0 gaps/)
    })

    it.each([
      [2, ['rehearse'], 'one target'],
      [2, ['rehearse', '--latest', '--xid=7'], 'one target'],
      [2, ['rehearse', '--time=yesterday'], 'This is no time that can be read'],
      [2, ['rehearse', '--time=2026-02-30 10:00'], 'no such date or time'],
      [2, ['rehearse', '--lsn=nonsense'], 'not a target'],
      [2, ['rehearse', '--latest', '--timeline=0'], '--timeline'],
      [1, ['rehearse', '--time=2020-01-01 10:00'], 'Nothing before that can be restored'],
      [1, ['rehearse', '--time=2999-01-01T10:00Z'], 'has not come yet'],
      [1, ['rehearse', '--name=nobody made it'], 'no restore point named “nobody made it”'],
      [1, ['rehearse', '--set=20200101-000000F'], 'no backup set 20200101-000000F'],
      [1, ['discard'], 'there is no rehearsal'],
      [1, ['switch', '--confirm=salespider'], 'no rehearsal that is ready'],
      [2, ['switch'], "Confirm it with its stanza's name: --confirm=salespider"],
      [2, ['switch', '--confirm=saleSpider'], '--confirm=salespider'],
      [2, ['undo', '--confirm=another'], '--confirm=salespider'],
      [2, ['restore', '--latest'], '--confirm=salespider'],
      [2, ['restore', '--latest', '--in-place', '--confirm=another'], '--confirm=salespider'],
      [1, ['undo', '--confirm=salespider'], 'nothing to undo'],
      [1, ['undo', '--confirm=salespider', '--cluster=nobody'], 'no cluster nobody is kept'],
    ] as const)('answers %i to %j, says why, and enqueues nothing', async (expected, args, words) => {
      const before = await asked()
      const { code, stderr } = await cli(...args)
      expect(stderr).toContain(words)
      expect(code).toBe(expected)
      expect(await asked()).toBe(before)
    })

    it('tells a refusal as JSON too', async () => {
      const { code, stdout } = await cli('rehearse', '--time=2020-01-01T10:00Z', '--json')
      expect([code, JSON.parse(stdout)]).toMatchObject([1, { refused: { code: 'before-window' } }])
    })

    it('reads a time without an offset on the clock of the shop’s zone, and says so', async () => {
      const { code, stdout, stderr } = await cli('rehearse', `--time=${wanted.wall}`)
      expect(stderr).toMatch(/read in the shop's zone, Africa\/Lagos: .+, which is \d{4}-/)
      expect(stderr).toContain(`which is ${wanted.at}`)
      expect([code, stdout]).toEqual([0, expect.stringContaining('paused at ')])
      const again = await cli('rehearse', '--latest')
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('Move it with --move, or discard it first')])
    })

    it.each([
      ['--time', () => wanted.at], ['--name', () => 'before stocktaking'], ['--xid', () => xid], ['--lsn', () => lsn],
      ['--set', async () => (await lab.control.db.backupSet.findFirstOrThrow()).label],
    ] as [string, () => string | Promise<string>][])('moves the rehearsal to %s, says nothing of a zone, and prints one JSON document', async (option, value) => {
      const target = `${option}=${await value()}`
      const { code, stdout, stderr } = await cli('rehearse', '--move', target, '--json')
      expect([code, stderr]).toEqual([0, ''])
      expect(rehearsed(stdout)).toMatchObject({ kind: 'rehearse', plan: { target: { type: option.slice(2) } }, reached: { timeline: 1 } })
    })

    it('discards it', async () => {
      const { code, stdout } = await cli('discard', '--json')
      expect([code, JSON.parse(stdout).result]).toMatchObject([0, { kind: 'discard' }])
    })

    it('rehearses, then switches', async () => {
      expect(await cli('rehearse', '--latest')).toMatchObject({ code: 0 })
      const { code, stdout } = await cli('switch', '--confirm=salespider', '--json')
      expect([code, JSON.parse(stdout).result]).toMatchObject([0, { kind: 'switch', kept: { id: 'first' }, timeline: 2 }])
      expect(await notes()).toEqual(['a', 'b', 'c', 'd'])
    })

    it('lists what can be gone back to', async () => {
      expect(JSON.parse((await cli('kept', '--json')).stdout)).toMatchObject([{ id: 'first', leftBy: 'switch', timeline: 1 }])
      expect((await cli('kept')).stdout).toMatch(/^first {2}left by switch .+ {2}kept until /)
    })

    it('goes back', async () => {
      await sell('after the switch')
      expect(await cli('undo', '--confirm=salespider')).toMatchObject({ code: 0, stdout: expect.stringContaining('the shop runs on first') })
      expect(await notes()).toEqual(['a', 'b', 'c', 'd'])
    })

    it('restores in one go, and tells the end of it as one document', async () => {
      const { code, stdout } = await cli('restore', `--time=${wanted.at}`, '--confirm=salespider', '--json')
      expect([code, JSON.parse(stdout).result]).toMatchObject([0, { kind: 'switch', timeline: 4 }])
      expect(await notes()).toEqual(['a'])
    })

    it('restores in place', async () => {
      await sell('e')
      const later = await moment()
      await sell('f')
      await recoverable(later.at)
      const { code, stdout, stderr } = await cli('restore', '--in-place', `--time=${later.at}`, '--confirm=salespider', '--json')
      expect([code, JSON.parse(stdout).result], stdout + stderr).toMatchObject([0, { kind: 'restore-in-place', safetyLabel: expect.stringMatching(/F/) }])
      expect(await notes()).toEqual(['a', 'e'])
    })
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
