import type { Overview, Reason } from '@/lib/health/schema'

export type TrailStep =
  | 'archived' | 'archiveFailed' | 'backupStarted' | 'backupFailed' | 'newestSet' | 'tick' | 'workerSeen' | 'observed' | 'repositoryAsked' | 'damagedSet'
export type Trail = { at: Date; step: TrailStep }[]

/** The times that tell how it came about, as far as they were measured; oldest first. */
export function trailOf(reason: Reason, overview: Overview): Trail {
  const steps = [...stepsOf(reason, overview), ...(overview.newest ? [{ at: overview.newest.stoppedAt, step: 'newestSet' as const }] : [])]
  return steps.filter((step): step is Trail[number] => step.at !== null).toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function stepsOf(reason: Reason, { observedAt, worker, cluster, repositories }: Overview): { at: Date | null; step: TrailStep }[] {
  const archivedAt = cluster?.archiver?.lastArchivedAt
  const archived = { at: archivedAt ? new Date(archivedAt) : null, step: 'archived' as const }
  switch (reason.code) {
    case 'worker-silent':
    case 'observation-stale':
      return [{ at: worker?.heartbeatAt ?? null, step: 'workerSeen' }, { at: observedAt, step: 'observed' }, archived]
    case 'archive-failing':
      return [archived, { at: reason.failedAt, step: 'archiveFailed' }]
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
