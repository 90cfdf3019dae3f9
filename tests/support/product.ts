/** The whole product, started as its users start it: `make start`, on ports and a state directory of its own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { type Db, openDb } from '@/lib/db'
import { asServer, freePort } from './postgres'

export type Product = {
  url: string
  email: string
  password: string
  dataDir: string
  env: Record<string, string>
  db: Db
  pgbackrest(...args: string[]): Promise<string>
  stop(): Promise<void>
}

const START_MS = 540_000

export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'salespider-start-'))
  const [dashboard, shop, control] = [await freePort(), await freePort(), await freePort()]
  // What this test runner set for itself is not for the product.
  const { NODE_ENV: _mode, VITEST: _runner, ...inherited } = process.env
  const child = spawn('make', ['start'], {
    env: {
      ...inherited, DATA_DIR: dataDir, DASHBOARD_PORT: String(dashboard), POSTGRES_PORT: String(shop), CONTROL_PORT: String(control),
      // Due once a year: a schedule there is, and it stays out of the way.
      BACKUP_SCHEDULE_FULL: '0 0 1 1 *', BACKUP_SCHEDULE_DIFF: 'off', DEMO_TRAFFIC: '1', ...settings,
    } as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilWelcome(child)
  const env = parseEnv(readFileSync(path.join(dataDir, 'env'), 'utf8')) as Record<string, string>
  const db = openDb(env.BACKUP_DATABASE_URL ?? '', 2)
  return {
    url: env.DASHBOARD_URL ?? '', email: env.SUPER_ADMIN_EMAIL ?? '', password: env.SUPER_ADMIN_PASSWORD ?? '', dataDir, env, db,
    async pgbackrest(...args) {
      const command = [...asServer(), '--', 'pgbackrest', `--config=${env.PGBACKREST_CONFIG}`, `--stanza=${env.PGBACKREST_STANZA}`, ...args]
      return (await promisify(execFile)('setpriv', command, { cwd: '/' })).stdout
    },
    async stop() {
      await db.$disconnect()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      interrupt(child)
      await ended
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function untilWelcome(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const end = (settle: () => void) => {
      clearTimeout(timer)
      child.off('exit', onExit)
      settle()
    }
    const onExit = (code: number | null) => end(() => reject(new Error(`make start ended with ${code}:\n${output}`)))
    const timer = setTimeout(() => {
      end(() => reject(new Error(`make start took too long:\n${output}`)))
      interrupt(child)
    }, START_MS)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Ctrl-C stops all of it')) end(resolve)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', onExit)
  })
}

/** Ctrl-C: the whole group gets it. */
function interrupt(child: ChildProcess): void {
  if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGINT')
}
