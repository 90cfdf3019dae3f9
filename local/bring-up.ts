/** The way from a prepared DATA_DIR to a running shop, step by step. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Child, type Program, startChild } from './children'
import { configureCluster, ensureAmcheck, ensureControlCluster, ensureDatabase, ensureShopCluster } from './clusters'
import { controlConf, shopConf } from './config'
import { awaitPostmasterEnd, requireFreePort } from './leftovers'
import { postgresOf } from './programs'
import { type Server, acceptsConnections, isHealthy, untilReady } from './ready'
import { buildDashboard, buildWorker, installRelease, migrate } from './release'
import { run } from './run'
import { type Installation, controlCluster, dashboard, demoTraffic, shopCluster, worker } from './services'
import { StepFailed, step } from './steps'
import { stopping } from './stopping'

/** A cluster that was not shut down cleanly replays its WAL first. */
const CLUSTER_READY_MS = 120_000
const DASHBOARD_READY_MS = 60_000

/** Adds each program that runs to `children`, in the order of starting. */
export async function bringUp(installation: Installation, children: Child[]): Promise<void> {
  const { paths, env } = installation
  const logged = (name: string, file: string, work: (log: string) => Promise<string | void>) => {
    const log = path.join(paths.log, file)
    writeFileSync(log, '')
    stopping.signal.throwIfAborted()
    return step(name, () => work(log))
  }
  const start = (program: Program) => {
    const child = startChild(program, installation.owner)
    children.push(child)
    return child
  }
  await requirePorts(installation)
  await logged('Worker build', 'build-worker.log', buildWorker)
  await logged('Dashboard build', 'build-dashboard.log', buildDashboard)
  await logged('Release', 'release.log', (log) => installRelease(paths, log))
  await logged('Shop database', 'shop-cluster.log', (log) => startShopCluster(installation, start, log))
  await logged('Control database', 'control-cluster.log', (log) => startControlCluster(installation, start, log))
  await logged('Migrations', 'migrations.log', (log) => migrate(paths, env.BACKUP_DATABASE_URL, log))
  await logged('Demo shop', 'demo-shop.log', (log) => seed(installation, log))
  stopping.signal.throwIfAborted()
  await step('Worker and dashboard', () => startApplications(installation, start))
}

/** Before anything is built: what stands in the way is told at once. */
async function requirePorts({ paths, settings }: Installation): Promise<void> {
  const leftover = await awaitPostmasterEnd(paths.control)
  if (leftover) {
    throw new StepFailed(`A PostgreSQL that nobody watches runs on ${paths.control}. Stop it: kill -INT ${leftover}`)
  }
  // The shop's is taken over by the supervisor.
  if (!(await awaitPostmasterEnd(paths.data))) await requireFreePort(settings.POSTGRES_PORT, 'POSTGRES_PORT')
  await requireFreePort(settings.CONTROL_PORT, 'CONTROL_PORT')
  await requireFreePort(settings.DASHBOARD_PORT, 'DASHBOARD_PORT')
}

type Start = (program: Program) => Child

async function startShopCluster(installation: Installation, start: Start, log: string): Promise<void> {
  const { paths, owner, settings, secrets, socketDirectory } = installation
  await ensureShopCluster(paths, owner, log)
  const place = { port: settings.POSTGRES_PORT, socketDirectory }
  configureCluster(paths.data, shopConf(place, paths.config), owner)
  const bin = postgresOf(paths.data)
  await clusterReady(start(shopCluster(installation)), path.join(paths.log, 'postgresql.log'), { ...place, bin })
  const session = { ...place, bin, owner, log }
  await ensureDatabase('salespider', secrets.shop, session)
  await ensureAmcheck('salespider', session)
}

async function startControlCluster(installation: Installation, start: Start, log: string): Promise<void> {
  const { paths, owner, settings, secrets, socketDirectory } = installation
  await ensureControlCluster(paths, owner, log)
  const place = { port: settings.CONTROL_PORT, socketDirectory }
  configureCluster(paths.control, controlConf(place), owner)
  const bin = postgresOf(paths.control)
  const child = start(controlCluster(installation))
  await clusterReady(child, child.log, { ...place, bin })
  await ensureDatabase('backups', secrets.control, { ...place, bin, owner, log })
}

function clusterReady(child: Child, log: string, server: Server): Promise<void> {
  return untilReady([child], [log], CLUSTER_READY_MS, () => acceptsConnections(server))
}

async function seed({ env, paths, settings }: Installation, log: string): Promise<void> {
  const variables = { DATABASE_URL: env.DATABASE_URL, DEMO_SIZE: String(settings.DEMO_SIZE ?? '') }
  await run([process.execPath, path.join(paths.app, 'dist/demo/seed.js')], { log, env: variables })
}

async function startApplications(installation: Installation, start: Start): Promise<void> {
  const { settings, env } = installation
  const children = [start(worker(installation)), start(dashboard(installation))]
  if (settings.DEMO_TRAFFIC !== 0) start(demoTraffic(installation))
  await untilReady(children, children.map(({ log }) => log), DASHBOARD_READY_MS, () => isHealthy(env.DASHBOARD_URL))
}
