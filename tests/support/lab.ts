/** A whole product without its dashboard: a shop's cluster that archives, a repository, a control database, workers. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { getJob, type JobView } from '@/lib/jobs/data'
import { isActive } from '@/lib/jobs/rules'
import type { EnqueueInput } from '@/lib/jobs/schema'
import { type TestControl, startControl } from './control'
import { asServer, giveToServer, startPostgres, type TestPostgres } from './postgres'
import { type SupervisedShop, startSupervisedShop } from './shop'

export type Lab = {
  control: TestControl
  shop: TestPostgres & Partial<SupervisedShop>
  directory: string
  repository: string
  config: string
  env: Record<string, string>
  /** Runs pgbackrest by hand, as the shop's system user */
  pgbackrest(...args: string[]): Promise<{ code: number; output: string }>
  /** Runs any program so */
  asServer(...command: string[]): Promise<{ code: number; output: string }>
  sql(text: string): Promise<Record<string, unknown>[]>
  /** pgBackRest's global options as the lab was started with, and these */
  configure(options: Record<string, string>): void
  startWorker(env?: Record<string, string>): Promise<ChildProcess>
  enqueue(input?: Partial<EnqueueInput>): Promise<bigint>
  ended(id: bigint, seconds?: number): Promise<JobView>
  /** As `ended`, and tells why when it did not succeed */
  succeeded(id: bigint, seconds?: number): Promise<JobView>
  stop(): Promise<void>
}

export type LabOptions = {
  settings?: Record<string, string>
  config?: Record<string, string>
  stanza?: boolean
  /** The shop in a data volume, under the supervisor: what a restore needs */
  supervised?: boolean
  /** The volume in a file system of its own, of so many megabytes: for root only */
  megabytes?: number
}

const STANZA = 'salespider'

export async function startLab({ settings, config = {}, stanza = true, supervised = false, megabytes }: LabOptions = {}): Promise<Lab> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-lab-'))
  for (const name of ['repository', 'log', 'lock', 'spool', 'app']) mkdirSync(path.join(directory, name))
  const configFile = path.join(directory, 'pgbackrest.conf')
  const archiving = {
    wal_level: 'replica', archive_mode: 'on', archive_timeout: '60',
    archive_command: `pgbackrest --config=${configFile} --stanza=${STANZA} archive-push %p`, ...settings,
  }
  const shop = await (supervised ? startSupervisedShop(archiving, megabytes) : startPostgres(archiving))
  writeFileSync(configFile, configuration(directory, shop, config))
  giveToServer(directory)
  const control = await startControl(STANZA)
  const env = {
    PATH: process.env.PATH ?? '', BACKUP_DATABASE_URL: control.url, PGBACKREST_CONFIG: configFile, PGBACKREST_STANZA: STANZA,
    SHOP_ADMIN_URL: shop.url, BACKUP_SCHEDULE_FULL: 'off', BACKUP_SCHEDULE_DIFF: 'off', WORKER_NAME: 'lab',
  }
  const workers = new Set<ChildProcess>()

  const pgbackrest = (...args: string[]) => runAs('pgbackrest', `--config=${configFile}`, `--stanza=${STANZA}`, ...args)

  async function runAs(...command: string[]) {
    const done = await promisify(execFile)('setpriv', [...asServer(), '--', ...command], { cwd: '/' }).catch((error: unknown) => error)
    const { code = 0, stdout, stderr } = done as { code?: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  }

  const lab: Lab = {
    control, shop, directory, config: configFile, env, repository: path.join(directory, 'repository'), pgbackrest, asServer: runAs,
    async sql(text) {
      const client = new Client(shop.url)
      client.on('error', () => undefined)
      try {
        await client.connect()
        return (await client.query(text)).rows
      } finally {
        await client.end().catch(() => undefined)
      }
    },
    configure: (options) => writeFileSync(configFile, configuration(directory, shop, { ...config, ...options })),
    async startWorker(extra = {}) {
      const worker = await launchWorker(directory, { ...env, ...extra })
      workers.add(worker)
      return worker
    },
    async enqueue(input = {}) {
      const { job } = await control.enqueue({ request: { kind: 'backup', type: 'full', repo: 1 }, ...input })
      return job.id
    },
    ended: (id, seconds = 60) => until(`job ${id} ends`, seconds, async () => {
      const job = await getJob(control.db, id, new Date())
      return job && !isActive(job.status) ? job : null
    }),
    async succeeded(id, seconds) {
      const job = await lab.ended(id, seconds)
      if (job.status !== 'SUCCEEDED') throw new Error(`job ${id} ended as ${job.status}: ${JSON.stringify(job.failure)}`)
      return job
    },
    async stop() {
      for (const worker of workers) worker.kill('SIGKILL')
      await control.stop()
      await shop.stop()
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  if (stanza) await lab.pgbackrest('stanza-create')
  return lab
}

function configuration(directory: string, shop: TestPostgres, extra: Record<string, string>): string {
  const global = Object.entries({
    'repo1-path': `${directory}/repository`, 'log-path': `${directory}/log`, 'lock-path': `${directory}/lock`, 'spool-path': `${directory}/spool`,
    'start-fast': 'y', 'compress-type': 'zst', 'repo1-retention-full': '2', 'archive-timeout': '60', 'process-max': '2', ...extra,
  }).map(([name, value]) => `${name}=${value}`)
  const stanza = [`pg1-path=${shop.dataDir}`, `pg1-port=${shop.port}`, `pg1-socket-path=${shop.socketDir}`, 'pg1-user=postgres']
  return `[global]\n${global.join('\n')}\n\n[${STANZA}]\n${stanza.join('\n')}\n`
}

/** The worker as it is shipped: one bundle, run as the system user that owns the cluster. */
async function launchWorker(directory: string, env: Record<string, string>): Promise<ChildProcess> {
  const app = path.join(directory, 'app')
  for (const file of readdirSync('dist').filter((name) => /\.(js|wasm)$/.test(name))) copyFileSync(path.join('dist', file), path.join(app, file))
  giveToServer(app)
  const command = ['--pdeathsig', 'KILL', ...asServer(), '--', process.execPath, path.join(app, 'worker.js')]
  const child = spawn('setpriv', command, { cwd: '/', env: env as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'inherit'] })
  await until('the worker is ready', 30, async () => {
    if (child.exitCode !== null) throw new Error(`the worker ended with ${child.exitCode}`)
    const chunk: Buffer | null = child.stdout?.read() ?? null
    return chunk?.toString().includes('worker ready') ? true : null
  })
  child.stdout?.resume()
  return child
}

/** Asks until there is an answer; fails with what was waited for. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`)
    await sleep(50)
  }
}
