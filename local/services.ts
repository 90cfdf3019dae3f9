/** The programs that make up the running shop, each with an environment of its own and nothing of the caller's. */
import path from 'node:path'
import type { Program } from './children'
import type { ContractEnv, Secrets } from './env-file'
import type { Owner } from './owner'
import type { Paths } from './paths'
import { postgresOf } from './programs'
import type { Settings } from './settings'

const STOP_WORKER_MS = 30_000
const STOP_DASHBOARD_MS = 10_000

export type Installation = {
  settings: Settings
  paths: Paths
  owner: Owner
  secrets: Secrets
  env: ContractEnv
  socketDirectory: string
}

const baseEnv = (owner: Owner) => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: owner.home, USER: owner.name, TZ: 'UTC', LC_ALL: 'C.UTF-8',
})

type Service = (installation: Installation) => Program

/** The shop's cluster: only the supervisor starts it. */
export const shopCluster: Service = ({ paths, owner }) => ({
  name: 'Shop database',
  command: ['bash', path.join(paths.app, 'supervisor'), paths.volume],
  env: { ...baseEnv(owner), PG_BIN: postgresOf(paths.data), LOG: path.join(paths.log, 'postgresql.log') },
  log: path.join(paths.log, 'supervisor.log'),
  cwd: '/',
  stopSignal: 'SIGTERM',
  killAfterMs: null,
})

export const controlCluster: Service = ({ paths, owner }) => ({
  name: 'Control database',
  command: [path.join(postgresOf(paths.control), 'postgres'), '-D', paths.control],
  env: baseEnv(owner),
  log: path.join(paths.log, 'control.log'),
  cwd: '/',
  // Fast shutdown: SIGTERM would wait for every client.
  stopSignal: 'SIGINT',
  killAfterMs: null,
})

export const worker: Service = ({ settings, paths, owner, env }) => ({
  name: 'Worker',
  command: [process.execPath, path.join(paths.app, 'dist/worker.js')],
  env: {
    ...baseEnv(owner),
    NODE_ENV: 'production',
    ...settings.backup,
    ...pick(env, 'BACKUP_DATABASE_URL', 'SHOP_ADMIN_URL', 'PGBACKREST_CONFIG', 'PGBACKREST_STANZA'),
  },
  log: path.join(paths.log, 'worker.log'),
  cwd: paths.app,
  stopSignal: 'SIGTERM',
  killAfterMs: STOP_WORKER_MS,
})

export const dashboard: Service = ({ settings, paths, owner, secrets, env }) => ({
  name: 'Dashboard',
  command: [process.execPath, path.join(paths.app, 'dashboard/server.js')],
  env: {
    ...baseEnv(owner),
    NODE_ENV: 'production',
    HOSTNAME: '127.0.0.1',
    PORT: String(settings.DASHBOARD_PORT),
    NEXTAUTH_SECRET: secrets.session,
    NEXTAUTH_URL: env.DASHBOARD_URL,
    ...pick(env, 'DATABASE_URL', 'BACKUP_DATABASE_URL', 'PGBACKREST_STANZA', 'DASHBOARD_URL', 'SUPER_ADMIN_EMAIL', 'SUPER_ADMIN_PASSWORD'),
  },
  log: path.join(paths.log, 'dashboard.log'),
  cwd: path.join(paths.app, 'dashboard'),
  stopSignal: 'SIGTERM',
  killAfterMs: STOP_DASHBOARD_MS,
})

/** Sales that go on while the shop is open. */
export const demoTraffic: Service = ({ settings, paths, owner, env }) => ({
  name: 'Demo sales',
  command: [process.execPath, path.join(paths.app, 'dist/demo/traffic.js')],
  env: { ...baseEnv(owner), ...pick(env, 'DATABASE_URL'), DEMO_TRAFFIC: String(settings.DEMO_TRAFFIC ?? '') },
  log: path.join(paths.log, 'demo-sales.log'),
  cwd: paths.app,
  stopSignal: 'SIGTERM',
  killAfterMs: STOP_DASHBOARD_MS,
})

function pick<T extends object, K extends keyof T>(source: T, ...names: K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, source[name]])) as Pick<T, K>
}
