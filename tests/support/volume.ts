/** A data volume as small and quick as PostgreSQL makes one, under docker/supervisor. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync,
  symlinkSync, writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { toLines } from '@/worker/volume/answers'
import { type ControlData, parseControlData } from '@/worker/volume/control-data'
import { type SwitchRequest, readSwitchResult } from '@/worker/volume/switch'
import { asServer, binaries, giveToServer, runAsServer } from './postgres'

const PORT = 5432
const SETTINGS = {
  port: PORT, listen_addresses: '', fsync: 'off', shared_buffers: '8MB', max_connections: 10, max_wal_senders: 0,
  wal_level: 'replica', max_wal_size: '4MB', min_wal_size: '2MB', autovacuum: 'off', timezone: 'UTC', log_timezone: 'UTC',
}
const PROMOTED = { restore_command: 'false', recovery_target_timeline: 'current', archive_mode: 'off' }

type Settings = Record<string, string | number>

/** Clusters of one system, shut down: `c0` with an empty ledger, and `c1`, a copy of it that was promoted to timeline 2. */
export type Template = { directory: string; discard(): void }

export async function makeTemplate(): Promise<Template> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-template-'))
  giveToServer(directory)
  const [c0, c1] = [path.join(directory, 'c0'), path.join(directory, 'c1')]
  runAsServer('initdb', ['-D', c0, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--wal-segsize=1', '--no-sync'])
  appendSettings(c0, { ...SETTINGS, cluster_name: 'c0' })
  await withCluster(c0, {}, async (client) => {
    await client.query('CREATE TABLE ledger (n int PRIMARY KEY); ALTER DATABASE template0 IS_TEMPLATE false')
    await client.query('DROP DATABASE template0')
  })
  execFileSync('cp', ['-a', c0, c1])
  appendSettings(c1, { cluster_name: 'c1' })
  await promote(c1)
  return { directory, discard: () => rmSync(directory, { recursive: true, force: true }) }
}

type Look<T> = (client: Client) => Promise<T>

/** Opens a new timeline, higher than any that `histories` or the cluster knows, and shuts down. Returns what `look` saw. */
export async function promote<T>(cluster: string, histories?: string, look?: Look<T>): Promise<T | undefined> {
  const files = histories ? readdirSync(path.join(histories, 'pg_wal')).filter((name) => name.endsWith('.history')) : []
  for (const name of files) copyFileSync(path.join(histories ?? '', 'pg_wal', name), path.join(cluster, 'pg_wal', name))
  writeFileSync(path.join(cluster, 'recovery.signal'), '')
  giveToServer(cluster)
  return withCluster(cluster, PROMOTED, async (client) => {
    while ((await client.query('SELECT pg_is_in_recovery() AS waits')).rows[0].waits) await sleep(20)
    return look?.(client)
  })
}

/** Starts a cluster on a socket of its own, and shuts it down again. */
export async function withCluster<T>(cluster: string, settings: Settings, work: Look<T>): Promise<T> {
  const sockets = mkdtempSync(path.join(tmpdir(), 'salespider-aside-'))
  giveToServer(sockets)
  const all = Object.entries({ ...settings, unix_socket_directories: sockets })
  const options = all.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = ['--pdeathsig', 'QUIT', ...asServer(), '--', path.join(binaries(), 'postgres'), '-D', cluster, ...options]
  const server = spawn('setpriv', command, { cwd: '/', stdio: 'ignore', detached: true })
  try {
    const client = await connectSoon(sockets)
    const seen = await work(client)
    await client.end()
    return seen
  } finally {
    server.kill('SIGINT')
    await ended(server)
    rmSync(sockets, { recursive: true, force: true })
  }
}

/**
 * Where the supervisor dies, or gets another signal: before the `nth` command that matches `at`, in the function `within`. With
 * PostgreSQL or alone.
 */
export type Crash = { within: string; at: string; nth?: number; withPostgres: boolean; signal?: 'KILL' | 'TERM' }

export type Supervisor = { child: ChildProcess; said(): string; ended(): Promise<number | string | null> }

type SuperviseOptions = { env?: Record<string, string>; crash?: Crash; asRoot?: boolean }

export type TestVolume = ReturnType<typeof openVolume>

/** A volume whose live cluster is the first one named. */
export function openVolume(template: Template, ids: string[] = ['c0', 'c1']) {
  const root = mkdtempSync(path.join(tmpdir(), 'salespider-volume-'))
  const at = (name: string) => path.join(root, name)
  const [volume, sockets, script, crashed] = [at('volume'), at('run'), at('supervisor'), at('crashed')]
  const [data, clusters] = [path.join(volume, 'data'), path.join(volume, 'clusters')]
  for (const directory of [volume, sockets, clusters]) mkdirSync(directory)
  for (const id of ids) {
    execFileSync('cp', ['-a', path.join(template.directory, id), clusters])
    appendSettings(path.join(clusters, id), { unix_socket_directories: sockets })
  }
  symlinkSync(`clusters/${ids[0]}`, data)
  copyFileSync('docker/supervisor', script)
  writeFileSync(at('crash.sh'), CRASH)
  giveToServer(root)
  const supervisors: ChildProcess[] = []
  const cluster = (id: string) => path.join(clusters, id)

  function start(command: string[], env: Record<string, string>): Supervisor {
    const all = environment({ PATH: process.env.PATH ?? '', PG_BIN: binaries(), LOG: at('postgresql.log'), ...env })
    const [program = '', ...args] = command
    const child = spawn(program, args, { cwd: '/', env: all, stdio: ['ignore', 'ignore', 'pipe'] })
    supervisors.push(child)
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return { child, said: () => text, ended: () => ended(child) }
  }

  const postmaster = () => {
    const lock = path.join(data, 'postmaster.pid')
    return existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : null
  }

  return {
    root, volume, data, clusters, sockets, cluster, postmaster,
    live: () => path.basename(readlinkSync(data)),
    file: (name: string) => path.join(volume, name),
    log: () => readFileSync(at('postgresql.log'), 'utf8'),

    supervise({ env = {}, crash, asRoot = false }: SuperviseOptions = {}): Supervisor {
      rmSync(crashed, { force: true })
      const bash = ['bash', script, volume]
      const command = asRoot ? bash : ['setpriv', '--pdeathsig', 'TERM', ...asServer(), '--', ...bash]
      return start(command, { ...env, ...(crash && crashEnv(crash, at('crash.sh'), crashed)) })
    },
    hasCrashed: () => existsSync(crashed),

    controlData: (id: string) => controlDataOf(cluster(id)),
    /** A whole file at once, as the worker writes them. */
    write(name: string, text: string): void {
      const unfinished = path.join(volume, `${name}.new`)
      writeFileSync(unfinished, text)
      giveToServer(unfinished)
      renameSync(unfinished, path.join(volume, name))
    },
    /** Asks for a switch to a cluster as it is, or as `values` has it. */
    request(values: Pick<SwitchRequest, 'job' | 'from' | 'to'> & Partial<SwitchRequest>): void {
      const { systemId, checkpoint } = controlDataOf(cluster(values.to))
      this.write('switch.request', toLines({ systemid: systemId, checkpoint, ...values }))
    },
    readResult: async (job: string) => (existsSync(path.join(volume, 'switch.request')) ? null : readSwitchResult(volume, job)),

    connect: () => connect(sockets),
    async ask(sql: string): Promise<string> {
      const client = await connect(sockets)
      try {
        return String(Object.values((await client.query(sql)).rows[0] ?? {})[0])
      } finally {
        await client.end()
      }
    },
    discard(): void {
      for (const child of supervisors) child.kill('SIGKILL')
      for (const pid of processesIn(volume)) process.kill(pid, 'SIGKILL')
      rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
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

export type Ledger = ReturnType<typeof keepLedger>

/** Sales that go on all the while: who acknowledged which number. A number whose answer was lost is not used again. */
export function keepLedger(sockets: string) {
  const acknowledged: { n: number; by: string }[] = []
  let isClosed = false
  const selling = (async () => {
    let client: Client | null = null
    for (let n = 1; !isClosed; n += 1) {
      try {
        client ??= await connect(sockets)
        const { rows } = await client.query(`INSERT INTO ledger VALUES ($1) RETURNING current_setting('cluster_name') AS by`, [n])
        acknowledged.push({ n, by: rows[0].by })
        await sleep(10)
      } catch {
        await client?.end().catch(() => undefined)
        client = null
        await sleep(10)
      }
    }
    await client?.end()
  })()
  return {
    acknowledged,
    by: (id: string) => acknowledged.filter(({ by }) => by === id).map(({ n }) => n),
    close: () => ((isClosed = true), selling),
  }
}

export const readLedger = async (client: Client): Promise<number[]> =>
  (await client.query<{ n: number }>('SELECT n FROM ledger ORDER BY n')).rows.map(({ n }) => n)

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
const environment = (variables: Record<string, string>) => variables as unknown as NodeJS.ProcessEnv

function controlDataOf(cluster: string): ControlData {
  const program = path.join(binaries(), 'pg_controldata')
  return parseControlData(execFileSync(program, [cluster], { encoding: 'utf8', env: environment({ LC_ALL: 'C' }) }))
}

function appendSettings(cluster: string, settings: Settings): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
  appendFileSync(path.join(cluster, 'postgresql.conf'), lines.join(''))
}

async function connect(sockets: string): Promise<Client> {
  const client = new Client({ host: sockets, port: PORT, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function connectSoon(sockets: string): Promise<Client> {
  for (const deadline = Date.now() + 20_000; ; await sleep(20)) {
    try {
      return await connect(sockets)
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
  }
}

async function ended(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode ?? child.signalCode
}
