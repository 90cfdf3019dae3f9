import type { JobKind, JobLane, JobPhase, JobProgress, JobStatus } from './schema'

/** A worker that has not reported for this long has lost its jobs. */
export const LEASE_SECONDS = 15
/** How often a worker reports at least, in milliseconds. */
export const HEARTBEAT_MS = 2_000
export const activeStatuses: readonly JobStatus[] = ['QUEUED', 'RUNNING']

const phases: Record<JobKind, readonly JobPhase[]> = {
  backup: ['claim', 'start', 'copy', 'wal', 'label', 'expire', 'catalog'],
  check: ['claim', 'check', 'catalog'],
  'stanza-create': ['claim', 'stanza', 'check', 'catalog'],
  'sync-catalog': ['claim', 'catalog'],
}

export function phasesOf(kind: JobKind): readonly JobPhase[] {
  return phases[kind]
}

export function laneOf(kind: JobKind): JobLane {
  switch (kind) {
    case 'backup':
    case 'check':
    case 'stanza-create':
    case 'sync-catalog':
      return 'repository'
  }
}

export function isActive(status: JobStatus): boolean {
  return activeStatuses.includes(status)
}

type Leased = { status: JobStatus; heartbeatAt: Date | null }

/** Running by its row, but its worker has gone silent. The next worker writes it down as failed. */
export function isLost(job: Leased, now: Date): boolean {
  return job.status === 'RUNNING' && (!job.heartbeatAt || now.getTime() - job.heartbeatAt.getTime() > LEASE_SECONDS * 1000)
}

export function canCancel(job: { status: JobStatus; cancelRequestedAt: Date | null }): boolean {
  return isActive(job.status) && !job.cancelRequestedAt
}

export function canRetry(job: { status: JobStatus }): boolean {
  return job.status === 'FAILED' || job.status === 'CANCELLED'
}

/** Enters a phase: ends the current step, starts the next. Entering the current phase again only changes its detail. */
export function enterPhase(progress: JobProgress, phase: JobPhase, now: Date, detail?: string): JobProgress {
  const at = now.toISOString()
  const last = progress.steps.at(-1)
  if (last?.phase === phase) {
    return { ...progress, steps: [...progress.steps.slice(0, -1), { ...last, detail: detail ?? last.detail }] }
  }
  const ended = progress.steps.map((step) => (step.endedAt ? step : { ...step, endedAt: at }))
  return { ...progress, steps: [...ended, { phase, startedAt: at, ...(detail && { detail }) }] }
}

/** Ends the current step, if one is open. */
export function endPhase(progress: JobProgress, now: Date): JobProgress {
  return { ...progress, steps: progress.steps.map((step) => (step.endedAt ? step : { ...step, endedAt: now.toISOString() })) }
}
