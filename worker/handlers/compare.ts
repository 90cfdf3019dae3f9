import path from 'node:path'
import { saveComparison, saveFindings } from '@/lib/restore/comparison/mutations'
import { findRehearsal } from '@/lib/restore/rehearsal/data'
import { compareDatabases } from '../compare/compare'
import { type Handler, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'
import { openCopy, requireServer } from '../rehearsal/copy'

/** What a switch to the rehearsal would lose and bring back. */
export const compare: Handler<'compare'> = async (context) => {
  const { db, env, job, progress, signal } = context
  const found = await untilControlAnswers(() => findRehearsal(db, env.stanza, job.request.rehearsal), signal)
  if (found?.status !== 'ready') throw new JobFailed({ code: 'rehearsal-missing' })
  progress.enter('start')
  const copy = await openCopy(context, found.id, found.plan)
  const side = await requireServer(context, copy)
  progress.enter('compare')
  const comparison = await compareDatabases({
    then: side.config, now: { connectionString: env.shopUrl }, bin: side.bin, thenDataDir: copy.directory, nowDataDir: path.resolve(copy.data),
    signal, at: new Date(),
    onProgress: (done, total, table) => {
      progress.enter('compare', table)
      progress.set({ ...progress.get(), percent: total > 0 ? (done / total) * 100 : 100 })
    },
    onDifferences: async (differences, samples) => {
      await untilControlAnswers(() => saveComparison(db, found.id, { comparison: differences, samples }, new Date()), signal)
      progress.enter('integrity')
    },
  })
  await untilControlAnswers(() => saveFindings(db, found.id, comparison, new Date()), signal)
  const sum = (part: 'lost' | 'returns') => comparison.tables.reduce((total, table) => total + table[part], 0)
  return { kind: 'compare', rehearsal: found.id, tables: comparison.tableCount, lost: sum('lost'), returns: sum('returns') }
}
