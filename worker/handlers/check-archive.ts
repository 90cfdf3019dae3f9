import { listGaps } from '@/lib/restore/window/data'
import type { Gap } from '@/lib/restore/schema'
import { lookAtArchives } from '../clock/stored-wal'
import { rebuildClock } from '../clock/rebuild'
import { type Handler, JobFailed } from '../context'
import { untilControlAnswers } from '../patience'

/** Lists every segment that the repositories hold, and tells which are missing between a set and the newest of them. */
export const checkArchive: Handler<'check-archive'> = async (context) => {
  const { db, env, signal, progress, remark } = context
  progress.enter('check')
  const look = await untilControlAnswers(() => lookAtArchives(context, new Date()), signal)
  if (!look) throw new JobFailed({ code: 'database-down' })
  for (const { repo, failure: { code, detail } } of look.failures) remark(`repository ${repo} cannot be listed: ${detail ?? code}`, 'warn')
  if (look.failures[0] && look.archives.length === 0) throw new JobFailed(look.failures[0].failure)
  const made = await untilControlAnswers(() => rebuildClock(context, new Set()), signal)
  if (made > 0) remark(`${made} marks of the WAL clock were made from commits in the archive`)
  const gaps = await untilControlAnswers(() => listGaps(db, env.stanza), signal)
  for (const gap of gaps) remark(gapText(gap), 'warn')
  remark(`${look.segments} WAL segments are stored, ${gaps.length} gaps`)
  return { kind: 'check-archive', segments: look.segments, gaps: gaps.length }
}

/** In the log's language, with times in UTC. */
function gapText({ repo, timeline, first, last, from, to }: Gap): string {
  const missing = first === last ? first : `${first} to ${last}`
  const lost = [from && `after ${from.toISOString()}`, to && `before ${to.toISOString()}`].filter((part) => part !== null)
  const moments = lost.join(' and ') || 'behind it'
  return `repository ${repo}, timeline ${timeline}: ${missing} missing; no moment ${moments} can be restored from there`
}
