import './memory'
import { randomUUID } from 'node:crypto'
import packageJson from '@/package.json'
import { openDb } from '@/lib/db'
import { publishPolicy } from '@/lib/health/mutations'
import { ensureStanza } from '@/lib/jobs/mutations'
import { logger } from '@/lib/logger'
import type { Policy } from '@/lib/policy/schema'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { startClock } from './clock'
import type { WorkerContext } from './context'
import { EnvError, type WorkerEnv, workerEnv } from './env'
import { enqueueFirstUse } from './handlers/stanza-create'
import { startLoop } from './loop'
import { listenForJobs } from './notifications'
import { startObserver } from './observer'
import { openEngine } from './pgbackrest/engine'
import { openShop } from './postgres/observe'
import { accessOf } from './postgres/access'
import { openSideClusters } from './rehearsal/side-clusters'
import { startPresence } from './presence'
import { catchUp, startScheduler } from './scheduler'
import { openVitals } from './vitals'

const POOL_SIZE = 4
const RETRY_MS = 2_000
const EXIT_USAGE = 2

async function main(): Promise<void> {
  const env = workerEnv()
  const stopping = new AbortController()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort())
  process.on('SIGHUP', () => undefined)

  const context: WorkerContext = {
    env, id: randomUUID(), db: openDb(env.databaseUrl, POOL_SIZE), engine: await openEngine(env), shop: openShop(env.shopUrl),
    shopAccess: accessOf(env.shopUrl), side: openSideClusters(),
  }
  await untilReady(() => ensureStanza(context.db, env.stanza), stopping.signal)
  if (stopping.signal.aborted) return close(context)

  const policy = await publishPolicy(context.db, env.stanza, await readPolicy(context), new Date())
  const vitals = await openVitals(env.vitalsDirectory)
  const observer = startObserver(context, vitals)
  const clock = startClock(context, observer.now)
  const loop = startLoop(context, () => {
    observer.now()
    clock.lookAgain()
  })
  const presence = await startPresence(context.db, {
    id: context.id, stanzaName: env.stanza, name: env.workerName, pid: process.pid, version: packageJson.version,
    pgbackrestVersion: context.engine.version?.text ?? null,
  }, vitals, loop.wake)
  const notifications = listenForJobs(env.databaseUrl, env.stanza, loop.wake)
  const scheduler = startScheduler(context.db, env.stanza, policy)
  await enqueueFirstUse(context).catch(logAndGoOn)
  await catchUp(context.db, env.stanza, policy, new Date()).catch(logAndGoOn)
  logger.info({ worker: env.workerName, stanza: env.stanza, pgbackrest: context.engine.version?.text }, 'worker ready')

  await aborted(stopping.signal)
  logger.info('worker stops')
  scheduler.stop()
  await notifications.stop()
  await loop.stop()
  await context.side.stopAll()
  await clock.stop()
  await observer.stop()
  await presence.stop()
  await close(context)
  logger.info('worker stopped')
}

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function close({ db, shop }: WorkerContext): Promise<void> {
  await shop.close()
  await db.$disconnect()
}

function logAndGoOn(error: unknown): void {
  logger.error({ error: String(error) }, 'not done at start; it is tried again at the next start')
}

/** The control database may come up after the worker, or be migrated only now. */
async function untilReady(attempt: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      return await attempt()
    } catch (error) {
      logger.warn({ error: String(error) }, 'the control database is not ready, waiting')
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

async function readPolicy({ env, shop }: { env: WorkerEnv; shop: WorkerContext['shop'] }): Promise<Policy> {
  const timeZone = env.timeZone ?? (await shop.profile())?.timeZone ?? shopProfileSchema.parse({}).timeZone
  return { schedules: env.schedules, retention: env.retention, keepDays: env.keepDays, timeZone }
}

main().catch((error: unknown) => {
  if (error instanceof EnvError) process.stderr.write(`The worker's environment is not usable:\n${error.message}\n`)
  else logger.fatal({ error: error instanceof Error ? error.stack : String(error) }, 'worker broke')
  process.exit(error instanceof EnvError ? EXIT_USAGE : 1)
})
