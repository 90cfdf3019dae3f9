import { listRepositories } from '@/lib/backups/data'
import { isOnLiveLineage } from '@/lib/backups/rules'
import type { Db } from '@/lib/db'
import { jobFailureSchema, jobRequestSchema } from '@/lib/jobs/schema'
import { nextPolicyTick, scheduleShape } from '@/lib/policy/rules'
import { type Policy, policySchema } from '@/lib/policy/schema'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { listActive, listRecent } from './activity/data'
import { findNewestUsable, firstOfEach, hasExpiredSets, listNewestSets, sumSets, toSetFact } from './catalog/data'
import type { EndedBackup, HealthFacts } from './checks/rules'
import { verdict } from './rules'
import { type Overview, type Status, clusterObservationSchema } from './schema'
import { readStripRows } from './strip/data'
import { dayStrip, stripTicks } from './strip/rules'

/** How many of the newest jobs are looked at. */
const NEWEST = 8

/** Everything the overview shows, in one round of small queries. A stanza that nobody has spoken of is `unknown`. */
export async function readOverview(db: Db, stanza: string, now: Date): Promise<Overview> {
  const [{ facts, active, worker, repositories, timeZone }, fulls, recent, stripRows] = await Promise.all([
    readHealth(db, stanza, now),
    listNewestSets(db, stanza, 'full'),
    listRecent(db, stanza, now),
    readStripRows(db, stanza, now),
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
    recent,
    strip: dayStrip({ ...stripRows, ticks, running, since: facts.since }, now, timeZone),
    sizes: stripRows.sets.filter(({ repoKey }) => repoKey === facts.newest?.repoKey).map(({ size }) => size),
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

async function readHealth(db: Db, stanza: string, now: Date) {
  const [row, worker, repositories, totals, newestSets, active, ended] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza } }),
    db.worker.findFirst({
      where: { stanzaName: stanza }, orderBy: { heartbeatAt: 'desc' }, select: { name: true, heartbeatAt: true, stoppedAt: true },
    }),
    listRepositories(db, stanza),
    sumSets(db, stanza),
    listNewestSets(db, stanza),
    listActive(db, stanza, now),
    listEndedBackups(db, stanza),
  ])
  const cluster = row?.observation ? clusterObservationSchema.parse(row.observation) : null
  const setCount = totals.reduce((sum, { sets }) => sum + sets, 0)
  const totalOf = (key: number) => totals.find(({ repoKey }) => repoKey === key)
  const facts: HealthFacts = {
    since: row?.createdAt ?? now,
    worker,
    observedAt: row?.observedAt ?? null,
    cluster,
    policy: row?.policy ? policySchema.parse(row.policy) : null,
    setCount,
    hadSets: newestSets.length > 0 || (await hasExpiredSets(db, stanza)),
    newest: cluster && (await findNewestUsable(db, stanza, newestSets, cluster, setCount)),
    made: newestSets.map((set) => ({ ...toSetFact(set), error: set.error })),
    ended: firstOfEach(ended, ({ repo }) => repo),
    activeSince: active.find(({ kind }) => kind === 'backup')?.createdAt ?? null,
    repositories: repositories.map((repository) => ({
      ...repository, newestFullSize: totalOf(repository.key)?.newestFull ?? null,
    })),
  }
  return {
    facts,
    active,
    worker,
    repositories: repositories.map(({ archiveMin: _min, archiveMax: _max, ...repository }) => ({
      ...repository, sets: totalOf(repository.key)?.sets ?? 0, size: totalOf(repository.key)?.size ?? 0,
    })),
    timeZone: shopProfileSchema.parse(row?.shop ?? {}).timeZone,
  }
}

/** Those that ran to an end of their own; one that was cancelled says nothing about the next. */
async function listEndedBackups(db: Db, stanza: string): Promise<EndedBackup[]> {
  const rows = await db.job.findMany({
    where: { stanzaName: stanza, kind: 'backup', status: { in: ['SUCCEEDED', 'FAILED'] } },
    orderBy: { id: 'desc' },
    take: NEWEST,
    select: { id: true, request: true, createdAt: true, finishedAt: true, failure: true },
  })
  return rows.flatMap(({ id, createdAt, finishedAt, ...row }) => {
    const request = jobRequestSchema.parse(row.request)
    if (request.kind !== 'backup' || !finishedAt) return []
    const failure = jobFailureSchema.nullable().parse(row.failure)
    return [{ id: id.toString(), type: request.type, repo: request.repo, startedAt: createdAt, finishedAt, failure }]
  })
}
