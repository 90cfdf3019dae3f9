/** Claims jobs, one at a time in each lane, and runs them to their end. */
import { type ClaimedJob, adoptJob, claimNextJob } from '@/lib/jobs/lease'
import type { Outcome } from '@/lib/jobs/lease'
import { enterPhase, lanes } from '@/lib/jobs/rules'
import type { EventLevel } from '@/lib/jobs/event/schema'
import type { JobLane, JobRequest } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'
import { type JobContext, JobFailed, type WorkerContext } from './context'
import { handle } from './handlers/registry'
import { type EndOfLease, type Reporter, openReporter } from './reporter'

/** How long a stopping worker tries to write the end of its job */
const GIVE_UP_MS = 20_000

export type Loop = {
  /** There may be something to take in these lanes */
  wake(lanes: readonly JobLane[]): void
  stop(): Promise<void>
}

export function startLoop(context: WorkerContext, afterJob: () => void): Loop {
  const bells = { repository: openBell(), cluster: openBell() }
  const running = new Set<Reporter>()
  const giveUp = new AbortController()
  let stopping = false

  function wake(rung: readonly JobLane[]): void {
    for (const lane of rung) bells[lane].ring()
  }

  async function work(lane: JobLane): Promise<void> {
    while (!stopping) {
      await bells[lane].wait()
      for (let job = await take(lane); job; job = await take(lane)) await runToEnd(job)
    }
  }

  async function take(lane: JobLane): Promise<ClaimedJob | null> {
    return stopping ? null : claim(context, lane)
  }

  async function runToEnd(job: ClaimedJob): Promise<void> {
    const reporter = openReporter(context.db, job, context.id)
    running.add(reporter)
    await reporter.finish(await execute(context, job, reporter), giveUp.signal)
    running.delete(reporter)
    afterJob()
  }

  const working = lanes.map(work)

  return {
    wake,
    async stop() {
      stopping = true
      for (const reporter of running) reporter.stop('shutdown')
      setTimeout(() => giveUp.abort(), GIVE_UP_MS).unref()
      wake(lanes)
      await Promise.all(working)
    },
  }
}

/** One waits for it. A ring that comes while nobody waits is kept: what it tells of may have been overlooked just now. */
function openBell() {
  let isRung = false
  let heard: (() => void) | null = null
  return {
    ring(): void {
      isRung = true
      heard?.()
    },
    async wait(): Promise<void> {
      if (!isRung) await new Promise<void>((resolve) => (heard = resolve))
      isRung = false
      heard = null
    },
  }
}

async function claim({ db, env, id }: WorkerContext, lane: JobLane): Promise<ClaimedJob | null> {
  try {
    const worker = { id, name: env.workerName }
    return (await claimNextJob(db, env.stanza, lane, worker)) ?? (lane === 'cluster' ? await adoptJob(db, env.stanza, worker) : null)
  } catch (error) {
    logger.warn({ lane, error: String(error) }, 'the queue cannot be read, trying again')
    return null
  }
}

async function execute(context: WorkerContext, job: ClaimedJob, reporter: Reporter): Promise<Outcome> {
  const jobContext = toJobContext(context, job, reporter)
  const waited = job.claimedAt.getTime() - job.createdAt.getTime()
  jobContext.remark(`taken from the queue after ${waited} ms by ${context.env.workerName}`)
  try {
    const result = await handle(jobContext)
    return { status: 'SUCCEEDED', result }
  } catch (error) {
    return toOutcome(error, jobContext)
  }
}

function toOutcome(error: unknown, { signal, remark, job }: JobContext): Outcome {
  const reason = signal.aborted ? (signal.reason as EndOfLease) : null
  if (reason === 'cancel' || reason === 'shutdown') {
    remark(reason === 'cancel' ? 'stopped as asked' : 'stopped because the worker was told to stop')
    return { status: 'CANCELLED' }
  }
  if (error instanceof JobFailed) {
    remark(`failed: ${error.failure.code}`, 'error')
    return { status: 'FAILED', failure: error.failure }
  }
  logger.error({ job: job.id.toString(), error }, 'a handler broke')
  const detail = error instanceof Error ? error.message : String(error)
  remark(detail, 'error')
  return { status: 'FAILED', failure: { code: 'internal', detail: detail.slice(0, 4000) } }
}

function toJobContext(context: WorkerContext, job: ClaimedJob & { request: JobRequest }, reporter: Reporter): JobContext {
  return {
    ...context,
    job,
    signal: reporter.signal,
    seal: () => {
      if (!reporter.seal()) reporter.signal.throwIfAborted()
    },
    progress: {
      get: () => reporter.progress,
      set: (progress) => reporter.setProgress(progress),
      enter: (phase, detail) => reporter.setProgress(enterPhase(reporter.progress, phase, new Date(), detail)),
    },
    remark: (message, level = 'info') => reporter.add({ at: new Date(), source: 'worker', level, message }),
    line: ({ at, ...line }) => reporter.add({ ...line, at: at ?? new Date(), source: 'pgbackrest' }),
    server: (message) => reporter.add({ at: new Date(), source: 'postgres', level: levelOf(message), message: withoutPrefix(message) }),
    command: (command) => reporter.setCommand(command),
  }
}

/** PostgreSQL's prefix repeats what the event says itself. */
function withoutPrefix(message: string): string {
  return message.replace(/^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] /, '')
}

function levelOf(message: string): EventLevel {
  if (/ (?:FATAL|PANIC|ERROR): {2}/.test(message)) return 'error'
  return / WARNING: {2}/.test(message) ? 'warn' : 'detail'
}
