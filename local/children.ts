/** The long-running programs: each in a process group of its own, so that Ctrl-C reaches only us and we stop them in order. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs'
import type { Owner } from './owner'
import { say } from './steps'

const PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
const STEADY_MS = 10_000
const LOG_BYTES = 20_000_000

export type Program = {
  name: string
  command: string[]
  env: Record<string, string>
  log: string
  cwd: string
  /** How it is asked to stop, and when this process is killed outright */
  stopSignal: 'SIGTERM' | 'SIGINT'
  /** After so long it is killed; a cluster never is */
  killAfterMs: number | null
}

export type Child = {
  name: string
  log: string
  /** Since the program ended for the first time it may be about to be started again */
  hasEnded(): boolean
  stop(): Promise<void>
}

/** Starts a program, and starts it again whenever it ends by itself. */
export function startChild(program: Program, owner: Owner): Child {
  const stopping = new AbortController()
  let current: ChildProcess | undefined
  let ended = false

  async function keepRunning(): Promise<void> {
    for (let pause = PAUSE_MS; !stopping.signal.aborted; ) {
      const since = Date.now()
      current = launch(program, owner)
      const how = await untilEnd(current)
      ended = true
      if (stopping.signal.aborted) return
      if (Date.now() - since > STEADY_MS) pause = PAUSE_MS
      say(`  ${program.name} ended (${how}) and is started again. Its log: ${program.log}`)
      await unless(stopping.signal, pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
  }

  const running = keepRunning()
  return {
    name: program.name,
    log: program.log,
    hasEnded: () => ended,
    async stop() {
      stopping.abort()
      current?.kill(program.stopSignal)
      const killer = program.killAfterMs === null ? undefined : setTimeout(() => current?.kill('SIGKILL'), program.killAfterMs)
      await running
      clearTimeout(killer)
    },
  }
}

function launch({ command, env, log, cwd, stopSignal }: Program, owner: Owner): ChildProcess {
  if (existsSync(log) && statSync(log).size > LOG_BYTES) renameSync(log, `${log}.1`)
  const output = openSync(log, 'a')
  const [program = '', ...args] = owner.command(command, stopSignal)
  const child = spawn(program, args, { cwd, env: env as NodeJS.ProcessEnv, detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  return child
}

function untilEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
}

function unless(signal: AbortSignal, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
