import type { Db } from '@/lib/db'
import type { ClaimedJob } from '@/lib/jobs/lease'
import type { EventLevel } from '@/lib/jobs/event/schema'
import type { JobCommand, JobFailure, JobKind, JobPhase, JobProgress, JobResult, RequestOf } from '@/lib/jobs/schema'
import type { Engine } from './pgbackrest/engine'
import type { ObservedShop } from './postgres/observe'
import type { SideClusters } from './rehearsal/side-clusters'
import type { WorkerEnv } from './env'

/** What one worker process is made of. */
export type WorkerContext = {
  env: WorkerEnv
  id: string
  db: Db
  engine: Engine
  shop: ObservedShop
  /** The superuser and the database the shop is reached with, also in a copy of it */
  shopAccess: { user: string; database: string }
  side: SideClusters
}

/** What a handler may do with the job it was given. */
export type JobContext<K extends JobKind = JobKind> = WorkerContext & {
  job: Omit<ClaimedJob, 'request'> & { request: RequestOf<K> }
  /** Aborted on cancel, on the loss of the lease, and when the worker stops */
  signal: AbortSignal
  /** From here on half done is worse than either end: a cancel comes too late. Throws when one has come already. */
  seal(): void
  progress: {
    get(): JobProgress
    set(progress: JobProgress): void
    enter(phase: JobPhase, detail?: string): void
  }
  /** A remark of the worker's own in the job's log */
  remark(message: string, level?: EventLevel): void
  /** A line of pgBackRest's */
  line(line: { at: Date | null; level: EventLevel; process?: string; message: string }): void
  /** A line of the copy's own PostgreSQL */
  server(message: string): void
  command(command: JobCommand): void
}

export type Handler<K extends JobKind> = (context: JobContext<K>) => Promise<JobResult>

/** The expected way for a job to fail: the failure says why, in a code that has words. */
export class JobFailed extends Error {
  constructor(readonly failure: JobFailure) {
    super(failure.code)
  }
}
