/** The only place that starts processes. */
import { execa } from 'execa'
import { childEnv } from './env'

/** A command is data: arguments, and how its output is read. */
export type Command<T> = { args: string[]; parse(stdout: string, stderr: string): T }

export type Exit = {
  /** Null when a signal ended it or it could not be started */
  exitCode: number | null
  signal: string | null
  /** Why it could not be started, such as ENOENT */
  spawnError: string | null
  cancelled: boolean
  stdout: string
  stderr: string
}

export type RunOptions = {
  /** Each line as it comes, from both streams */
  onLine?: (line: string) => void
  /** Ends the process group with SIGTERM, after ten seconds with SIGKILL */
  signal?: AbortSignal
  env?: Record<string, string>
  /** What it reads; without, nothing */
  input?: string
}

/**
 * Dies with the worker (pdeathsig), takes the whole process group along, and passes the exit code on. Without it a killed
 * worker's backup goes on for up to a minute: pgBackRest's own processes notice late. `wait` is repeated as the trap
 * interrupts it. What is started with `&` gets no input, unless it is handed over.
 */
const GUARDIAN = `trap "trap '' TERM; kill -TERM 0" TERM
exec 3<&0
"$@" <&3 3<&- & p=$!
wait $p; r=$?
while kill -0 $p 2>/dev/null; do wait $p; r=$?; done
exit $r`

const KILL_AFTER_MS = 10_000
const KEPT_CHARACTERS = 8_000_000

/** Runs a program to its end. Never throws for what the program does: read `Exit`. */
export async function run(program: string, args: string[], { onLine, signal, env, input }: RunOptions = {}): Promise<Exit> {
  const child = execa('setpriv', ['--pdeathsig', 'TERM', '--', 'sh', '-c', GUARDIAN, 'guardian', program, ...args], {
    detached: true,
    cleanup: false,
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    extendEnv: false,
    env: { ...childEnv(), ...env },
    all: Boolean(onLine),
    maxBuffer: KEPT_CHARACTERS,
    buffer: !onLine,
  })
  const stop = () => {
    child.kill('SIGTERM')
    setTimeout(() => killGroup(child.pid), KILL_AFTER_MS).unref()
  }
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  if (onLine) for await (const line of child.iterable({ from: 'all' })) onLine(line)
  const result = await child
  signal?.removeEventListener('abort', stop)
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    spawnError: spawnErrorOf(result),
    cancelled: signal?.aborted ?? false,
    stdout: onLine ? '' : String(result.stdout ?? ''),
    stderr: onLine ? '' : String(result.stderr ?? ''),
  }
}

export type Served = {
  /** Settles when it has ended, whoever ended it */
  ended: Promise<Exit>
  kill(signal: NodeJS.Signals): void
}

type ServeOptions = Pick<RunOptions, 'onLine' | 'env'> & {
  /** What it gets when the worker dies */
  dieWith: NodeJS.Signals
}

/** Starts a server, which runs until it is told to stop, and dies with the worker. */
export function serve(program: string, args: string[], { onLine, env, dieWith }: ServeOptions): Served {
  const child = execa('setpriv', ['--pdeathsig', dieWith.replace('SIG', ''), '--', program, ...args], {
    detached: true, cleanup: false, reject: false, stdin: 'ignore', extendEnv: false, env: { ...childEnv(), ...env }, all: true, buffer: false,
  })
  const read = async () => {
    for await (const line of child.iterable({ from: 'all' })) onLine?.(line)
  }
  const ended = Promise.all([child, read()]).then(([result]): Exit => ({
    exitCode: result.exitCode ?? null, signal: result.signal ?? null, spawnError: spawnErrorOf(result), cancelled: false, stdout: '', stderr: '',
  }))
  return { ended, kill: (signal) => void child.kill(signal) }
}

/** The shell of the guardian says 127 or 126 when the program is not there or may not be run. */
function spawnErrorOf({ exitCode, code }: { exitCode?: number; code?: string }): string | null {
  if (exitCode === 127) return 'ENOENT'
  if (exitCode === 126) return 'EACCES'
  return exitCode === undefined && code ? code : null
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!isGone(error)) throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH'
}
