/** Publishes what the worker sees: the cluster, the shop's settings, the catalog. */
import { publishObservation, publishShop } from '@/lib/health/mutations'
import type { WorkerContext } from './context'
import { every } from './every'
import { syncCatalogNow } from './handlers/sync-catalog'
import { reap } from './reaper'

const OBSERVE_MS = 5_000
const PROFILE_MS = 60_000
const REAP_MS = 60_000
const CATALOG_MS = 30_000
/** Reading a long catalog must not cost more than this part of the time */
const CATALOG_SHARE = 0.01
const FAILURE = 'an observation could not be made or published'

export type Observer = { now(): void; stop(): Promise<void> }

export function startObserver(context: WorkerContext): Observer {
  const catalog = () => syncCatalogNow(context, new Date()).then(() => undefined)
  const loops = [
    every(() => observe(context), () => OBSERVE_MS, FAILURE),
    every(() => profile(context), () => PROFILE_MS, FAILURE),
    every(catalog, (took) => Math.max(CATALOG_MS, took / CATALOG_SHARE), FAILURE),
    every(() => reap(context, new Date()), () => REAP_MS, 'what has outlived its time could not be removed'),
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
