import { type SyncOutcome, syncCatalog as writeCatalog } from '@/lib/backups/mutations'
import type { Handler, WorkerContext } from '../context'

/** Reads the repositories and makes the catalog say what they hold. */
export const syncCatalog: Handler<'sync-catalog'> = async (context) => {
  context.progress.enter('catalog')
  const { sets, appeared, expired } = await syncCatalogNow(context, new Date())
  for (const label of appeared) context.remark(`${label} appeared`)
  for (const label of expired) context.remark(`${label} is gone`)
  return { kind: 'sync-catalog', sets, appeared: appeared.length, expired: expired.length }
}

export async function syncCatalogNow({ db, env, engine }: WorkerContext, now: Date): Promise<SyncOutcome> {
  return writeCatalog(db, env.stanza, await engine.readCatalog(), now)
}
