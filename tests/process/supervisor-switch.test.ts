/** What the supervisor refuses, and what it does when PostgreSQL, a signal or a hand comes in between. */
import {
  appendFileSync, closeSync, cpSync, existsSync, openSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync,
  writeFileSync, writeSync,
} from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { toLines } from '@/worker/volume/answers'
import { giveToServer } from '../support/postgres'
import { type Template, type TestVolume, makeTemplate, openVolume, withCluster } from '../support/template'
import type { Supervisor } from '../support/volume'

const TIMEOUT = { timeout: 20_000, interval: 20 }

let template: Template
let volume: TestVolume
beforeAll(async () => {
  template = await makeTemplate()
})
afterAll(() => template.discard())

const isUp = () => vi.waitFor(() => volume.ask('SELECT 1'), TIMEOUT)
const cluster = () => volume.ask("SELECT current_setting('cluster_name')")
const answer = (job: string) => vi.waitFor(async () => (await volume.readResult(job)) ?? expect.fail('no answer'), TIMEOUT)
const says = (supervisor: Supervisor, text: string) => vi.waitFor(() => expect(supervisor.said()).toContain(text), TIMEOUT)
const breakCluster = (id: string) =>
  appendFileSync(path.join(volume.cluster(id), 'postgresql.conf'), "shared_preload_libraries = 'no_such_library'\n")

/** A backend that does not react keeps PostgreSQL from stopping. */
async function freezeBackend(): Promise<number> {
  const client = await volume.connect()
  const pid: number = (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid
  process.kill(pid, 'SIGSTOP')
  return pid
}

describe('a request that is refused leaves the shop alone', () => {
  let pid: number | null
  beforeAll(async () => {
    volume = openVolume(template)
    volume.supervise()
    await isUp()
    pid = volume.postmaster()
  })
  afterAll(() => volume.discard())

  const values = () => {
    const { systemId, checkpoint } = volume.controlData('c1')
    return { from: 'c0', to: 'c1', systemid: systemId, checkpoint }
  }
  async function isRefused(job: string, why: RegExp): Promise<void> {
    const result = await answer(job)
    expect(result).toMatchObject({ outcome: 'refused', now: 'c0', why: expect.stringMatching(why) })
    expect(volume.postmaster()).toBe(pid)
    expect(await cluster()).toBe('c0')
  }

  test.each([
    ['from elsewhere', { from: 'c9' }, /data leads to c0, not to c9/],
    ['to itself', { to: 'c0' }, /c0 is the cluster that runs/],
    ['to what is not there', { to: 'c9' }, /there is no cluster c9/],
    ['another checkpoint', { checkpoint: '0/1' }, /c1 is 'shut down' at 0\/[0-9A-F]+ and should be 'shut down' at 0\/1/],
    ['another system', { systemid: '7' }, /c1 is of another system/],
    ['up and out', { to: '../../c1' }, /not well formed/],
    ['by another name', { to: 'c0/../c1' }, /not well formed/],
    ['an option', { to: '-c1' }, /not well formed/],
    ['capitals', { to: 'C1' }, /not well formed/],
    ['too long', { to: 'c'.repeat(64) }, /not well formed/],
    ['nothing', { to: '' }, /not well formed/],
    ['a command', { to: '$(touch MADE)' }, /not well formed/],
    ['another command', { from: 'c0; touch MADE' }, /not well formed/],
    ['arithmetic', { systemid: 'a[$(touch MADE)]' }, /not well formed/],
    ['a pattern', { checkpoint: '*' }, /not well formed/],
  ])('%s', async (name, change, why) => {
    const job = name.replaceAll(' ', '-')
    const made = volume.file('made')
    volume.write('switch.request', toLines({ job, ...values(), ...change }).replaceAll('MADE', made))
    await isRefused(job, why)
    expect(existsSync(made)).toBe(false)
  })

  test.each([['nothing in it', ''], ['no lines', 'job from to'], ['bytes', '\u0000\u0001=\u00ff\n']])('%s', async (_, text) => {
    volume.write('switch.request', text)
    await isRefused('', /not well formed/)
  })

  test('a job that is no job is not repeated', async () => {
    const made = volume.file('made')
    volume.write('switch.request', toLines({ job: `7$(touch ${made})`, ...values() }))
    await isRefused('', /not well formed/)
    expect(existsSync(made)).toBe(false)
  })

  test('a target that runs', () =>
    withCluster(volume.cluster('c1'), {}, async () => {
      volume.write('switch.request', toLines({ job: '1', ...values() }))
      await isRefused('1', /c1 is in use/)
    }))

  test('a target that has not been promoted', async () => {
    const signal = path.join(volume.cluster('c1'), 'recovery.signal')
    writeFileSync(signal, '')
    volume.write('switch.request', toLines({ job: '2', ...values() }))
    await isRefused('2', /c1 was not promoted/)
    unlinkSync(signal)
  })

  test('a target that lies elsewhere', async () => {
    const elsewhere = path.join(volume.root, 'elsewhere')
    renameSync(volume.cluster('c1'), elsewhere)
    symlinkSync('../../elsewhere', volume.cluster('c2'))
    const { systemId, checkpoint } = volume.controlData('c2')
    volume.write('switch.request', toLines({ job: '3', from: 'c0', to: 'c2', systemid: systemId, checkpoint }))
    await isRefused('3', /there is no cluster c2/)
    unlinkSync(volume.cluster('c2'))
    renameSync(elsewhere, volume.cluster('c1'))
  })

  test('a target with a damaged control file', async () => {
    const request = values()
    const file = openSync(path.join(volume.cluster('c1'), 'global/pg_control'), 'r+')
    writeSync(file, Buffer.from([0xff]), 0, 1, 100)
    closeSync(file)
    volume.write('switch.request', toLines({ job: '4', ...request }))
    await isRefused('4', /the pg_control of c1 cannot be read/)
  })
})

describe('what comes in between', () => {
  afterEach(() => volume.discard())

  test('a request that nobody was there to see is not begun later', async () => {
    volume = openVolume(template)
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    volume.supervise()
    expect(await answer('1')).toMatchObject({ outcome: 'not-done', now: 'c0' })
    expect(await cluster()).toBe('c0')
  })

  test('a job is done once: asked again, it gets the same answer', async () => {
    volume = openVolume(template)
    volume.supervise()
    await isUp()
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    expect(await answer('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    const pid = volume.postmaster()
    volume.request({ job: '1', from: 'c1', to: 'c0' })
    expect(await answer('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    expect(volume.postmaster()).toBe(pid)
  })

  test('a shop that does not start can be left', async () => {
    volume = openVolume(template)
    breakCluster('c0')
    await says(volume.supervise(), 'PostgreSQL ended with code 1 and is started again')
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    expect(await answer('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    expect(await cluster()).toBe('c1')
  })

  test('PostgreSQL that does not stop is brought back', async () => {
    volume = openVolume(template)
    const supervisor = volume.supervise({ env: { STOP_TIMEOUT: '1' } })
    await isUp()
    await volume.ask('INSERT INTO ledger VALUES (1) RETURNING n')
    await freezeBackend()
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    const why = 'PostgreSQL did not stop within 1 s, and was started again'
    expect(await answer('1')).toMatchObject({ outcome: 'refused', now: 'c0', why })
    expect(await volume.ask('INSERT INTO ledger VALUES (2) RETURNING (SELECT count(*) FROM ledger)')).toBe('1')
    supervisor.child.kill('SIGTERM')
    expect(await supervisor.ended()).toBe(0)
  })

  test('a switch that has begun is finished before the supervisor stops', async () => {
    volume = openVolume(template)
    const supervisor = volume.supervise()
    await isUp()
    const frozen = await freezeBackend()
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    await vi.waitFor(() => expect(volume.log()).toContain('received fast shutdown request'), TIMEOUT)
    supervisor.child.kill('SIGTERM')
    process.kill(frozen, 'SIGCONT')
    expect(await supervisor.ended()).toBe(0)
    expect(await volume.readResult('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    expect([volume.controlData('c0').state, volume.controlData('c1').state]).toEqual(['shut down', 'shut down'])
    expect(volume.postmaster()).toBeNull()
  })

  test('nor is what takes its place stopped while it starts', async () => {
    volume = openVolume(template)
    const crash = { within: 'bring_up', at: 'is_ready', withPostgres: false, signal: 'TERM' } as const
    const supervisor = volume.supervise({ crash })
    await says(supervisor, 'is up')
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    expect(await supervisor.ended()).toBe(0)
    expect(volume.hasCrashed()).toBe(true)
    expect(await volume.readResult('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    expect(volume.controlData('c1').state).toBe('shut down')
  })

  test('a target that was opened and does not start any more: nobody goes back', async () => {
    volume = openVolume(template)
    const doomed = volume.supervise({ crash: { within: 'finish', at: 'settle *', withPostgres: true } })
    await says(doomed, 'is up')
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    expect(await doomed.ended()).toBe('SIGKILL')
    const settings = readFileSync(path.join(volume.cluster('c1'), 'postgresql.conf'))
    breakCluster('c1')

    const stuck = volume.supervise()
    expect(await stuck.ended()).toBe(1)
    expect(stuck.said()).toContain('c1 does not start, and it was opened before')
    expect(readFileSync(volume.file('switch.result'), 'utf8')).toMatch(/^job=1\noutcome=refused\nnow=c1\nwhy=c1 does not start/)
    expect(existsSync(volume.file('switch.request'))).toBe(true)
    expect(volume.live()).toBe('c1')

    writeFileSync(path.join(volume.cluster('c1'), 'postgresql.conf'), settings)
    volume.supervise()
    expect(await answer('1')).toMatchObject({ outcome: 'done', now: 'c1' })
    expect(await cluster()).toBe('c1')
  })

  test('a link that was moved by hand: nothing is started until somebody has looked', async () => {
    volume = openVolume(template)
    cpSync(volume.cluster('c1'), volume.cluster('c2'), { recursive: true, preserveTimestamps: true })
    giveToServer(volume.cluster('c2'))
    volume.request({ job: '1', from: 'c0', to: 'c1' })
    rmSync(volume.data)
    symlinkSync('clusters/c2', volume.data)
    const stuck = volume.supervise()
    expect(await stuck.ended()).toBe(1)
    expect(stuck.said()).toContain('leads to c2, which is neither c0 nor c1. Nothing is started')
    expect(volume.postmaster()).toBeNull()
    expect(readFileSync(volume.file('switch.result'), 'utf8')).toContain('outcome=refused\nnow=c2\n')

    unlinkSync(volume.file('switch.request'))
    volume.supervise()
    await isUp()
    expect(volume.live()).toBe('c2')
  })
})
