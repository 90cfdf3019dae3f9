import type { Catalog } from '@/lib/backups/schema'
import { type SyncOutcome, syncCatalog as writeCatalog } from '@/lib/backups/mutations'
import type { Handler, JobContext, WorkerContext } from '../context'
import { untilControlAnswers } from '../patience'

type Synced = { catalog: Catalog; outcome: SyncOutcome }

/** Reads the repositories and makes the catalog say what they hold. */
export const syncCatalog: Handler<'sync-catalog'> = async (context) => {
  const { outcome } = await catalogPhase(context)
  const { sets, appeared, expired } = outcome
  for (const label of appeared) context.remark(`${label} appeared`)
  for (const label of expired) context.remark(`${label} is gone`)
  return { kind: 'sync-catalog', sets, appeared: appeared.length, expired: expired.length }
}

/** The last step of every job that may have changed the repositories. */
export async function catalogPhase(context: JobContext): Promise<Synced> {
  context.progress.enter('catalog')
  return untilControlAnswers(() => syncCatalogNow(context, new Date()), context.signal)
}

export async function syncCatalogNow({ db, env, engine }: WorkerContext, now: Date): Promise<Synced> {
  const catalog = await engine.readCatalog()
  return { catalog, outcome: await writeCatalog(db, env.stanza, catalog, now) }
}
