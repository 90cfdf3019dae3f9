import type { Overview, Reason } from '@/lib/health/schema'

/** Words: messages/<locale>/overview.json, `incident.trail` */
type TrailStep =
  | 'archived' | 'archiveFailed' | 'backupStarted' | 'backupFailed' | 'newestSet' | 'damagedSet' | 'tick'
  | 'workerSeen' | 'observed' | 'repositoryAsked'
type Known<At> = { at: At; step: TrailStep }
export type Trail = Known<Date>[]

/** The times that tell how it came about, as far as they were measured; oldest first. */
export function trailOf(reason: Reason, overview: Overview): Trail {
  const newest: Known<Date | null> = { at: overview.newest?.stoppedAt ?? null, step: 'newestSet' }
  const steps = [...stepsOf(reason, overview), newest]
  return steps.filter((step): step is Known<Date> => step.at !== null).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function stepsOf(reason: Reason, { observedAt, worker, cluster, repositories }: Overview): Known<Date | null>[] {
  const archivedAt = cluster?.archiver?.lastArchivedAt
  const archived: Known<Date | null> = { at: archivedAt ? new Date(archivedAt) : null, step: 'archived' }
  switch (reason.code) {
    case 'worker-silent':
    case 'observation-stale':
      return [{ at: worker?.heartbeatAt ?? null, step: 'workerSeen' }, { at: observedAt, step: 'observed' }, archived]
    case 'archive-failing':
      return [archived, { at: reason.failedAt, step: 'archiveFailed' }]
    case 'disk-filling': {
      const failedAt = cluster?.archiver?.lastFailedAt
      return [archived, { at: failedAt ? new Date(failedAt) : null, step: 'archiveFailed' }]
    }
    case 'backup-failed':
      return [{ at: reason.startedAt, step: 'backupStarted' }, { at: reason.failedAt, step: 'backupFailed' }, archived]
    case 'schedule-overdue':
      return [{ at: reason.tick, step: 'tick' }, archived]
    case 'set-damaged':
      return [{ at: reason.stoppedAt, step: 'damagedSet' }, archived]
    case 'repository-failed':
    case 'repository-full':
      return [{ at: repositories.find(({ key }) => key === reason.key)?.checkedAt ?? null, step: 'repositoryAsked' }, archived]
    default:
      return [archived, { at: observedAt, step: 'observed' }]
  }
}
