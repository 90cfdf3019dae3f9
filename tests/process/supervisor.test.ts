import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { isSupervised } from '@/worker/volume/switch'
import { asServer } from '../support/postgres'
import { type Template, type TestVolume, makeTemplate, openVolume } from '../support/template'

const TIMEOUT = { timeout: 30_000, interval: 50 }

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

test('starts a postmaster again that was killed, with every committed row', async () => {
  const { child, said, ended } = volume.supervise()
  await isUp()
  await volume.ask('INSERT INTO ledger VALUES (7) RETURNING n')
  const first = volume.postmaster()
  process.kill(first ?? 0, 'SIGKILL')
  await vi.waitFor(async () => expect(await volume.ask('SELECT n FROM ledger')).toBe('7'), TIMEOUT)
  expect(volume.postmaster()).not.toBe(first)
  expect(said()).toContain('was ended by SIGKILL and is started again')
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
})

test('stops the cluster cleanly at SIGTERM, whoever is connected', async () => {
  const { child, ended } = volume.supervise()
  await isUp()
  const session = await volume.connect()
  await session.query('BEGIN; CREATE TABLE unfinished (id int)')
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
  expect(volume.controlData('c0').state).toBe('shut down')
  expect(volume.postmaster()).toBeNull()
})

test('stops when it is told to before the cluster is up', async () => {
  const { child, said, ended } = volume.supervise()
  await vi.waitFor(() => expect(volume.postmaster()).not.toBeNull(), { ...TIMEOUT, interval: 5 })
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
  expect(volume.controlData('c0').state).toBe('shut down')
  expect(said()).not.toContain('started again')
})

test('reads the settings again at SIGHUP', async () => {
  const { child, ended } = volume.supervise()
  await isUp()
  appendFileSync(path.join(volume.data, 'postgresql.conf'), "work_mem = '5MB'\n")
  child.kill('SIGHUP')
  await vi.waitFor(async () => expect(await volume.ask('SHOW work_mem')).toBe('5MB'), TIMEOUT)
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
})

test('takes over what a killed supervisor left running, without a restart', async () => {
  const killed = volume.supervise()
  await isUp()
  const pid = volume.postmaster()
  const session = await volume.connect()
  killed.child.kill('SIGKILL')
  await killed.ended()
  const { child, said, ended } = volume.supervise()
  await vi.waitFor(() => expect(said()).toContain(`took over the running PostgreSQL, process ${pid}`), TIMEOUT)
  expect((await session.query('SELECT 1')).rowCount).toBe(1)
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
  expect(volume.controlData('c0').state).toBe('shut down')
})

test('does not mistake another process for the postmaster after a crash', async () => {
  const killed = volume.supervise()
  await isUp()
  killed.child.kill('SIGKILL')
  await killed.ended()
  const pid = volume.postmaster() ?? 0
  process.kill(pid, 'SIGKILL')
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), TIMEOUT)
  const other = spawn('setpriv', ['--pdeathsig', 'KILL', ...asServer(), '--', 'sleep', '60'], { cwd: '/' })
  const lock = path.join(volume.data, 'postmaster.pid')
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(other.pid)))
  const { said } = volume.supervise()
  await vi.waitFor(() => expect(said()).toContain('ended with code 1 and is started again'), TIMEOUT)
  expect(said()).not.toContain('took over')
  other.kill('SIGKILL')
  await isUp()
})

test('shows that it is there, and is alone', async () => {
  const { child, ended } = volume.supervise()
  await isUp()
  expect(await isSupervised(volume.volume)).toBe(true)
  const second = volume.supervise()
  expect(await second.ended()).toBe(1)
  expect(second.said()).toContain('another supervisor looks after')
  expect(await isSupervised(volume.volume)).toBe(true)
  child.kill('SIGTERM')
  expect(await ended()).toBe(0)
})

test('makes no cluster where the link is missing', async () => {
  unlinkSync(volume.data)
  const { said, ended } = volume.supervise()
  expect(await ended()).toBe(1)
  expect(said()).toContain(`${volume.data} is not a link to a cluster. Nothing was started, and no cluster is made`)
  expect(readdirSync(volume.volume).toSorted()).toEqual(['clusters', 'supervisor.alive'])
  expect(readdirSync(volume.clusters)).toEqual(['c0'])
})

test('makes no cluster where there is none at all', async () => {
  unlinkSync(volume.data)
  rmSync(volume.clusters, { recursive: true })
  const { said, ended } = volume.supervise()
  expect(await ended()).toBe(1)
  expect(said()).toContain('is not a link to a cluster. Nothing was started')
  expect(readdirSync(volume.volume)).toEqual(['supervisor.alive'])
})

test('makes no cluster where the link leads nowhere', async () => {
  unlinkSync(volume.data)
  symlinkSync('clusters/gone', volume.data)
  const { said, ended } = volume.supervise()
  expect(await ended()).toBe(1)
  expect(said()).toContain('leads to clusters/gone, where there is no cluster')
  expect(readdirSync(volume.clusters)).toEqual(['c0'])
})

test.runIf(process.getuid?.() === 0)('does not run as root', async () => {
  const { said, ended } = volume.supervise({ asRoot: true })
  expect(await ended()).toBe(1)
  expect(said()).toContain('PostgreSQL does not run as root')
  expect(volume.postmaster()).toBeNull()
})
