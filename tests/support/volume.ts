/** A data volume and who looks after it: docker/supervisor. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asServer, binaries, giveToServer } from './postgres'

/**
 * Where the supervisor dies, or gets another signal: before the `nth` command that matches `at`, in the function `within`. With
 * PostgreSQL or alone.
 */
export type Crash = { within: string; at: string; nth?: number; withPostgres: boolean; signal?: 'KILL' | 'TERM' }

export type Supervisor = { child: ChildProcess; said(): string; ended(): Promise<number | string | null> }

type SuperviseOptions = { env?: Record<string, string>; crash?: Crash; asRoot?: boolean }

type VolumeOptions = {
  /** A file system of its own, of so many megabytes: for root only */
  megabytes?: number
}

export type Volume = ReturnType<typeof makeVolume>

/** Without clusters: what is put into `clusters` is linked, and given to the server, by the caller. */
export function makeVolume({ megabytes }: VolumeOptions = {}) {
  const root = mkdtempSync(path.join(tmpdir(), 'salespider-volume-'))
  const at = (name: string) => path.join(root, name)
  const [volume, script, crashed, log] = [at('volume'), at('supervisor'), at('crashed'), at('postgresql.log')]
  const [data, clusters] = [path.join(volume, 'data'), path.join(volume, 'clusters')]
  mkdirSync(volume)
  if (megabytes) execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'salespider', volume])
  mkdirSync(clusters)
  copyFileSync('docker/supervisor', script)
  writeFileSync(at('crash.sh'), CRASH)
  giveToServer(root)
  const supervisors: ChildProcess[] = []

  function start(command: string[], env: Record<string, string>): Supervisor {
    const all = environment({ PATH: process.env.PATH ?? '', PG_BIN: binaries(), LOG: log, ...env })
    const [program = '', ...args] = command
    const child = spawn(program, args, { cwd: '/', env: all, stdio: ['ignore', 'ignore', 'pipe'] })
    supervisors.push(child)
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return { child, said: () => text, ended: () => ended(child) }
  }

  return {
    root, volume, data, clusters,
    cluster: (id: string) => path.join(clusters, id),
    file: (name: string) => path.join(volume, name),
    live: () => path.basename(readlinkSync(data)),
    log: () => readFileSync(log, 'utf8'),
    postmaster(): number | null {
      const lock = path.join(data, 'postmaster.pid')
      return existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : null
    },

    supervise({ env = {}, crash, asRoot = false }: SuperviseOptions = {}): Supervisor {
      rmSync(crashed, { force: true })
      const bash = ['bash', script, volume]
      const command = asRoot ? bash : ['setpriv', '--pdeathsig', 'TERM', ...asServer(), '--', ...bash]
      return start(command, { ...env, ...(crash && crashEnv(crash, at('crash.sh'), crashed)) })
    },
    hasCrashed: () => existsSync(crashed),

    /** A whole file at once, as the worker writes them. */
    write(name: string, text: string): void {
      const unfinished = path.join(volume, `${name}.new`)
      writeFileSync(unfinished, text)
      giveToServer(unfinished)
      renameSync(unfinished, path.join(volume, name))
    },
    discard(): void {
      for (const child of supervisors) child.kill('SIGKILL')
      endProcessesIn(volume)
      if (megabytes) execFileSync('umount', ['--lazy', volume])
      rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** As PostgreSQL ends at once, so that its shared memory goes with it; what does not listen is killed. */
function endProcessesIn(directory: string): void {
  signalAll(directory, 'SIGQUIT')
  const nobody = new Int32Array(new SharedArrayBuffer(4))
  for (let looks = 0; looks < 50 && processesIn(directory).length > 0; looks += 1) Atomics.wait(nobody, 0, 0, 20)
  signalAll(directory, 'SIGKILL')
}

function signalAll(directory: string, signal: NodeJS.Signals): void {
  for (const pid of processesIn(directory)) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      // Gone since it was listed.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Processes whose working directory is below, such as those of a cluster. */
export function processesIn(directory: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`).startsWith(directory)
    } catch {
      return false
    }
  })
}

const CRASH = `set -T
trap 'if [[ \${FUNCNAME[0]-} == "$CRASH_WITHIN" && $BASH_COMMAND == $CRASH_AT ]] && ((--CRASH_NTH == 0)); then
  : >"$CRASHED"
  if [ "$CRASH_WITH_POSTGRES" = yes ]; then
    { read -r CRASH_PID <"$data/postmaster.pid" && kill -KILL "$CRASH_PID" && wait "$CRASH_PID"; } 2>/dev/null
  fi
  kill -s "$CRASH_SIGNAL" $$
fi' DEBUG
`

function crashEnv(crash: Crash, script: string, mark: string): Record<string, string> {
  const { within, at, nth = 1, withPostgres, signal = 'KILL' } = crash
  return {
    BASH_ENV: script, CRASHED: mark, CRASH_WITHIN: within, CRASH_AT: at, CRASH_NTH: String(nth),
    CRASH_WITH_POSTGRES: withPostgres ? 'yes' : 'no', CRASH_SIGNAL: signal,
  }
}

/** Only this: Next.js' types ask for NODE_ENV as well. */
export const environment = (variables: Record<string, string>) => variables as unknown as NodeJS.ProcessEnv

export async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode ?? child.signalCode
}
