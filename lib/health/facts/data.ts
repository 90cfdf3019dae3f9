import type { RepositoryView } from '@/lib/backups/data'
import { type Db, readTogether } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { exclusiveKinds } from '@/lib/jobs/rules'
import { backupTypeSchema, jobFailureSchema } from '@/lib/jobs/schema'
import { policySchema } from '@/lib/policy/schema'
import { shopProfileSchema } from '@/lib/salespider/schema'
import { type JobRow, activeJobs, toOverviewJob } from '../activity/data'
import {
  type Link, type SetRow, type Total, anySet, findNewestUsable, firstOfEach, newestChains, newestSets, setTotals, toSetFact,
} from '../catalog/data'
import type { EndedBackup, HealthFacts } from '../checks/rules'
import { clusterObservationSchema } from '../schema'

/** How many of the newest backup jobs are looked at. */
const NEWEST = 8

type StanzaRow = { createdAt: Date; observedAt: Date | null; observation: unknown; policy: unknown; shop: unknown }
type WorkerRow = { name: string; heartbeatAt: Date; stoppedAt: Date | null }
type EndedRow = Omit<EndedBackup, 'type' | 'failure'> & { type: string; failure: unknown }

/** The facts a verdict is made of, and the rows they were read from. */
export async function readHealth(db: Db, stanza: string, now: Date) {
  const rows = await readRows(db, stanza)
  const { stanza: [row], workers: [worker = null], totals, newest, fulls, chains } = rows
  const active = rows.active.map((job) => toOverviewJob(job, now))
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
    hadSets: rows.any.length > 0,
    newest: cluster && (await findNewestUsable(db, stanza, { newest, chains }, cluster, setCount)),
    made: newest.map((set) => ({ ...toSetFact(set), error: set.error })),
    ended: firstOfEach(rows.ended.map(toEnded), ({ repo }) => repo),
    activeSince: active.find(({ kind }) => kind === 'backup')?.createdAt ?? null,
    exchange: exchange ? { kind: exchange.kind, jobId: exchange.id, since: exchange.claimedAt ?? exchange.createdAt } : null,
    repositories: rows.repositories.map((repository) => {
      const full = fulls.find(({ repoKey }) => repoKey === repository.key)
      return { ...repository, newestFullSize: full?.size ?? null }
    }),
  }
  const repositories = rows.repositories.map((repository) => {
    const total = totals.find(({ repoKey }) => repoKey === repository.key)
    return { ...repository, sets: total?.sets ?? 0, size: total?.size ?? 0 }
  })
  return { facts, fulls, active, worker, repositories, timeZone: shopProfileSchema.parse(row?.shop ?? {}).timeZone }
}

type Repository = Omit<RepositoryView, 'archiveMin' | 'archiveMax'>

/** One statement: every page asks for it again and again. */
function readRows(db: Db, stanza: string) {
  return readTogether<{
    stanza: StanzaRow; workers: WorkerRow; repositories: Repository; totals: Total; any: Pick<SetRow, 'label'>
    newest: SetRow; fulls: SetRow; chains: Link; active: JobRow; ended: EndedRow
  }>(db, {
    stanza: Prisma.sql`SELECT "createdAt", "observedAt", "observation", "policy", "shop" FROM "stanza" WHERE "name" = ${stanza}`,
    workers: Prisma.sql`
      SELECT "name", "heartbeatAt", "stoppedAt" FROM "worker" WHERE "stanza" = ${stanza} ORDER BY "heartbeatAt" DESC LIMIT 1`,
    repositories: Prisma.sql`
      SELECT "key", "type", "location", "cipher", "statusCode", "statusMessage", "diskTotal", "diskFree", "checkedAt"
      FROM "repository" WHERE "stanza" = ${stanza} ORDER BY "key"`,
    totals: setTotals(stanza),
    any: anySet(stanza),
    newest: newestSets(stanza, 'any'),
    fulls: newestSets(stanza, 'full'),
    chains: newestChains(stanza),
    active: activeJobs(stanza),
    ended: endedBackups(stanza),
  })
}

/** Those that ran to an end of their own; one that was cancelled says nothing about the next. */
function endedBackups(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT "id"::text AS "id", "request"->>'type' AS "type", ("request"->>'repo')::int AS "repo", "createdAt" AS "startedAt",
      "finishedAt", "failure"
    FROM "job" WHERE "stanza" = ${stanza} AND "kind" = 'backup' AND "status" IN ('SUCCEEDED', 'FAILED')
    ORDER BY "job"."id" DESC LIMIT ${NEWEST}`
}

const failureSchema = jobFailureSchema.nullable()

function toEnded({ type, failure, ...row }: EndedRow): EndedBackup {
  return { ...row, type: backupTypeSchema.parse(type), failure: failureSchema.parse(failure) }
}
