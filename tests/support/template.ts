/** Clusters as small and quick as PostgreSQL makes them, for a supervisor that exchanges them. */
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { toLines } from '@/worker/volume/answers'
import { type ControlData, parseControlData } from '@/worker/volume/control-data'
import { type SwitchRequest, readSwitchResult } from '@/worker/volume/switch'
import { asServer, binaries, giveToServer, runAsServer } from './postgres'
import { ended, environment, makeVolume } from './volume'

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

export type TestVolume = ReturnType<typeof openVolume>

/** A volume with copies of the template's clusters; the first one named is the shop. */
export function openVolume(template: Template, ids: string[] = ['c0', 'c1']) {
  const made = makeVolume()
  const { clusters, cluster } = made
  const sockets = path.join(made.root, 'run')
  mkdirSync(sockets)
  for (const id of ids) {
    execFileSync('cp', ['-a', path.join(template.directory, id), clusters])
    appendSettings(cluster(id), { unix_socket_directories: sockets })
  }
  symlinkSync(`clusters/${ids[0]}`, made.data)
  giveToServer(made.root)
  return {
    ...made, sockets,
    controlData: (id: string) => controlDataOf(cluster(id)),
    /** Asks for a switch to a cluster as it is, or as `values` has it. */
    request(values: Pick<SwitchRequest, 'job' | 'from' | 'to'> & Partial<SwitchRequest>): void {
      const { systemId, checkpoint } = controlDataOf(cluster(values.to))
      made.write('switch.request', toLines({ systemid: systemId, checkpoint, ...values }))
    },
    readResult: async (job: string) => (existsSync(made.file('switch.request')) ? null : readSwitchResult(made.volume, job)),
    connect: () => connect(sockets),
    async ask(sql: string): Promise<string> {
      const client = await connect(sockets)
      try {
        return String(Object.values((await client.query(sql)).rows[0] ?? {})[0])
      } finally {
        await client.end()
      }
    },
  }
}

function controlDataOf(cluster: string): ControlData {
  const program = path.join(binaries(), 'pg_controldata')
  return parseControlData(execFileSync(program, [cluster], { encoding: 'utf8', env: environment({ LC_ALL: 'C' }) }))
}

function appendSettings(cluster: string, settings: Settings): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`)
  appendFileSync(path.join(cluster, 'postgresql.conf'), lines.join(''))
}

export async function connect(sockets: string): Promise<Client> {
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
