import { type SyncOutcome, syncCatalog as writeCatalog } from '@/lib/backups/mutations'
import type { Handler, JobContext, WorkerContext } from '../context'
import { untilControlAnswers } from '../patience'

/** Reads the repositories and makes the catalog say what they hold. */
export const syncCatalog: Handler<'sync-catalog'> = async (context) => {
  const { sets, appeared, expired } = await catalogPhase(context)
  for (const label of appeared) context.remark(`${label} appeared`)
  for (const label of expired) context.remark(`${label} is gone`)
  return { kind: 'sync-catalog', sets, appeared: appeared.length, expired: expired.length }
}

/** The last step of every job that may have changed the repositories. */
export async function catalogPhase(context: JobContext): Promise<SyncOutcome> {
  context.progress.enter('catalog')
  return untilControlAnswers(() => syncCatalogNow(context, new Date()), context.signal)
}

export async function syncCatalogNow({ db, env, engine }: WorkerContext, now: Date): Promise<SyncOutcome> {
  return writeCatalog(db, env.stanza, await engine.readCatalog(), now)
}
