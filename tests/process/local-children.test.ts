import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Program, startChild } from '@/local/children'
import { findOwner, makeDirectory } from '@/local/owner'

const TIMEOUT = { timeout: 15_000, interval: 20 }
const owner = findOwner()
let directory: string

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'salespider-children-'))
  makeDirectory(directory, owner)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(directory, { recursive: true, force: true })
})

const program = (script: string, options: Partial<Program> = {}): Program => ({
  name: 'Thing',
  command: ['bash', '-c', script],
  env: { PATH: process.env.PATH ?? '' },
  log: path.join(directory, 'log'),
  cwd: directory,
  stopSignal: 'SIGTERM',
  killAfterMs: null,
  ...options,
})
const logged = () => readFileSync(path.join(directory, 'log'), 'utf8')
const pidsLogged = () => [...logged().matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid))
const printed = () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  return () => write.mock.calls.map(([text]) => String(text)).join('')
}

test('a program that ends is started again, which is said', async () => {
  const screen = printed()
  const child = startChild(program('echo "pid $$"; exec sleep 60'), owner)
  await vi.waitFor(() => expect(pidsLogged()).toHaveLength(1), TIMEOUT)
  process.kill(pidsLogged()[0] ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(pidsLogged()).toHaveLength(2), TIMEOUT)
  expect(screen()).toContain('Thing ended (SIGKILL) and is started again')
  expect(child.hasEnded()).toBe(true)
  await child.stop()
  expect(existsSync(`/proc/${pidsLogged()[1]}`)).toBe(false)
})

test('stopping asks with its signal, waits, and starts nothing again', async () => {
  const screen = printed()
  const script = 'trap "sleep 0.3; echo bye; exit" INT; echo ready; while :; do sleep 0.05; done'
  const child = startChild(program(script, { stopSignal: 'SIGINT' }), owner)
  await vi.waitFor(() => expect(logged()).toContain('ready'), TIMEOUT)
  await child.stop()
  expect(logged()).toBe('ready\nbye\n')
  expect(screen()).toBe('')
})

test('one that does not stop in time is killed', async () => {
  const child = startChild(program('trap "" TERM; echo "pid $$"; while :; do sleep 0.05; done', { killAfterMs: 200 }), owner)
  await vi.waitFor(() => expect(pidsLogged()).toHaveLength(1), TIMEOUT)
  await child.stop()
  expect(existsSync(`/proc/${pidsLogged()[0]}`)).toBe(false)
})

test('stopping does not wait for the pause before the next start', async () => {
  printed()
  const child = startChild(program('exit 3'), owner)
  await vi.waitFor(() => expect(child.hasEnded()).toBe(true), TIMEOUT)
  const began = performance.now()
  await child.stop()
  expect(performance.now() - began).toBeLessThan(900)
})

test('a program gets its own environment, and nothing of ours', async () => {
  const child = startChild(program('env; echo ready; sleep 60', { env: { PATH: process.env.PATH ?? '', ONLY: 'this' } }), owner)
  await vi.waitFor(() => expect(logged()).toContain('ready'), TIMEOUT)
  await child.stop()
  expect(logged().split('\n').map((line) => line.split('=')[0])).toEqual(expect.arrayContaining(['ONLY', 'PATH']))
  expect(logged()).not.toMatch(/^(HOME|VITEST|NODE_ENV)=/m)
})

test('when we are killed outright, what we started is told to stop', async () => {
  const starter = path.join(directory, 'starter.ts')
  const thing = program('trap "echo told; exit" TERM; echo ready; while :; do sleep 0.05; done')
  const local = path.resolve('local')
  writeFileSync(starter, `
    import { startChild } from ${JSON.stringify(path.join(local, 'children.ts'))}
    import { findOwner } from ${JSON.stringify(path.join(local, 'owner.ts'))}
    startChild(${JSON.stringify(thing)}, findOwner())
  `)
  const parent = spawn(process.execPath, ['--import', 'tsx', starter], { stdio: 'inherit' })
  await vi.waitFor(() => expect(logged()).toContain('ready'), TIMEOUT)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await vi.waitFor(() => expect(logged()).toContain('told'), TIMEOUT)
})

test.runIf(process.getuid?.() === 0)('root hands over to postgres', async () => {
  const child = startChild(program('id -un; echo ready; sleep 60'), owner)
  await vi.waitFor(() => expect(logged()).toContain('ready'), TIMEOUT)
  await child.stop()
  expect(logged()).toMatch(/^postgres$/m)
  expect(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }).trim()).toBe(String(owner.uid))
})
