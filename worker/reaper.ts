/** Ends what has had its time: rehearsals, kept clusters, and copies that nobody finished. As jobs, through the door of everybody. */
import { enqueueOnce } from '@/lib/jobs/mutations'
import type { JobRequest } from '@/lib/jobs/schema'
import { listKeptClusters } from '@/lib/restore/kept/data'
import { measureKeptCluster } from '@/lib/restore/kept/mutations'
import { listOverdueRehearsals } from '@/lib/restore/rehearsal/data'
import type { WorkerContext } from './context'
import { clusterPath, countUnarchived } from './volume/clusters'

export async function reap(context: WorkerContext, now: Date): Promise<void> {
  const { db, env } = context
  for (const { id } of await listOverdueRehearsals(db, env.stanza, now)) await ask(context, { kind: 'discard', rehearsal: id })
  for (const kept of await listKeptClusters(db, env.stanza)) {
    const unarchived = await countUnarchived(await clusterPath(context.engine, kept.id))
    if (unarchived !== kept.unarchived) await measureKeptCluster(db, kept.id, { size: kept.size, unarchived })
    // One that holds WAL of its own stays until a person decides.
    if (kept.keepUntil <= now && unarchived === 0) await ask(context, { kind: 'purge', cluster: kept.id })
  }
}

async function ask({ db, env }: WorkerContext, request: JobRequest): Promise<void> {
  await db.$transaction((tx) =>
    enqueueOnce(tx, { stanza: env.stanza, request, actor: { kind: 'system', name: 'expiry' }, trigger: 'system' }))
}
