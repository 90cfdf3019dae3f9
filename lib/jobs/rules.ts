import type { Target } from '@/lib/restore/schema'
import type { JobFailure, JobKind, JobLane, JobPhase, JobProgress, JobRequest, JobStatus } from './schema'

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
  'check-archive': ['claim', 'check'],
  rehearse: ['claim', 'plan', 'disk', 'restore', 'replay', 'ready'],
  compare: ['claim', 'start', 'compare', 'integrity'],
  discard: ['claim', 'remove'],
  switch: ['claim', 'wait', 'promote', 'drain', 'switch', 'archive'],
  undo: ['claim', 'wait', 'promote', 'drain', 'switch', 'archive'],
  'restore-in-place': ['claim', 'plan', 'wait', 'safety', 'switch', 'restore', 'replay', 'archive'],
  'restore-point': ['claim', 'mark'],
  purge: ['claim', 'remove'],
  'plan-rescue': ['claim', 'start', 'rescue'],
  rescue: ['claim', 'start', 'rescue'],
  'undo-rescue': ['claim', 'rescue'],
  'test-repository': ['claim', 'write', 'list', 'read', 'delete', 'catalog'],
}

export function phasesOf(kind: JobKind): readonly JobPhase[] {
  return phases[kind]
}

export const lanes: readonly JobLane[] = ['repository', 'cluster']
const repositoryKinds: readonly JobKind[] = ['backup', 'check', 'stanza-create', 'sync-catalog', 'check-archive', 'test-repository']

export function laneOf(kind: JobKind): JobLane {
  return repositoryKinds.includes(kind) ? 'repository' : 'cluster'
}

/**
 * While one of these runs, the repository's lane waits: the shop is being exchanged. The data volume tells how far they came: a
 * worker that finds one of a dead worker takes it over instead of ending it.
 */
export const exclusiveKinds: readonly JobKind[] = ['switch', 'undo', 'restore-in-place']
/** And these: the shop's PostgreSQL tells whether their transaction was committed. */
export const adoptedKinds: readonly JobKind[] = [...exclusiveKinds, 'rescue', 'undo-rescue']

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

/** What exchanges the shop is asked for anew by a person, who looks at it again; it is never repeated as it was. */
export function canRetry(job: { kind: JobKind; status: JobStatus }): boolean {
  return (job.status === 'FAILED' || job.status === 'CANCELLED') && !exclusiveKinds.includes(job.kind)
}

/** Whether a job of one kind, once it runs, has to end before one of the other can begin. */
export function isBarred(waiting: JobKind, running: JobKind): boolean {
  return laneOf(waiting) === laneOf(running) || exclusiveKinds.includes(running)
}

/** The point in the shop's life that a job is about, if it is about one. */
export function targetOf(request: JobRequest): Target | null {
  if ('wish' in request) return request.wish.target
  return request.kind === 'restore-point' ? { type: 'name', name: request.name } : null
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

/** Notes why the current step failed, and ends it. */
export function failPhase(progress: JobProgress, failure: JobFailure, now: Date): JobProgress {
  const last = progress.steps.at(-1)
  return last ? { ...progress, steps: [...progress.steps.slice(0, -1), { ...last, failure, endedAt: now.toISOString() }] } : progress
}

/** Ends the current step, if one is open. */
export function endPhase(progress: JobProgress, now: Date): JobProgress {
  return { ...progress, steps: progress.steps.map((step) => (step.endedAt ? step : { ...step, endedAt: now.toISOString() })) }
}

type Progressed = { kind: JobKind; phase: JobPhase | null; percent: number | null; replayedAt: Date | null }

/**
 * What the figures of a job that runs are about. `backup` and `restore`: bytes and their percent; `replay`: the time WAL was
 * replayed to; `share`: a percent alone. Figures of a phase that is over say nothing of the next: then null.
 */
export function measureOf({ kind, phase, percent, replayedAt }: Progressed): 'backup' | 'restore' | 'replay' | 'share' | null {
  if (phase === 'replay') return replayedAt ? 'replay' : null
  if (percent === null) return null
  if (kind === 'backup' || phase === 'copy') return 'backup'
  if (phase === 'restore') return 'restore'
  return phase === 'compare' ? 'share' : null
}
