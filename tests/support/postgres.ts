import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { appendFile, open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'

export type TestPostgres = {
  /** of the database `postgres`, as its superuser; another database is another last segment */
  url: string
  socketDir: string
  port: number
  dataDir: string
  /** Stops the server, whoever started the one running now, and removes its directory. */
  stop(): Promise<void>
}

/**
 * A throw-away cluster on a free loopback port, in C.UTF-8, with trust for local connections. `settings` go to its
 * postgresql.conf. It dies with this process, however that ends.
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<TestPostgres> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-pg-'))
  const dataDir = path.join(directory, 'data')
  const stop = discardAtExit(() => discardCluster(directory, dataDir))
  try {
    if (isRoot) chownSync(directory, serverUid(), serverGid())
    runAsServer('initdb', ['-D', dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
    const port = await startServer(directory, dataDir, settings)
    return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, socketDir: directory, port, dataDir, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Another process may take the free port before the server does: then the next one. */
async function startServer(directory: string, dataDir: string, settings: Record<string, string>): Promise<number> {
  await appendFile(path.join(dataDir, 'postgresql.conf'), configuration(directory, settings))
  const log = path.join(directory, 'postgresql.log')
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    if (await becomesReady(await launch(dataDir, port, log), directory, port)) return port
    if (attempt === 3) throw new Error(`the test cluster did not start:\n${await readFile(log, 'utf8')}`)
  }
}

export function configuration(directory: string, settings: Record<string, string>): string {
  const all = {
    unix_socket_directories: directory,
    fsync: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    shared_buffers: '64MB',
    max_connections: '50',
    ...settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
  return `\n${lines.join('\n')}\n`
}

/** The server's own process is our child, so that the kernel stops it when this process is killed outright. */
async function launch(dataDir: string, port: number, log: string): Promise<ChildProcess> {
  const output = await open(log, 'a')
  const server = [path.join(binaries(), 'postgres'), '-D', dataDir, '-p', String(port)]
  const child = spawn('setpriv', ['--pdeathsig', 'QUIT', ...asServer(), '--', ...server], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  child.unref()
  await output.close()
  return child
}

/** Asks on the socket: on the port another server might answer. */
async function becomesReady(child: ChildProcess, socketDir: string, port: number): Promise<boolean> {
  const deadline = Date.now() + 30_000
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await answers({ host: socketDir, port })) return true
    await sleep(50)
  }
  return false
}

export async function answers(config: ClientConfig): Promise<boolean> {
  const client = new Client({ user: 'postgres', database: 'postgres', ...config, connectionTimeoutMillis: 1_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Does it now, when asked, or at the latest when this process ends. */
export function discardAtExit(discard: () => void): () => Promise<void> {
  const onSignal = (signal: NodeJS.Signals) => {
    void stop()
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const stop = async () => {
    process.off('exit', discard).off('SIGINT', onSignal).off('SIGTERM', onSignal)
    discard()
  }
  process.once('exit', discard).once('SIGINT', onSignal).once('SIGTERM', onSignal)
  return stop
}

/** Synchronous, as it also runs when the process exits. */
function discardCluster(directory: string, dataDir: string): void {
  if (existsSync(path.join(dataDir, 'postmaster.pid'))) {
    try {
      runAsServer('pg_ctl', ['-D', dataDir, '-m', 'immediate', '-w', 'stop'])
    } catch (error) {
      if (existsSync(path.join(dataDir, 'postmaster.pid'))) throw error
    }
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
}

const isRoot = process.getuid?.() === 0

export function runAsServer(binary: string, args: string[]): void {
  execFileSync('setpriv', [...asServer(), '--', path.join(binaries(), binary), ...args], { cwd: '/', stdio: 'pipe' })
}

/** PostgreSQL refuses to run as root. */
export function asServer(): string[] {
  return isRoot ? ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : ['--no-new-privs']
}

/** Hands a directory and what is in it to the server's user; our own needs no handing. */
export function giveToServer(directory: string): void {
  if (isRoot) execFileSync('chown', ['-R', 'postgres:postgres', directory])
}

const serverUid = () => Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
const serverGid = () => Number(execFileSync('id', ['-g', 'postgres'], { encoding: 'utf8' }))

export function binaries(): string {
  const root = '/usr/lib/postgresql'
  const newest = readdirSync(root).map(Number).filter(Number.isInteger).sort((a, b) => b - a)[0]
  return path.join(root, String(newest), 'bin')
}

/** On the loopback; somebody else may take it before it is used. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}
