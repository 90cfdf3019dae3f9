/** Each check asks one question of the facts; what it finds wrong is a reason. Facts go in, nothing is read here. */
import { LEASE_SECONDS } from '@/lib/jobs/rules'
import type { BackupType, JobFailure, JobKind } from '@/lib/jobs/schema'
import { lastDueTick, maxAge } from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'
import { findShopDisk } from '../disk/rules'
import type { CheckId, ClusterObservation, Reason, SetFact } from '../schema'

const SECOND = 1_000
/** A worker that lives but has not looked at the cluster for this long knows nothing about it. */
export const OBSERVATION_SECONDS = 60
/** How late a segment may reach the archive. */
export const ARCHIVE_GRACE_SECONDS = 60
/** One segment waits for a moment now and then; so many mean that archiving does not keep up. */
export const WAITING_LIMIT = 16

/** By pgBackRest's code, whether a repository answers: 0 ok, 2 no valid backups yet. */
export function isReadable(statusCode: number): boolean {
  return statusCode === 0 || statusCode === 2
}

export type EndedBackup = {
  id: string
  type: BackupType
  repo: number
  startedAt: Date
  finishedAt: Date
  failure: JobFailure | null
}

type RepositoryFact = {
  key: number
  statusCode: number
  statusMessage: string
  diskFree: number | null
  newestFullSize: number | null
}

export type HealthFacts = {
  /** Since when this stanza is looked after */
  since: Date
  worker: { heartbeatAt: Date; stoppedAt: Date | null } | null
  observedAt: Date | null
  cluster: ClusterObservation | null
  policy: Policy | null
  /** Sets that stand in the repositories now, and whether there ever was one */
  setCount: number
  hadSets: boolean
  /** The newest set that can bring back the running shop */
  newest: SetFact | null
  /** The newest sets, be they usable or not; newest first */
  made: (SetFact & { error: boolean })[]
  /** The backup job that ended last for each repository; newest first */
  ended: EndedBackup[]
  /** When the backup that runs or waits now was asked for */
  activeSince: Date | null
  /** The job that exchanges the shop now */
  exchange: { kind: JobKind; jobId: string; since: Date } | null
  /** Bytes */
  repositories: RepositoryFact[]
}

/** There never was a set, and none is overdue. */
export function isFirstRun(facts: HealthFacts, now: Date): boolean {
  return !facts.hadSets && !overdueTick(facts, now)
}

/** Null where the answer cannot be had; what stands in the way is another check's reason. */
type Finder = (facts: HealthFacts, now: Date) => Reason[] | null

/** One question each. */
export const finders: Record<CheckId, Finder> = {
  archive: findArchive,
  'newest-set': findNewestSet,
  'last-backup': findLastBackup,
  schedule: findSchedule,
  repository: findRepositories,
  space: findSpace,
  database: findDatabase,
  worker: findWorker,
}

function isOlderThan(date: Date, seconds: number, now: Date): boolean {
  return now.getTime() - date.getTime() > seconds * SECOND
}

export function findWorker({ worker, observedAt }: HealthFacts, now: Date): Reason[] {
  if (!worker || worker.stoppedAt || isOlderThan(worker.heartbeatAt, LEASE_SECONDS, now)) {
    return [{ code: 'worker-silent', severity: 'unknown', since: worker?.heartbeatAt ?? null }]
  }
  if (!observedAt || isOlderThan(observedAt, OBSERVATION_SECONDS, now)) {
    return [{ code: 'observation-stale', severity: 'unknown', since: observedAt }]
  }
  return []
}

/** While the shop is being exchanged PostgreSQL is away because that was asked for. */
function findDatabase({ cluster, exchange }: HealthFacts): Reason[] {
  if (exchange && (!cluster?.up || cluster.inRecovery)) return [{ code: 'shop-exchange', severity: 'warn', ...exchange }]
  if (cluster?.lost) return [{ code: 'shop-lost', severity: 'bad' }]
  if (!cluster?.up) return [{ code: 'database-down', severity: 'warn', detail: cluster?.error ?? null }]
  return cluster.inRecovery ? [{ code: 'database-in-recovery', severity: 'warn' }] : []
}

export function findArchive({ cluster }: Pick<HealthFacts, 'cluster'>, now: Date): Reason[] | null {
  if (!cluster?.up) return null
  const { archiver, archiveTimeout = 0 } = cluster
  if (!archiver) return [{ code: 'archive-unread', severity: 'warn' }]
  if (archiver.mode === 'off') return [{ code: 'archive-off', severity: 'bad', mode: archiver.mode }]
  if (!archiver.commandSet) return [{ code: 'archive-command-missing', severity: 'bad' }]

  const { lastArchivedAt, lastFailedAt, lastFailedWal: wal, waiting, failedCount: failures } = archiver
  const since = lastArchivedAt ? new Date(lastArchivedAt) : null
  const failedAt = lastFailedAt ? new Date(lastFailedAt) : null
  const isLate = !since || isOlderThan(since, archiveTimeout + ARCHIVE_GRACE_SECONDS, now)
  if (failedAt && (!since || failedAt > since)) {
    return [{ code: 'archive-failing', severity: isLate ? 'bad' : 'warn', since, failedAt, wal, waiting, failures }]
  }
  // A single waiting segment may be one that was finished this moment, after hours without a sale.
  const isBehind = waiting > WAITING_LIMIT || (waiting > 1 && archiveTimeout > 0 && isLate)
  return isBehind ? [{ code: 'archive-behind', severity: 'warn', since, waiting }] : []
}

function findNewestSet(facts: HealthFacts, now: Date): Reason[] | null {
  const { newest, made, setCount, policy } = facts
  if (!newest && setCount === 0) return [{ code: 'no-set', severity: isFirstRun(facts, now) ? 'warn' : 'bad' }]
  if (!newest && !facts.cluster?.systemId) return null
  if (!newest) return [{ code: 'no-usable-set', severity: 'bad', sets: setCount }]
  const reasons: Reason[] = []
  const { stoppedAt } = newest
  const limit = policy && maxAge(policy, now)
  if (limit && now.getTime() - stoppedAt.getTime() > limit) {
    reasons.push({ code: 'set-too-old', severity: 'warn', ...identityOf(newest), maxAge: limit })
  }
  const damaged = made.find((set) => set.error && set.stoppedAt > stoppedAt)
  if (damaged) reasons.push({ code: 'set-damaged', severity: 'warn', ...identityOf(damaged) })
  return reasons
}

function identityOf({ label, repoKey, stoppedAt }: SetFact) {
  return { label, repoKey, stoppedAt }
}

/** A failed backup counts until its repository has a set that was made after it. */
function findLastBackup({ ended, made }: HealthFacts): Reason[] {
  return ended.flatMap(({ id: jobId, type, repo, startedAt, finishedAt: failedAt, failure }) => {
    if (!failure || made.some((set) => set.repoKey === repo && set.stoppedAt > failedAt)) return []
    return [{ code: 'backup-failed', severity: 'warn', jobId, type, repo, startedAt, failedAt, failure }]
  })
}

function findSchedule(facts: HealthFacts, now: Date): Reason[] {
  const { policy } = facts
  if (!policy || (!policy.schedules.full && !policy.schedules.diff)) return [{ code: 'schedule-missing', severity: 'warn' }]
  const tick = overdueTick(facts, now)
  return tick ? [{ code: 'schedule-overdue', severity: 'warn', tick: tick.at, type: tick.type }] : []
}

/** The tick that nothing followed, though its grace is over. Whether what followed was good is another question. */
function overdueTick({ policy, since, made, ended, activeSince }: HealthFacts, now: Date) {
  const due = policy && lastDueTick(policy, now)
  if (!due || due.at < since || (policy.since && due.at < new Date(policy.since))) return null
  const begun = [...made, ...ended].map(({ startedAt }) => startedAt)
  return begun.concat(activeSince ?? []).some((at) => at >= due.at) ? null : due
}

function findRepositories({ repositories, cluster }: HealthFacts): Reason[] {
  const failed = repositories.filter(({ statusCode }) => !isReadable(statusCode))
  const severity = failed.length === repositories.length ? 'bad' : 'warn'
  const reasons = failed.map(({ key, statusCode, statusMessage }): Reason => {
    return { code: 'repository-failed', severity, key, statusCode, statusMessage }
  })
  return [...findOtherHost(cluster), ...reasons]
}

function findOtherHost(cluster: ClusterObservation | null): Reason[] {
  const { otherHost, lost, timeline: own = 0 } = cluster ?? {}
  if (!otherHost) return []
  const place = lost ? 'lost' : otherHost.timeline === own ? 'same' : 'apart'
  return [{ code: 'other-host', severity: 'bad', place, own, ...otherHost, at: new Date(otherHost.at) }]
}

function findSpace({ repositories, cluster }: HealthFacts, now: Date): Reason[] {
  return [...findShopDisk(cluster, findArchive({ cluster }, now), now), ...repositories.flatMap(findRepositorySpace)]
}

/** Room for less than two more fulls: the next one may still fit, the one after it will not. */
function findRepositorySpace({ key, diskFree: free, newestFullSize }: RepositoryFact): Reason[] {
  const needed = 2 * (newestFullSize ?? 0)
  return free !== null && free < needed ? [{ code: 'repository-full', severity: 'warn', key, free, needed }] : []
}
