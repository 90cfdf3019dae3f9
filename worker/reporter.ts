/** Carries what a running job has to say to the control database, and its answer back. */
import type { Db } from '@/lib/db'
import { type ClaimedJob, type Outcome, type Report, type Standing, finishJob, report } from '@/lib/jobs/lease'
import { HEARTBEAT_MS, endPhase, enterPhase } from '@/lib/jobs/rules'
import type { JobEventInput } from '@/lib/jobs/event/schema'
import type { JobCommand, JobProgress } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'

const FLUSH_MS = 250
const RETRY_MS = 1_000
/** One INSERT carries at most this many lines */
const BATCH = 1_000
/** While the control database is away, lines are kept; beyond this, only those that are not detail. */
const KEPT_LINES = 50_000

export type EndOfLease = 'cancel' | 'lost' | 'shutdown'

export type Reporter = ReturnType<typeof openReporter>

/** Reports at least every two seconds; keeps what could not be written and writes it later: nothing is lost silently. */
export function openReporter(db: Db, job: ClaimedJob, workerId: string) {
  const abort = new AbortController()
  let progress: JobProgress = job.progress ?? enterPhase({ steps: [] }, 'claim', job.createdAt)
  let dirty = true
  let pendingCommand: JobCommand | undefined
  let events: JobEventInput[] = []
  let lastReport = 0
  let writing: Promise<void> | null = null
  let isSealed = false

  function take(): Report {
    const batch = { progress: dirty ? progress : undefined, events: events.slice(0, BATCH), command: pendingCommand }
    events = events.slice(BATCH)
    dirty = false
    pendingCommand = undefined
    return batch
  }

  function giveBack(batch: Report): void {
    events = [...(batch.events ?? []), ...events]
    dirty ||= batch.progress !== undefined
    pendingCommand ??= batch.command
  }

  async function write(): Promise<void> {
    const batch = take()
    lastReport = Date.now()
    try {
      obey(await report(db, job.id, workerId, batch))
    } catch (error) {
      giveBack(batch)
      logger.warn({ job: job.id.toString(), error: String(error) }, 'report not written, kept for later')
    }
  }

  function obey(standing: Standing): void {
    if (standing !== 'held') end(standing)
  }

  function end(reason: EndOfLease): void {
    if (!isSealed && !abort.signal.aborted) abort.abort(reason)
  }

  function tick(): void {
    const due = dirty || events.length > 0 || pendingCommand || Date.now() - lastReport >= HEARTBEAT_MS
    if (due && !writing) writing = write().finally(() => (writing = null))
  }

  const timer = setInterval(tick, FLUSH_MS)

  return {
    signal: abort.signal,
    get progress() {
      return progress
    },
    setProgress(next: JobProgress) {
      progress = next
      dirty = true
    },
    add(event: JobEventInput) {
      if (event.level === 'detail' && events.length >= KEPT_LINES) return
      events.push(event)
    },
    setCommand(command: JobCommand) {
      pendingCommand = command
      tick()
    },
    stop: end,
    /** Nothing ends it before its own end any more. False when something has already. */
    seal(): boolean {
      isSealed = !abort.signal.aborted
      return isSealed
    },
    /** Writes what is left and ends the job; waits for a control database that is away. Gives up only when told to. */
    async finish(outcome: Outcome, giveUp: AbortSignal): Promise<void> {
      clearInterval(timer)
      await writing
      progress = endPhase(progress, new Date())
      for (dirty = true; ; await pause(RETRY_MS)) {
        try {
          while (events.length > BATCH) await writeFully()
          const held = await finishJob(db, job.id, workerId, outcome, { progress, events })
          if (!held) logger.warn({ job: job.id.toString() }, 'the lease was lost: somebody else ended this job')
          return
        } catch (error) {
          logger.warn({ job: job.id.toString(), error: String(error) }, 'the end of the job is not written yet')
          if (giveUp.aborted) return
        }
      }
    },
  }

  async function writeFully(): Promise<void> {
    const batch = take()
    try {
      await report(db, job.id, workerId, batch)
    } catch (error) {
      giveBack(batch)
      throw error
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
