import { listBackupSets, listExpiredSets } from '@/lib/backups/data'
import { enqueueJob } from '@/lib/jobs/mutations'
import { type Handler, type JobContext, JobFailed, type WorkerContext } from '../context'
import { untilControlAnswers } from '../patience'
import { execute } from './execute'
import { catalogPhase } from './sync-catalog'

/** pgBackRest's status of a repository without this stanza */
const MISSING_STANZA = 1

export const stanzaCreate: Handler<'stanza-create'> = async (context) => {
  await createStanza(context)
  context.progress.enter('check')
  await execute(context, context.engine.commands.check())
  await catalogPhase(context)
  return { kind: 'stanza-create', created: true }
}

/**
 * Makes the stanza in repositories that have none. Never where we have seen sets before: then the repository is not new,
 * it is gone (a volume that is not mounted), and a fresh one in its place would hide that. Never an upgrade.
 */
export async function createStanza(context: JobContext): Promise<void> {
  const { db, env, engine, signal } = context
  const listSeen = async () => [await listBackupSets(db, env.stanza), await listExpiredSets(db, env.stanza, 1)].flat()
  const seen = await untilControlAnswers(listSeen, signal)
  const missing = (await engine.readCatalog()).repositories.find(({ statusCode }) => statusCode === MISSING_STANZA)
  if (missing && seen.some(({ repoKey }) => repoKey === missing.key)) {
    throw new JobFailed({ code: 'repository-missing', params: { path: missing.location } })
  }
  context.progress.enter('stanza')
  context.remark('the repository is new: creating the stanza')
  await execute(context, engine.commands.stanzaCreate())
}

/** On first use, before anybody asked: WAL waits in the shop until the stanza exists. */
export async function enqueueFirstUse({ db, env, engine }: WorkerContext): Promise<void> {
  const { repositories, sets } = await engine.readCatalog()
  if (sets.length > 0 || !repositories.some(({ statusCode }) => statusCode === MISSING_STANZA)) return
  if ((await listBackupSets(db, env.stanza)).length > 0) return
  await db.$transaction((tx) =>
    enqueueJob(tx, {
      stanza: env.stanza,
      request: { kind: 'stanza-create' },
      actor: { kind: 'system', name: 'first use' },
      trigger: 'system',
      dedupeKey: `first-use:${new Date().toISOString().slice(0, 16)}`,
    }),
  )
}
