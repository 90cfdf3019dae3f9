/** Looks for WAL in the repositories that this host did not write. */
import { type ArchiveTip, findTimelineStart, listArchiveTips } from '@/lib/health/other-host/data'
import { type Arrival, failedWal, otherHostOf } from '@/lib/health/other-host/rules'
import type { ClusterObservation } from '@/lib/health/schema'
import { segmentName } from '@/lib/restore/wal/rules'
import type { WorkerContext } from './context'

type Context = Pick<WorkerContext, 'db' | 'engine'> & { env: Pick<WorkerContext['env'], 'stanza'> }
type Place = { repoKey: number; archiveId: string; wal: string }

/** `since`: when this worker began to look. Null where there is none. Throws JobFailed where a repository cannot be listed. */
export async function findOtherHost({ since, ...context }: Context & { since: Date }, cluster: ClusterObservation, now: Date) {
  const { db, env } = context
  const { lost, up, inRecovery, timeline } = cluster
  if (!lost && (!up || inRecovery)) return null
  const places = placesOf(await listArchiveTips(db, env.stanza), cluster)
  const arrivals = (await Promise.all(places.map((place) => arrivalsIn(context, place)))).flat()
  const beganAt = lost || timeline === undefined ? since : await findTimelineStart(db, env.stanza, timeline)
  return otherHostOf(arrivals, { ...cluster, beganAt }, now)
}

/** Where it would show: on the highest timeline, on the one this shop came from, and where this host cannot archive. */
function placesOf(tips: ArchiveTip[], { lost, timeline, history, archiver }: ClusterObservation): Place[] {
  const highest = Math.max(...tips.map((tip) => tip.timeline))
  const asked = lost ? [highest] : [highest, history.at(-1)?.timeline].filter((id) => id !== timeline)
  const failed = lost ? null : failedWal(archiver)
  return tips.flatMap(({ repoKey, archiveId, last, segmentSize, ...tip }) => [
    ...(asked.includes(tip.timeline)
      ? [{ repoKey, archiveId, wal: segmentName({ timeline: tip.timeline, number: last }, segmentSize) }]
      : []),
    ...(failed && tip.timeline === timeline ? [{ repoKey, archiveId, wal: failed }] : []),
  ])
}

/** What lies in the directory of that segment: later ones too, but for those of the next 4 GB. */
async function arrivalsIn({ engine }: Context, { repoKey, archiveId, wal }: Place): Promise<Arrival[]> {
  const stored = await engine.archiveTimes(repoKey, `${archiveId}/${wal.slice(0, 16)}`)
  return stored.map((segment) => ({ repoKey, ...segment }))
}
