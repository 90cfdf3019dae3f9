import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let directory: string
let runner: ChildProcess | undefined

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'salespider-lock-'))
})
afterEach(() => {
  runner?.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

const lock = () => path.join(directory, 'start.lock')

function make(target: string): { code: number | null; output: string } {
  const env = { ...process.env, DATA_DIR: directory }
  const { status, stdout, stderr } = spawnSync('bash', [`local/${target}`], { encoding: 'utf8', env })
  return { code: status, output: stdout + stderr }
}

/** Holds the state directory as a running start does. */
async function holdState(): Promise<number> {
  const script = 'exec 9>>"$0"; flock -n 9; echo "$$" >"$0"; exec sleep 60'
  runner = spawn('bash', ['-c', script, lock()], { stdio: 'ignore' })
  await vi.waitFor(() => expect(Number(readFileSync(lock(), 'utf8'))).toBe(runner?.pid), { timeout: 10_000 })
  return runner.pid ?? 0
}

test('a second start on the same state says who runs, and changes nothing', async () => {
  const pid = await holdState()
  const { code, output } = make('start')
  expect(code).toBe(1)
  expect(output).toContain(`It runs already on ${directory} (process ${pid}).`)
  expect(readdirSync(directory)).toEqual(['start.lock'])
})

test('stop ends what runs, and waits for its end', async () => {
  await holdState()
  const { code, output } = make('stop')
  expect({ code, output }).toEqual({ code: 0, output: 'Stopped.\n' })
  await vi.waitFor(() => expect(runner?.signalCode).toBe('SIGTERM'))
})

test('stop with nothing to stop says so', () => {
  writeFileSync(lock(), '1\n')
  expect(make('stop')).toEqual({ code: 0, output: `Nothing runs on ${directory}.\n` })
})

test('a directory that holds something else is left alone', () => {
  writeFileSync(path.join(directory, 'diary'), 'mine')
  const { code, output } = make('start')
  expect(code).toBe(1)
  expect(output).toContain('holds something else')
  expect(readdirSync(directory)).toEqual(['diary'])
})
