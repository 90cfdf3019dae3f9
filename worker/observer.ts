/** Publishes what the worker sees: the cluster, the shop's settings, the catalog. */
import { publishObservation, publishShop } from '@/lib/health/mutations'
import { findArchive } from '@/lib/health/checks/rules'
import { findWalRate } from '@/lib/health/disk/data'
import type { ClusterObservation } from '@/lib/health/schema'
import { JobFailed, type WorkerContext } from './context'
import { every } from './every'
import { syncCatalogNow } from './handlers/sync-catalog'
import { reap } from './reaper'
import { isLost } from './lost-host'
import { findOtherHost } from './other-host'
import { findSpace, findWalSpace } from './rehearsal/disk'
import type { Vitals } from './vitals'

const OBSERVE_MS = 5_000
/** What changes slowly, or costs a look into a repository */
const NOW_AND_THEN_MS = 60_000
const PROFILE_MS = 60_000
const REAP_MS = 60_000
const CATALOG_MS = 30_000
/** How old the catalog may become where nothing tells of a change: free space changes without a sign */
const CATALOG_AT_MOST_MS = 300_000
/** Reading a long catalog must not cost more than this part of the time */
const CATALOG_SHARE = 0.01
const FAILURE = 'an observation could not be made or published'

export type Observer = { now(): void; stop(): Promise<void> }

export function startObserver(context: WorkerContext, vitals: Vitals): Observer {
  const loops = [
    every(clusterWatch(context, vitals), () => OBSERVE_MS, FAILURE),
    every(() => profile(context), () => PROFILE_MS, FAILURE),
    every(catalogWatch(context), (took) => Math.max(CATALOG_MS, took / CATALOG_SHARE), FAILURE),
    every(() => reap(context, new Date()), () => REAP_MS, 'what has outlived its time could not be removed'),
  ]
  return {
    now: () => loops.forEach((loop) => loop.now()),
    stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
  }
}

function clusterWatch({ db, env, shop, engine }: WorkerContext, vitals: Vitals): () => Promise<void> {
  const looking = { db, env, engine, since: new Date() }
  const rateOf = nowAndThen((cluster, now) => findWalRate(db, env.stanza, cluster, now))
  const otherHostOf = nowAndThen((cluster, now) => findOtherHost(looking, cluster, now).catch((error: unknown) => {
    if (!(error instanceof JobFailed)) throw error
    return null
  }))
  return async () => {
    const [observation, volume, walVolume, lost] = await Promise.all([
      shop.observe(new Date()), findSpace(engine), findWalSpace(engine), isLost({ engine }),
    ])
    const seen = { ...observation, pgbackrestVersion: engine.version?.text, volume, walVolume, ...(lost && { lost }) }
    const [walRate, otherHost] = [await rateOf(seen), await otherHostOf(seen)]
    const cluster = { ...seen, walRate, ...(otherHost && { otherHost }) }
    await publishObservation(db, env.stanza, cluster, new Date())
    const doubts = findArchive({ cluster }, new Date())
    if (doubts?.every(({ severity }) => severity !== 'bad')) await vitals.show('archiver')
  }
}

/** Asks again after a minute, and answers the same meanwhile. */
function nowAndThen<T>(ask: (cluster: ClusterObservation, now: Date) => Promise<T>): (cluster: ClusterObservation) => Promise<T> {
  let answer: { at: number; value: T } | null = null
  return async (cluster) => {
    const now = new Date()
    if (!answer || now.getTime() - answer.at >= NOW_AND_THEN_MS) answer = { at: now.getTime(), value: await ask(cluster, now) }
    return answer.value
  }
}

/** Reads the catalog where it may have changed. */
function catalogWatch(context: WorkerContext): () => Promise<void> {
  let read = { sign: null as string | null, at: 0 }
  return async () => {
    const [sign, at] = [await context.engine.catalogSign(), Date.now()]
    if (sign !== null && sign === read.sign && at - read.at < CATALOG_AT_MOST_MS) return
    await syncCatalogNow(context, new Date())
    read = { sign, at }
  }
}

async function profile({ db, env, shop }: WorkerContext): Promise<void> {
  const settings = await shop.profile()
  if (settings) await publishShop(db, env.stanza, settings)
}
