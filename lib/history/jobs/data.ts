import type { Db } from '@/lib/db'
import { type JobFilter, type JobView, countJobs, listJobs } from '@/lib/jobs/data'
import { targetOf } from '@/lib/jobs/rules'
import type { JobList, JobSummary } from './schema'

const COUNTED = 10_000

export async function readJobList(
  db: Db, stanza: string, filter: JobFilter, cursor: { before?: bigint; after?: bigint }, now: Date,
): Promise<JobList> {
  // A search reads no further than its page; to count all that match, it would have to.
  const countable = !filter.search && !filter.triggers?.length
  const [{ jobs, ...page }, count] = await Promise.all([
    listJobs(db, stanza, filter, now, cursor),
    countable ? countJobs(db, stanza, filter, COUNTED) : null,
  ])
  return { now, jobs: jobs.map(summarize), ...page, total: count === null ? null : { count, capped: count === COUNTED } }
}

function summarize({ request, progress, result, failure, ...job }: JobView): JobSummary {
  const { id, kind, status, lost, trigger, reason, actorName, createdAt, claimedAt, finishedAt, cancelRequestedAt } = job
  return {
    id, kind, status, lost, trigger, reason, actorName, createdAt, claimedAt, finishedAt, cancelRequestedAt,
    type: request.kind === 'backup' ? request.type : null,
    repo: request.kind === 'backup' ? request.repo : null,
    target: targetOf(request),
    percent: progress?.percent ?? null,
    stored: result?.kind === 'backup' ? result.repositoryDelta : null,
    downtime: result && 'downtimeMs' in result ? result.downtimeMs : null,
    failure: failure && { code: failure.code, params: failure.params },
  }
}
