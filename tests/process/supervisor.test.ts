import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync, copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { configureCluster, ensureShopCluster } from '@/local/clusters'
import { postgresqlConf } from '@/local/config'
import { findOwner, makeDirectory, writeOwnedFile } from '@/local/owner'
import { pathsIn } from '@/local/paths'
import { newestPostgres } from '@/local/programs'

const PORT = 5432
const TIMEOUT = { timeout: 30_000, interval: 50 }
const owner = findOwner()

/** A data volume with a cluster in it, on a socket of its own. */
async function makeVolume(root: string) {
  const paths = pathsIn(root)
  for (const directory of [root, paths.volume, paths.run, paths.log]) makeDirectory(directory, owner)
  await ensureShopCluster(paths, owner, path.join(paths.log, 'initdb.log'))
  const settings = { listen_addresses: '', port: PORT, unix_socket_directories: paths.run, fsync: 'off' }
  configureCluster(paths.data, postgresqlConf(settings), owner)
  writeOwnedFile(path.join(paths.data, 'pg_hba.conf'), 'local all all trust\n', owner)
  return paths
}

describe('supervisor', () => {
  let paths: Awaited<ReturnType<typeof makeVolume>>
  let script: string
  const started: ChildProcess[] = []

  beforeEach(async () => {
    const root = mkdtempSync(path.join(tmpdir(), 'salespider-supervisor-'))
    paths = await makeVolume(root)
    script = path.join(root, 'supervisor')
    copyFileSync('docker/supervisor', script)
  })

  afterEach(() => {
    for (const { pid } of started.splice(0)) if (pid && existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL')
    const pid = postmaster()
    if (pid && isPostmaster(pid)) process.kill(pid, 'SIGQUIT')
    rmSync(paths.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  function supervise(command = owner.command(['bash', script, paths.volume], 'SIGTERM')) {
    const [program = '', ...args] = command
    const env = { ...process.env, PG_BIN: newestPostgres(), LOG: path.join(paths.log, 'postgresql.log') }
    const child = spawn(program, args, { cwd: '/', env, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
    started.push(child)
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return { child, said: () => text }
  }

  const postmaster = () => {
    const lock = path.join(paths.data, 'postmaster.pid')
    return existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : null
  }
  const isPostmaster = (pid: number) =>
    existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(paths.data)

  async function connect(): Promise<Client> {
    const client = new Client({ host: paths.run, port: PORT, user: 'postgres', database: 'postgres' })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  async function ask(sql: string): Promise<string> {
    const client = await connect()
    try {
      return String(Object.values((await client.query(sql)).rows[0] ?? {})[0])
    } finally {
      await client.end()
    }
  }

  const isUp = () => vi.waitFor(() => ask('SELECT 1'), TIMEOUT)
  const clusterState = () => {
    const controlData = execFileSync(path.join(newestPostgres(), 'pg_controldata'), [paths.data], { encoding: 'utf8' })
    return /cluster state: +(.+)/.exec(controlData)?.[1]
  }

  async function stopped(child: ChildProcess): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode
  }

  test('starts a postmaster again that was killed, with every committed row', async () => {
    const { child, said } = supervise()
    await isUp()
    await ask('CREATE TABLE sale AS SELECT 7 AS id')
    const first = postmaster()
    process.kill(first ?? 0, 'SIGKILL')
    await vi.waitFor(async () => expect(await ask('SELECT id FROM sale')).toBe('7'), TIMEOUT)
    expect(postmaster()).not.toBe(first)
    expect(said()).toContain('was ended by SIGKILL and is started again')
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
  })

  test('stops the cluster cleanly at SIGTERM, whoever is connected', async () => {
    const { child } = supervise()
    await isUp()
    const session = await connect()
    await session.query('BEGIN; CREATE TABLE unfinished (id int)')
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
    expect(clusterState()).toBe('shut down')
    expect(postmaster()).toBeNull()
  })

  test('stops when it is told to before the cluster is up', async () => {
    const { child, said } = supervise()
    await vi.waitFor(() => expect(postmaster()).not.toBeNull(), TIMEOUT)
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
    expect(clusterState()).toBe('shut down')
    expect(said()).not.toContain('started again')
  })

  test('reads the settings again at SIGHUP', async () => {
    const { child } = supervise()
    await isUp()
    appendFileSync(path.join(paths.data, 'conf.d/salespider.conf'), "work_mem = '5MB'\n")
    child.kill('SIGHUP')
    await vi.waitFor(async () => expect(await ask('SHOW work_mem')).toBe('5MB'), TIMEOUT)
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
  })

  test('takes over what a killed supervisor left running, without a restart', async () => {
    const { child: killed } = supervise()
    await isUp()
    const pid = postmaster()
    const session = await connect()
    killed.kill('SIGKILL')
    await stopped(killed)
    const { child, said } = supervise()
    await vi.waitFor(() => expect(said()).toContain(`took over the running PostgreSQL, process ${pid}`), TIMEOUT)
    expect((await session.query('SELECT 1')).rowCount).toBe(1)
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
    expect(clusterState()).toBe('shut down')
  })

  test('does not mistake another process for the postmaster after a crash', async () => {
    const { child: killed } = supervise()
    await isUp()
    killed.kill('SIGKILL')
    await stopped(killed)
    const pid = postmaster() ?? 0
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), TIMEOUT)
    const [program = '', ...args] = owner.command(['sleep', '60'], 'SIGKILL')
    const other = spawn(program, args, { cwd: '/' })
    started.push(other)
    const lock = path.join(paths.data, 'postmaster.pid')
    writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(other.pid)))
    const { child, said } = supervise()
    await vi.waitFor(() => expect(said()).toContain('ended with code 1 and is started again'), TIMEOUT)
    expect(said()).not.toContain('took over')
    other.kill('SIGKILL')
    await isUp()
    child.kill('SIGTERM')
    expect(await stopped(child)).toBe(0)
  })

  test('makes no cluster where the link is missing', async () => {
    unlinkSync(paths.data)
    const before = readdirSync(paths.volume)
    const { child, said } = supervise()
    expect(await stopped(child)).toBe(1)
    expect(said()).toContain(`${paths.data} is not a link to a cluster. Nothing was started`)
    expect(readdirSync(paths.volume)).toEqual(before)
  })

  test('makes no cluster where the link leads nowhere', async () => {
    unlinkSync(paths.data)
    symlinkSync('clusters/gone', paths.data)
    const { child, said } = supervise()
    expect(await stopped(child)).toBe(1)
    expect(said()).toContain('leads to clusters/gone, where there is no cluster')
    expect(readdirSync(paths.clusters)).not.toContain('gone')
  })

  test.runIf(process.getuid?.() === 0)('does not run as root', async () => {
    const { child, said } = supervise(['bash', script, paths.volume])
    expect(await stopped(child)).toBe(1)
    expect(said()).toContain('PostgreSQL does not run as root')
    expect(postmaster()).toBeNull()
  })
})
