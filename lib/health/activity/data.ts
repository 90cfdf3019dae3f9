/** Jobs as the overview tells them: read often, so only what it shows is fetched. */
import { isLost } from '@/lib/jobs/rules'
import {
  type JobStatus, backupTypeSchema, failureCodeSchema, jobKindSchema, jobProgressSchema, jobTriggerSchema,
} from '@/lib/jobs/schema'
import { Prisma } from '@/lib/generated/prisma/client'
import { targetSchema } from '@/lib/restore/schema'
import type { OverviewJob } from '../schema'

const RECENT = 8
const MOST_ACTIVE = 20

export type JobRow = Omit<OverviewJob, 'kind' | 'lost' | 'type' | 'target' | 'trigger' | 'progress' | 'failure'> & {
  kind: string
  type: string | null
  target: unknown
  trigger: string
  progress: unknown
  failure: string | null
}

const columns = Prisma.sql`
  "id"::text AS "id", "kind", "status"::text AS "status", COALESCE("result"->>'type', "request"->>'type') AS "type",
  ("request"->>'repo')::int AS "repo", COALESCE("request"->'wish'->'target',
    CASE WHEN "kind" = 'restore-point' THEN jsonb_build_object('type', 'name', 'name', "request"->>'name') END) AS "target",
  CASE WHEN "status" = 'RUNNING' THEN "progress" END AS "progress",
  ("result"->>'repositoryDelta')::float8 AS "size", ("result"->>'downtimeMs')::float8 AS "downtime", "failure"->>'code' AS "failure", "trigger", "reason", "actorName",
  "createdAt", "claimedAt", "heartbeatAt", "finishedAt", "cancelRequestedAt"`

/** What runs or waits now, running first, oldest first. */
export function activeJobs(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT ${columns} FROM "job" WHERE "stanza" = ${stanza} AND "status" IN ('QUEUED', 'RUNNING')
    ORDER BY "job"."status" DESC, "job"."id" LIMIT ${MOST_ACTIVE}`
}

/** The newest jobs that somebody or a schedule asked for. */
export function recentJobs(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT ${columns} FROM "job" WHERE "stanza" = ${stanza} AND "kind" <> 'sync-catalog' ORDER BY "job"."id" DESC LIMIT ${RECENT}`
}

const maybe = { type: backupTypeSchema.nullable(), target: targetSchema.nullable(), failure: failureCodeSchema.nullable() }

export function toOverviewJob({ kind, type, target, trigger, failure, progress, ...row }: JobRow, now: Date): OverviewJob {
  return {
    ...row,
    kind: jobKindSchema.parse(kind),
    type: maybe.type.parse(type),
    target: maybe.target.parse(target),
    trigger: jobTriggerSchema.parse(trigger),
    failure: maybe.failure.parse(failure),
    progress: toProgress(progress),
    lost: isLost({ status: row.status as JobStatus, heartbeatAt: row.heartbeatAt }, now),
  }
}

function toProgress(json: unknown): OverviewJob['progress'] {
  if (json === null) return null
  const { steps, percent, bytesDone, bytesTotal, rate, secondsLeft, replayedAt } = jobProgressSchema.parse(json)
  return {
    phase: steps.at(-1)?.phase ?? null,
    percent: percent ?? null,
    bytesDone: bytesDone ?? null,
    bytesTotal: bytesTotal ?? null,
    rate: rate ?? null,
    secondsLeft: secondsLeft ?? null,
    replayedAt: replayedAt ? new Date(replayedAt) : null,
  }
}
