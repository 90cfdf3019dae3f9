/** PostgreSQL is stopped, and stays so, while a restore writes over its cluster. */
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fromLines, toLines } from '@/worker/volume/answers'
import { type Template, type TestVolume, makeTemplate, openVolume, withCluster } from '../support/template'
import { type Supervisor, processesIn } from '../support/volume'

const TIMEOUT = { timeout: 20_000, interval: 20 }

let template: Template
let volume: TestVolume
beforeAll(async () => {
  template = await makeTemplate()
})
afterAll(() => template.discard())
beforeEach(() => {
  volume = openVolume(template, ['c0'])
})
afterEach(() => volume.discard())

const isUp = () => vi.waitFor(() => volume.ask('SELECT 1'), TIMEOUT)
const hold = (job: string) => volume.write('hold.request', toLines({ job }))
const release = () => rmSync(volume.file('hold.request'))
const says = (supervisor: Supervisor, text: string) => vi.waitFor(() => expect(supervisor.said()).toContain(text), TIMEOUT)
const answer = (job: string) =>
  vi.waitFor(() => {
    const result = fromLines(readFileSync(volume.file('hold.result'), 'utf8'))
    expect(result.job).toBe(job)
    return result
  }, TIMEOUT)
const controlFile = () => path.join(volume.data, 'global/pg_control')

async function looksAround(): Promise<void> {
  for (let tick = 0; tick < 4; tick += 1) {
    const seen = statSync(volume.file('supervisor.alive')).mtimeMs
    await vi.waitFor(() => expect(statSync(volume.file('supervisor.alive')).mtimeMs).toBeGreaterThan(seen), TIMEOUT)
  }
}

/** The supervisor has looked around several times, and started nothing. */
async function staysDown(): Promise<void> {
  await looksAround()
  expect(processesIn(volume.volume)).toEqual([])
}

async function freezeBackend(): Promise<void> {
  const client = await volume.connect()
  process.kill((await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid, 'SIGSTOP')
}

test('stops PostgreSQL until the request is gone', async () => {
  const supervisor = volume.supervise()
  await isUp()
  hold('7')
  expect(await answer('7')).toMatchObject({ outcome: 'held', why: '' })
  expect(volume.postmaster()).toBeNull()
  expect(volume.controlData('c0').state).toBe('shut down')
  await staysDown()
  release()
  await isUp()
  expect(existsSync(volume.file('hold.result'))).toBe(false)
  supervisor.child.kill('SIGTERM')
  expect(await supervisor.ended()).toBe(0)
})

test('lasts over a restart, and over a cluster that is half restored', async () => {
  const first = volume.supervise()
  await isUp()
  hold('7')
  await answer('7')
  first.child.kill('SIGTERM')
  expect(await first.ended()).toBe(0)
  const aside = path.join(volume.root, 'pg_control')
  renameSync(controlFile(), aside)

  const supervisor = volume.supervise()
  await says(supervisor, 'c0 is held by job 7: nothing is started')
  await staysDown()
  release()
  await says(supervisor, 'c0 is not whole')
  await staysDown()
  hold('8')
  expect(await answer('8')).toMatchObject({ outcome: 'held' })
  renameSync(aside, controlFile())
  await staysDown()
  release()
  await isUp()
})

test('leaves alone what a restore runs in the cluster meanwhile', async () => {
  const first = volume.supervise()
  await isUp()
  hold('7')
  await answer('7')
  first.child.kill('SIGKILL')
  await first.ended()
  await withCluster(volume.data, {}, async (client) => {
    const supervisor = volume.supervise()
    await says(supervisor, 'c0 is held by job 7: nothing is started')
    await looksAround()
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
  await staysDown()
  release()
  await isUp()
})

test('finds what a killed supervisor left running', async () => {
  const killed = volume.supervise()
  await isUp()
  killed.child.kill('SIGKILL')
  await killed.ended()
  hold('7')
  const supervisor = volume.supervise()
  expect(await answer('7')).toMatchObject({ outcome: 'held' })
  expect(supervisor.said()).toContain('took over the running PostgreSQL')
  await staysDown()
})

test('clears away the lock file of a PostgreSQL that was killed', async () => {
  const killed = volume.supervise()
  await isUp()
  killed.child.kill('SIGKILL')
  await killed.ended()
  for (const pid of processesIn(volume.volume)) process.kill(pid, 'SIGKILL')
  expect(volume.postmaster()).not.toBeNull()
  hold('7')
  volume.supervise()
  expect(await answer('7')).toMatchObject({ outcome: 'held' })
  expect(volume.postmaster()).toBeNull()
})

test('waits for what a killed postmaster left: it could still write', async () => {
  const killed = volume.supervise()
  await isUp()
  await freezeBackend()
  killed.child.kill('SIGKILL')
  await killed.ended()
  process.kill(volume.postmaster() ?? 0, 'SIGKILL')
  hold('7')
  const supervisor = volume.supervise()
  await says(supervisor, 'job 7 waits until the processes of a killed PostgreSQL are gone')
  expect(existsSync(volume.file('hold.result'))).toBe(false)
  for (const pid of processesIn(volume.volume)) process.kill(pid, 'SIGCONT')
  expect(await answer('7')).toMatchObject({ outcome: 'held' })
})

test('is refused when PostgreSQL does not stop, and then the shop stays open', async () => {
  const env = { STOP_TIMEOUT: '1' }
  const first = volume.supervise({ env })
  await isUp()
  await freezeBackend()
  hold('7')
  const why = 'PostgreSQL did not stop within 1 s, and was started again'
  expect(await answer('7')).toMatchObject({ outcome: 'refused', why })
  await isUp()
  first.child.kill('SIGTERM')
  expect(await first.ended()).toBe(0)
  const second = volume.supervise({ env })
  await says(second, 'c0 is up')
  release()
  await vi.waitFor(() => expect(existsSync(volume.file('hold.result'))).toBe(false), TIMEOUT)
  await isUp()
})

test('refuses a switch meanwhile', async () => {
  volume.discard()
  volume = openVolume(template)
  volume.supervise()
  await isUp()
  hold('7')
  await answer('7')
  volume.request({ job: '8', from: 'c0', to: 'c1' })
  const result = await vi.waitFor(async () => (await volume.readResult('8')) ?? expect.fail('no answer'), TIMEOUT)
  expect(result).toEqual({ job: '8', outcome: 'refused', now: 'c0', why: 'PostgreSQL is held by job 7' })
  await staysDown()
})
