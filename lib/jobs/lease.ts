/** Every write of a job that runs. Each is compare-and-swap: it holds only while the caller holds the lease. */
import type { Db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { JobEventInput } from './event/schema'
import { LEASE_SECONDS, adoptedKinds, exclusiveKinds } from './rules'
import {
  type JobCommand, type JobFailure, type JobLane, type JobProgress, type JobRequest, type JobResult, type JobTrigger,
  jobCommandSchema, jobFailureSchema, jobProgressSchema, jobRequestSchema, jobResultSchema,
} from './schema'

export type ClaimedJob = {
  id: bigint
  stanza: string
  request: JobRequest
  trigger: JobTrigger
  reason: string | null
  actorName: string
  createdAt: Date
  claimedAt: Date
  /** Begun by a worker that is gone; `progress` is what that one had reported */
  isAdopted: boolean
  progress: JobProgress | null
  /** What that one had prepared: see prepareJob */
  prepared: JobResult | null
}

export type WorkerIdentity = { id: string; name: string }

const SILENT = Prisma.sql`"heartbeatAt" < clock_timestamp() - make_interval(secs => ${LEASE_SECONDS}::int)`
const LOST = Prisma.sql`"status" = 'RUNNING' AND "kind" <> ALL(${[...adoptedKinds]}) AND ${SILENT}`
const EXPIRED = Prisma.sql`"status" = 'QUEUED' AND "expiresAt" < clock_timestamp()`

export type Pulse = {
  /** Those with something to take, or to take over */
  lanes: JobLane[]
  /** There is something that failLostJobs ends */
  isAnyLost: boolean
}

/** Says that the worker lives, and tells what there is to do. Asked every two seconds, hence one statement. */
export async function beat(db: Db, stanza: string, workerId: string): Promise<Pulse> {
  const [pulse] = await db.$queryRaw<Pulse[]>`
    WITH "beat" AS (UPDATE "worker" SET "heartbeatAt" = clock_timestamp() WHERE "id" = ${workerId})
    SELECT COALESCE(array_agg(DISTINCT "lane"::text) FILTER (WHERE "status" = 'QUEUED' OR ("kind" = ANY(${[...adoptedKinds]}) AND ${SILENT})),
        '{}') AS "lanes", COALESCE(bool_or((${LOST}) OR (${EXPIRED})), FALSE) AS "isAnyLost"
    FROM "job" WHERE "stanza" = ${stanza} AND "status" IN ('QUEUED', 'RUNNING')`
  return pulse ?? { lanes: [], isAnyLost: false }
}

const CLAIMED = Prisma.sql`"id", "stanza", "request", "trigger", "reason", "actorName", "createdAt", "claimedAt", "progress", "result"`

type Parsed = 'request' | 'progress' | 'prepared'
type ClaimedRow = Omit<ClaimedJob, Parsed | 'isAdopted'> & { request: unknown; progress: unknown; result: unknown }

/**
 * Takes the oldest queued job of a lane, if the lane is free. Two workers racing: one gets it, the other null. While the shop is
 * being exchanged the repository's lane is not free; claims are made one after the other, so that neither side misses the other.
 */
export async function claimNextJob(db: Db, stanza: string, lane: JobLane, worker: WorkerIdentity): Promise<ClaimedJob | null> {
  try {
    const [row] = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`claim ${stanza}`}, 0))`
      return tx.$queryRaw<ClaimedRow[]>`
        UPDATE "job" SET "status" = 'RUNNING', "claimedBy" = ${worker.id}, "workerName" = ${worker.name},
          "claimedAt" = clock_timestamp(), "heartbeatAt" = clock_timestamp()
        WHERE "id" = (
          SELECT "id" FROM "job"
          WHERE "stanza" = ${stanza} AND "lane" = ${lane}::"JobLane" AND "status" = 'QUEUED'
            AND ("expiresAt" IS NULL OR "expiresAt" > clock_timestamp())
            AND NOT (${lane} = 'repository' AND EXISTS (
              SELECT FROM "job" o WHERE o."stanza" = ${stanza} AND o."status" = 'RUNNING' AND o."kind" = ANY(${[...exclusiveKinds]})))
          ORDER BY "id" LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING ${CLAIMED}`
    })
    return row ? toClaimed(row, false) : null
  } catch (error) {
    if (isLaneBusy(error)) return null
    throw error
  }
}

/** Takes over what changes the shop and lost its worker: somebody has to bring it to its end, and to say how it ended. */
export async function adoptJob(db: Db, stanza: string, worker: WorkerIdentity): Promise<ClaimedJob | null> {
  const [row] = await db.$queryRaw<ClaimedRow[]>`
    UPDATE "job" SET "claimedBy" = ${worker.id}, "workerName" = ${worker.name}, "heartbeatAt" = clock_timestamp()
    WHERE "stanza" = ${stanza} AND "status" = 'RUNNING' AND "kind" = ANY(${[...adoptedKinds]}) AND ${SILENT}
    RETURNING ${CLAIMED}`
  return row ? toClaimed(row, true) : null
}

function toClaimed(row: ClaimedRow, isAdopted: boolean): ClaimedJob {
  const { request, progress, result, ...rest } = row
  return {
    ...rest, isAdopted, request: jobRequestSchema.parse(request), progress: jobProgressSchema.nullable().parse(progress),
    prepared: jobResultSchema.nullable().parse(result),
  }
}

/** The partial unique index refused a second running job in the lane. */
function isLaneBusy(error: unknown): boolean {
  return error instanceof Error && error.message.includes('job_one_running_per_lane')
}

export type Report = { progress?: JobProgress; events?: JobEventInput[]; command?: JobCommand }
export type Standing = 'held' | 'cancel' | 'lost'

/**
 * Heartbeat, progress and events out; the cancel flag in. One transaction.
 * `lost`: the job is no longer the caller's, stop what it does. Throws when the control database cannot be reached.
 */
export async function report(db: Db, jobId: bigint, workerId: string, { progress, events = [], command }: Report): Promise<Standing> {
  return db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ cancelRequestedAt: Date | null; lastSeq: number }[]>`
      UPDATE "job" SET "heartbeatAt" = clock_timestamp(),
        "progress" = COALESCE(${progress ? JSON.stringify(jobProgressSchema.parse(progress)) : null}::jsonb, "progress"),
        "command" = COALESCE(${command ? JSON.stringify(jobCommandSchema.parse(command)) : null}::jsonb, "command"),
        "lastSeq" = "lastSeq" + ${events.length}
      WHERE "id" = ${jobId} AND "status" = 'RUNNING' AND "claimedBy" = ${workerId}
      RETURNING "cancelRequestedAt", "lastSeq"`
    if (!row) return 'lost'
    await insertEvents(tx, jobId, row.lastSeq - events.length, events)
    return row.cancelRequestedAt ? 'cancel' : 'held'
  })
}

async function insertEvents(tx: Prisma.TransactionClient, jobId: bigint, lastSeq: number, events: JobEventInput[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event, index) => ({ ...event, seq: lastSeq + index + 1 }))
  // As one value: the query compiler would keep the memory that a thousand rows of parameters take.
  await tx.$executeRaw`
    INSERT INTO "job_event" ("jobId", "seq", "at", "source", "level", "process", "message")
    SELECT ${jobId}, e."seq", e."at", e."source", e."level", e."process", e."message" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS e("seq" int, "at" timestamptz(3), "source" text, "level" text, "process" text, "message" text)`
}

/**
 * Keeps what the result will be once the shop has committed it: should the worker die in between, the next one knows. False when
 * the lease was lost.
 */
export async function prepareJob(db: Db, jobId: bigint, workerId: string, result: JobResult): Promise<boolean> {
  const rows = await db.$executeRaw`
    UPDATE "job" SET "heartbeatAt" = clock_timestamp(), "result" = ${JSON.stringify(jobResultSchema.parse(result))}::jsonb
    WHERE "id" = ${jobId} AND "status" = 'RUNNING' AND "claimedBy" = ${workerId}`
  return rows > 0
}

export type Outcome =
  | { status: 'SUCCEEDED'; result: JobResult }
  | { status: 'FAILED'; failure: JobFailure }
  | { status: 'CANCELLED' }

/** Ends a job. Returns false when the lease was lost: somebody else has ended it. */
export async function finishJob(db: Db, jobId: bigint, workerId: string, outcome: Outcome, last: Report = {}): Promise<boolean> {
  const result = outcome.status === 'SUCCEEDED' ? JSON.stringify(jobResultSchema.parse(outcome.result)) : null
  const failure = outcome.status === 'FAILED' ? JSON.stringify(jobFailureSchema.parse(outcome.failure)) : null
  const events = last.events ?? []
  return db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ lastSeq: number }[]>`
      UPDATE "job" SET "status" = ${outcome.status}::"JobStatus", "finishedAt" = clock_timestamp(),
        "result" = ${result}::jsonb, "failure" = ${failure}::jsonb,
        "progress" = COALESCE(${last.progress ? JSON.stringify(jobProgressSchema.parse(last.progress)) : null}::jsonb, "progress"),
        "lastSeq" = "lastSeq" + ${events.length}
      WHERE "id" = ${jobId} AND "status" = 'RUNNING' AND "claimedBy" = ${workerId}
      RETURNING "lastSeq"`
    if (!row) return false
    await insertEvents(tx, jobId, row.lastSeq - events.length, events)
    return true
  })
}

/**
 * Writes down the jobs of workers that went silent, and the queued ones whose time is over. What changes the shop is left to whoever adopts it.
 * Call it only after having been connected for a whole lease: after an outage of the control database every lease looks old.
 */
export async function failLostJobs(db: Db, stanza: string): Promise<bigint[]> {
  const lost = await db.$queryRaw<{ id: bigint }[]>`
    UPDATE "job" SET "status" = 'FAILED', "finishedAt" = clock_timestamp(), "failure" = '{"code":"worker-lost"}'::jsonb
    WHERE "stanza" = ${stanza} AND ${LOST}
    RETURNING "id"`
  const expired = await db.$queryRaw<{ id: bigint }[]>`
    UPDATE "job" SET "status" = 'FAILED', "finishedAt" = clock_timestamp(), "failure" = '{"code":"queue-expired"}'::jsonb
    WHERE "stanza" = ${stanza} AND ${EXPIRED}
    RETURNING "id"`
  return [...lost, ...expired].map((row) => row.id)
}
