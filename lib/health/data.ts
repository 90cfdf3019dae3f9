import { isOnLiveLineage } from '@/lib/backups/rules'
import { type Db, readTogether } from '@/lib/db'
import { nextPolicyTick, scheduleShape } from '@/lib/policy/rules'
import type { Policy } from '@/lib/policy/schema'
import { type JobRow, recentJobs, toOverviewJob } from './activity/data'
import { toSetFact } from './catalog/data'
import { readHealth } from './facts/data'
import { verdict } from './rules'
import type { Overview, Status } from './schema'
import { type AttemptRow, listStripSets, stripAttempts, toAttempt } from './strip/data'
import { dayStrip, stripTicks } from './strip/rules'

/** Everything the overview shows, in three statements at once. A stanza that nobody has spoken of is `unknown`. */
export async function readOverview(db: Db, stanza: string, now: Date): Promise<Overview> {
  const [{ facts, active, worker, fulls, repositories, timeZone }, { recent, attempts }, sets] = await Promise.all([
    readHealth(db, stanza, now),
    readTogether<{ recent: JobRow; attempts: AttemptRow }>(db, {
      recent: recentJobs(stanza), attempts: stripAttempts(stanza, now),
    }),
    listStripSets(db, stanza, now),
  ])
  const backup = active.find(({ kind, status }) => kind === 'backup' && status === 'RUNNING')
  const running = backup?.type ? { since: backup.createdAt, type: backup.type } : null
  const newestFull = fulls.find((full) => facts.cluster && !full.error && isOnLiveLineage(full, facts.cluster))
  const ticks = stripTicks(facts.policy, facts.since, now)
  return {
    now,
    stanza,
    since: facts.since,
    verdict: verdict(facts, now),
    policy: facts.policy,
    next: facts.policy && nextRun(facts.policy, now, timeZone),
    worker,
    observedAt: facts.observedAt,
    cluster: facts.cluster,
    newest: facts.newest,
    newestFull: newestFull ? toSetFact(newestFull) : null,
    lastBackupAt: facts.ended[0]?.finishedAt ?? null,
    active,
    recent: recent.map((job) => toOverviewJob(job, now)),
    strip: dayStrip({ sets, attempts: attempts.map(toAttempt), ticks, running, since: facts.since }, now, timeZone),
    sizes: sets.filter(({ repoKey }) => repoKey === facts.newest?.repoKey).map(({ size }) => size),
    repositories,
  }
}

function nextRun(policy: Policy, now: Date, timeZone: string): Overview['next'] {
  const tick = nextPolicyTick(policy, now)
  const cron = tick && policy.schedules[tick.type]
  return cron ? { ...tick, schedule: scheduleShape(cron, policy, timeZone) } : null
}

/** The verdict and the two ages it rests on: what every page's header shows. */
export async function readStatus(db: Db, stanza: string, now: Date): Promise<Status> {
  const { facts, active } = await readHealth(db, stanza, now)
  const archivedAt = facts.cluster?.archiver?.lastArchivedAt
  const { state, reasons, lastKnown } = verdict(facts, now)
  return {
    now,
    verdict: { state, reasons, lastKnown },
    newestAt: facts.newest?.stoppedAt ?? null,
    archivedAt: archivedAt ? new Date(archivedAt) : null,
    active: active.length,
  }
}
