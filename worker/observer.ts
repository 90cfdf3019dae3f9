/** Publishes what the worker sees: the cluster, the shop's settings, the catalog. */
import { publishObservation, publishShop } from '@/lib/health/mutations'
import { logger } from '@/lib/logger'
import type { WorkerContext } from './context'
import { syncCatalogNow } from './handlers/sync-catalog'

const OBSERVE_MS = 5_000
const PROFILE_MS = 60_000
const CATALOG_MS = 30_000
/** Reading a long catalog must not cost more than this part of the time */
const CATALOG_SHARE = 0.01

export type Observer = { now(): void; stop(): Promise<void> }

export function startObserver(context: WorkerContext): Observer {
  const loops = [
    every(() => observe(context), () => OBSERVE_MS),
    every(() => profile(context), () => PROFILE_MS),
    every(() => syncCatalogNow(context, new Date()).then(() => undefined), (took) => Math.max(CATALOG_MS, took / CATALOG_SHARE)),
  ]
  return {
    now: () => loops.forEach((loop) => loop.now()),
    stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  }
}

async function observe({ db, env, shop, engine }: WorkerContext): Promise<void> {
  const observation = await shop.observe(new Date())
  await publishObservation(db, env.stanza, { ...observation, pgbackrestVersion: engine.version?.text }, new Date())
}

async function profile({ db, env, shop }: WorkerContext): Promise<void> {
  const settings = await shop.profile()
  if (settings) await publishShop(db, env.stanza, settings)
}

/** Runs at once and then again and again, `pauseAfter` what the last run took; never twice at a time. */
function every(run: () => Promise<void>, pauseAfter: (took: number) => number) {
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> | null = null
  let stopped = false

  function start(): void {
    clearTimeout(timer)
    if (current || stopped) return
    const began = Date.now()
    current = run()
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'an observation could not be made or published'))
      .finally(() => {
        current = null
        if (!stopped) timer = setTimeout(start, pauseAfter(Date.now() - began))
      })
  }

  start()
  return {
    now: start,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current
    },
  }
}
