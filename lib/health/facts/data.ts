import { listRepositories } from '@/lib/backups/data'
import type { Db } from '@/lib/db'
import { exclusiveKinds } from '@/lib/jobs/rules'
import { backupTypeSchema, jobFailureSchema } from '@/lib/jobs/schema'
import { policySchema } from '@/lib/policy/schema'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { listActive } from '../activity/data'
import { findNewestUsable, firstOfEach, hasExpiredSets, listNewestSets, sumSets, toSetFact } from '../catalog/data'
import type { EndedBackup, HealthFacts } from '../checks/rules'
import { clusterObservationSchema } from '../schema'

/** How many of the newest backup jobs are looked at. */
const NEWEST = 8

/** The facts a verdict is made of, and the rows they were read from. */
export async function readHealth(db: Db, stanza: string, now: Date) {
  const rows = await readRows(db, stanza, now)
  const { row, worker, totals, newestSets, fulls, active, ended } = rows
  const cluster = row?.observation ? clusterObservationSchema.parse(row.observation) : null
  const exchange = active.find(({ kind, status }) => status === 'RUNNING' && exclusiveKinds.includes(kind))
  const setCount = totals.reduce((sum, { sets }) => sum + sets, 0)
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
    exchange: exchange ? { kind: exchange.kind, jobId: exchange.id, since: exchange.claimedAt ?? exchange.createdAt } : null,
    repositories: rows.repositories.map((repository) => {
      const full = fulls.find(({ repoKey }) => repoKey === repository.key)
      return { ...repository, newestFullSize: full?.size ?? null }
    }),
  }
  const repositories = rows.repositories.map(({ archiveMin: _min, archiveMax: _max, ...repository }) => {
    const total = totals.find(({ repoKey }) => repoKey === repository.key)
    return { ...repository, sets: total?.sets ?? 0, size: total?.size ?? 0 }
  })
  return { facts, fulls, active, worker, repositories, timeZone: shopProfileSchema.parse(row?.shop ?? {}).timeZone }
}

async function readRows(db: Db, stanza: string, now: Date) {
  const [row, worker, repositories, totals, { newestSets, fulls }, active, ended] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza } }),
    findLastWorker(db, stanza),
    listRepositories(db, stanza),
    sumSets(db, stanza),
    listNewestSets(db, stanza),
    listActive(db, stanza, now),
    listEndedBackups(db, stanza),
  ])
  return { row, worker, repositories, totals, newestSets, fulls, active, ended }
}

async function findLastWorker(db: Db, stanza: string) {
  const [worker] = await db.$queryRaw<{ name: string; heartbeatAt: Date; stoppedAt: Date | null }[]>`
    SELECT "name", "heartbeatAt", "stoppedAt" FROM "worker" WHERE "stanza" = ${stanza} ORDER BY "heartbeatAt" DESC LIMIT 1`
  return worker ?? null
}

/** Those that ran to an end of their own; one that was cancelled says nothing about the next. */
async function listEndedBackups(db: Db, stanza: string): Promise<EndedBackup[]> {
  const rows = await db.$queryRaw<(Omit<EndedBackup, 'type' | 'failure'> & { type: string; failure: unknown })[]>`
    SELECT "id"::text AS "id", "request"->>'type' AS "type", ("request"->>'repo')::int AS "repo", "createdAt" AS "startedAt",
      "finishedAt", "failure"
    FROM "job" WHERE "stanza" = ${stanza} AND "kind" = 'backup' AND "status" IN ('SUCCEEDED', 'FAILED')
    ORDER BY "job"."id" DESC LIMIT ${NEWEST}`
  return rows.map(({ type, failure, ...row }) => ({
    ...row, type: backupTypeSchema.parse(type), failure: jobFailureSchema.nullable().parse(failure),
  }))
}
