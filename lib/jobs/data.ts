import type { Db } from '@/lib/db'
import type { Job, JobEvent, Prisma } from '@/lib/generated/prisma/client'
import { isLost } from './rules'
import {
  type JobKind, type JobLane, type JobStatus, type JobTrigger,
  jobCommandSchema, jobFailureSchema, jobKindSchema, jobProgressSchema, jobRequestSchema, jobResultSchema, jobTriggerSchema,
} from './schema'
import type { TailJob } from './tail/schema'

/** A job as readers see it: parsed, ids as text so that it survives JSON, `lost` derived from the lease. */
export type JobView = TailJob

/** Made once: to make a schema takes far longer than to parse with it. */
const maybe = {
  progress: jobProgressSchema.nullable(), result: jobResultSchema.nullable(), failure: jobFailureSchema.nullable(),
  command: jobCommandSchema.nullable(),
}

export function toJobView(job: Job, now: Date): JobView {
  return {
    id: job.id.toString(),
    stanza: job.stanzaName,
    kind: jobKindSchema.parse(job.kind),
    status: job.status,
    lost: isLost(job, now),
    request: jobRequestSchema.parse(job.request),
    progress: maybe.progress.parse(job.progress),
    // What a running job has prepared is no result yet.
    result: maybe.result.parse(job.finishedAt && job.result),
    failure: maybe.failure.parse(job.failure),
    command: maybe.command.parse(job.command),
    trigger: jobTriggerSchema.parse(job.trigger),
    reason: job.reason,
    actorName: job.actorName,
    workerName: job.workerName,
    retryOf: job.retryOf?.toString() ?? null,
    createdAt: job.createdAt,
    claimedAt: job.claimedAt,
    heartbeatAt: job.heartbeatAt,
    cancelRequestedAt: job.cancelRequestedAt,
    cancelRequestedBy: job.cancelRequestedBy,
    finishedAt: job.finishedAt,
  }
}

export async function getJob(db: Db, id: bigint, now: Date): Promise<JobView | null> {
  const job = await db.job.findUnique({ where: { id } })
  return job && toJobView(job, now)
}

export type EventView = Pick<JobEvent, 'seq' | 'at' | 'source' | 'level' | 'process' | 'message'>
export type JobTail = { job: JobView; events: EventView[]; more: boolean; now: Date }

/** The job and its events after `after`, in one snapshot; at most `limit` events (`more` says there are others). */
export async function readJobTail(db: Db, id: bigint, after: number, now: Date, limit = 2_000): Promise<JobTail | null> {
  return db.$transaction(
    async (tx) => {
      const job = await tx.job.findUnique({ where: { id } })
      if (!job) return null
      const rows = await tx.jobEvent.findMany({
        where: { jobId: id, seq: { gt: after } },
        orderBy: { seq: 'asc' },
        take: limit + 1,
        omit: { jobId: true },
      })
      return { job: toJobView(job, now), events: rows.slice(0, limit), more: rows.length > limit, now }
    },
    { isolationLevel: 'RepeatableRead' },
  )
}

export type JobFilter = {
  kinds?: JobKind[]
  statuses?: JobStatus[]
  triggers?: JobTrigger[]
  /** Part of a reason or of a name, or a job's number */
  search?: string
}

export type JobPage = {
  jobs: JobView[]
  /** `before` of the older page, `after` of the newer one; null where there is none */
  next: string | null
  previous: string | null
  /** Where a search ended before it had a page: no job older than this one was looked at */
  searchedTo: string | null
}

type Cursor = { before?: bigint; after?: bigint; limit?: number }

/** A page of a search reads at most this many jobs: parts of words have no index, and a rare one would read them all. */
const SEARCH_SPAN = 5_000n

/** Newest first, keyset pagination: `before` is the last id of the page above, `after` the first id of the page below. */
export async function listJobs(
  db: Db,
  stanza: string,
  filter: JobFilter,
  now: Date,
  { before, after, limit = 50 }: Cursor = {},
): Promise<JobPage> {
  const newest = await findNewestId(db, stanza)
  const span = filter.search || filter.triggers?.length ? SEARCH_SPAN : newest + 1n
  const read = (id: Prisma.BigIntFilter, order: Prisma.SortOrder) =>
    db.job.findMany({ where: { AND: [toWhere(stanza, filter), { id }] }, orderBy: { id: order }, take: limit + 1 })

  if (after !== undefined) {
    const rows = await read({ gt: after, lte: after + span }, 'asc')
    const jobs = rows.slice(0, limit).toReversed().map((job) => toJobView(job, now))
    const next = jobs.at(-1)?.id ?? (after + 1n).toString()
    if (rows.length > limit) return { jobs, next, previous: jobs[0]?.id ?? null, searchedTo: null }
    if (after + span < newest) return { jobs, next, previous: (after + span).toString(), searchedTo: null }
  }
  // Going up ends at the newest page, which is always full.
  const top = before ?? newest + 1n
  const rows = await read({ lt: top, gte: top - span }, 'desc')
  const jobs = rows.slice(0, limit).map((job) => toJobView(job, now))
  const previous = before === undefined ? null : (jobs[0]?.id ?? before.toString())
  if (rows.length > limit) return { jobs, next: jobs.at(-1)?.id ?? null, previous, searchedTo: null }
  const searchedTo = top - span > 1n ? (top - span).toString() : null
  return { jobs, next: searchedTo, previous, searchedTo }
}

async function findNewestId(db: Db, stanza: string): Promise<bigint> {
  const newest = await db.job.findFirst({ where: { stanzaName: stanza }, orderBy: { id: 'desc' }, select: { id: true } })
  return newest?.id ?? 0n
}

/** Jobs that match, counted up to `cap`: an exact count of a long log is not worth its time. */
export async function countJobs(db: Db, stanza: string, filter: JobFilter, cap = 10_000): Promise<number> {
  return db.job.count({ where: toWhere(stanza, filter), take: cap })
}

function toWhere(stanza: string, { kinds, statuses, triggers, search }: JobFilter): Prisma.JobWhereInput {
  return {
    stanzaName: stanza,
    ...(kinds?.length && { kind: { in: kinds } }),
    ...(statuses?.length && { status: { in: statuses } }),
    ...(triggers?.length && { trigger: { in: triggers } }),
    ...(search && { OR: searchTerms(search) }),
  }
}

function searchTerms(search: string): Prisma.JobWhereInput[] {
  const contains = search.replaceAll(/[\\%_]/g, String.raw`\$&`)
  const text: Prisma.JobWhereInput[] = [
    { reason: { contains, mode: 'insensitive' } },
    { actorName: { contains, mode: 'insensitive' } },
  ]
  return /^\d{1,18}$/.test(search) ? [...text, { id: BigInt(search) }] : text
}

/** What runs or waits now, running first, oldest first. */
export async function listActiveJobs(db: Db, stanza: string, now: Date): Promise<JobView[]> {
  const rows = await db.job.findMany({
    where: { stanzaName: stanza, status: { in: ['QUEUED', 'RUNNING'] } },
    orderBy: [{ status: 'desc' }, { id: 'asc' }],
    take: 20,
  })
  return rows.map((job) => toJobView(job, now))
}

/** Of the person who asked for it; null where that was nobody with an account here. */
export async function findActorEmail(db: Db, id: bigint): Promise<string | null> {
  const job = await db.job.findUnique({ where: { id }, select: { actorKind: true, actorId: true } })
  if (job?.actorKind !== 'user' || !job.actorId) return null
  return (await db.user.findUnique({ where: { id: job.actorId }, select: { email: true } }))?.email ?? null
}

/** Whether the rescue of that job was taken back. */
export async function isUndone(db: Db, stanza: string, rescue: string): Promise<boolean> {
  const request: Prisma.InputJsonValue = { kind: 'undo-rescue', rescue }
  return (await db.job.count({ where: { stanzaName: stanza, kind: 'undo-rescue', status: 'SUCCEEDED', request: { equals: request } } })) > 0
}

/** What runs in a lane now. */
export async function listRunning(db: Db, stanza: string, lane: JobLane): Promise<{ id: bigint; kind: string }[]> {
  return db.job.findMany({ where: { stanzaName: stanza, lane, status: 'RUNNING' }, select: { id: true, kind: true } })
}
