/**
 * Terminology. An *other host* archives as this shop, into the same repository: the one that was thought lost, or a copy of this
 * one. pgBackRest tells clusters apart by their system identifier, which is the same there.
 */
import { timelineOfWal } from '@/lib/restore/wal/rules'
import type { ClusterObservation } from '../schema'

/** Of a shop that runs, whose clock writes all the time, the next segment is not further away than this. */
const RECENT_MS = 600_000
/** What is left of the timeline before may arrive as late after a restore. */
const GRACE_MS = 120_000

type OtherHost = NonNullable<ClusterObservation['otherHost']>

/** A segment, and when it reached a repository. */
export type Arrival = { repoKey: number; wal: string; at: Date }

type Own = Pick<ClusterObservation, 'lost' | 'timeline' | 'archiver'> & {
  /** When this host began to write on its timeline; while it has no shop, when it began to wait for one */
  beganAt: Date | null
}

/**
 * What reached the repositories and is not of this host: anything while it has no shop, WAL of a timeline it has left or was
 * never on, and the very segment that it cannot archive itself. Null where there is none.
 */
export function otherHostOf(arrivals: readonly Arrival[], own: Own, now: Date): OtherHost | null {
  const recent = arrivals.filter(({ at }) => now.getTime() - at.getTime() < RECENT_MS)
  const strange = [...takenNames(arrivals, own), ...recent.filter((arrival) => isOfAnother(arrival, own))]
  const [newest] = strange.toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return newest ? { wal: newest.wal, timeline: timelineOfWal(newest.wal) ?? 0, at: newest.at.toISOString() } : null
}

function isOfAnother({ wal, at }: Arrival, { lost, timeline, beganAt }: Own): boolean {
  if (!beganAt || (!lost && timelineOfWal(wal) === timeline)) return false
  return at.getTime() > beganAt.getTime() + (lost ? 0 : GRACE_MS)
}

/**
 * The segment that fails is there. Of this host it would be taken again without a word; where only some repository has it, the
 * others are what fails.
 */
function takenNames(arrivals: readonly Arrival[], { archiver }: Own): Arrival[] {
  const failed = failedWal(archiver)
  const repositories = new Set(arrivals.map(({ repoKey }) => repoKey))
  const taken = arrivals.filter(({ wal }) => wal === failed)
  return taken.length > 0 && taken.length === repositories.size ? taken : []
}

/** Null unless it failed last. */
export function failedWal(archiver: ClusterObservation['archiver']): string | null {
  const { lastFailedWal = null, lastFailedAt, lastArchivedAt } = archiver ?? {}
  return lastFailedAt && (!lastArchivedAt || lastFailedAt > lastArchivedAt) ? lastFailedWal : null
}
