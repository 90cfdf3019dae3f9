import { rm } from 'node:fs/promises'
import { findKeptCluster } from '@/lib/restore/kept/data'
import { endKeptCluster, measureKeptCluster } from '@/lib/restore/kept/mutations'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import { endRehearsal } from '@/lib/restore/rehearsal/mutations'
import { type Handler, type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { clusterPath, countUnarchived, liveCluster, sizeOf } from '../volume/clusters'

/** Removes a rehearsal: its server, its files, its place. */
export const discard: Handler<'discard'> = async (context) => {
  const { db, env, job, signal, side } = context
  const { rehearsal: id } = job.request
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, id), signal)
  if (!found) throw new JobFailed({ code: 'rehearsal-missing' })
  await side.stop(id)
  const freed = await removeCluster(context, id)
  const status = found.expiresAt <= new Date() ? 'expired' : 'discarded'
  await untilControlAnswers(() => endRehearsal(db, id, status, new Date()), signal)
  return { kind: 'discard', rehearsal: id, freed }
}

/** Removes a cluster that a switch left. Never while it holds WAL that is in no repository: that may be the only copy of a sale. */
export const purge: Handler<'purge'> = async (context) => {
  const { db, env, engine, job, signal } = context
  const { cluster: id } = job.request
  const kept = await untilControlAnswers(() => findKeptCluster(db, env.stanza, id), signal)
  if (!kept) throw new JobFailed({ code: 'cluster-missing' })
  const unarchived = await countUnarchived(await clusterPath(engine, id))
  if (unarchived > 0) {
    await untilControlAnswers(() => measureKeptCluster(db, id, { size: kept.size, unarchived }), signal)
    throw new JobFailed({ code: 'cluster-unarchived', params: { waiting: unarchived } })
  }
  const freed = await removeCluster(context, id)
  await untilControlAnswers(() => endKeptCluster(db, id, new Date()), signal)
  return { kind: 'purge', cluster: id, freed }
}

/** Bytes that were freed. The running shop is never removed, whatever the tables say. */
async function removeCluster({ engine, progress }: JobContext, id: string): Promise<number> {
  progress.enter('remove')
  if ((await liveCluster(engine)) === id) throw new JobFailed({ code: 'internal', detail: `${id} is the running shop` })
  const directory = await clusterPath(engine, id)
  const size = await sizeOf(directory)
  await rm(directory, { recursive: true, force: true })
  return size
}
