import path from 'node:path'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import { saveComparison } from '@/lib/restore/rehearsal/mutations'
import { compareDatabases } from '../compare/compare'
import { type Handler, type JobContext, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { openCopy, replayCopy } from '../rehearsal/copy'
import type { SideCluster } from '../postgres/side-cluster'
import type { Rehearsal } from '@/lib/restore/schema'

/** What a switch to the rehearsal would lose and bring back. */
export const compare: Handler<'compare'> = async (context) => {
  const { db, env, job, progress, signal } = context
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, job.request.rehearsal), signal)
  if (found?.status !== 'ready') throw new JobFailed({ code: 'rehearsal-missing' })
  progress.enter('start')
  const copy = await openCopy(context, found.id, found.plan)
  const side = await requireServer(context, found)
  progress.enter('compare')
  const comparison = await compareDatabases({
    then: side.config, now: { connectionString: env.shopUrl }, bin: side.bin, thenDataDir: copy.directory, nowDataDir: path.resolve(copy.data),
    signal, at: new Date(),
    onIntegrity: () => progress.enter('integrity'),
    onProgress: (done, total, table) => {
      progress.enter('compare', table)
      progress.set({ ...progress.get(), percent: total > 0 ? (done / total) * 100 : 100 })
    },
  })
  await untilControlAnswers(() => saveComparison(db, found.id, comparison, new Date()), signal)
  const sum = (part: 'lost' | 'returns') => comparison.tables.reduce((total, table) => total + table[part], 0)
  return { kind: 'compare', rehearsal: found.id, tables: comparison.tableCount, lost: sum('lost'), returns: sum('returns') }
}

/** After a restart of the worker the copy is there, its server is not. */
async function requireServer(context: JobContext, { id, plan }: Rehearsal): Promise<SideCluster> {
  if (!context.side.get(id)) await replayCopy(context, await openCopy(context, id, plan))
  const side = context.side.get(id)
  if (!side) throw new JobFailed({ code: 'rehearsal-broken' })
  return side
}
