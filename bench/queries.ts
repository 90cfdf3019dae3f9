/** The reads behind Overview and History, at a small and at a large job log, side by side. */
import type { Db } from '@/lib/db'
import { readHistory } from '@/lib/history/data'
import { readOverview } from '@/lib/health/data'
import { countJobs, listJobs } from '@/lib/jobs/data'
import { loadSetParams, toHistoryQuery } from '@/components/history/search-params'
import { percentile, round, timed } from './figures'

const RUNS = 60
/** A dashboard has been asked before. */
const WARM_UP = 20
/** As the page asks when it is opened */
const firstPage = toHistoryQuery(loadSetParams(new URLSearchParams()))

export async function benchQueries(db: Db) {
  await fill(db, 'small', 1_000, 200)
  await fill(db, 'large', 100_000, 2_000)
  await db.$executeRawUnsafe('VACUUM ANALYZE')
  const middles = new Map([['small', await middle(db, 'small')], ['large', await middle(db, 'large')]])
  const reads = {
    overview: (stanza: string) => readOverview(db, stanza, new Date()),
    jobs: (stanza: string) => listJobs(db, stanza, {}, new Date()),
    jobsFailed: (stanza: string) => listJobs(db, stanza, { statuses: ['FAILED'] }, new Date()),
    jobsByText: (stanza: string) => listJobs(db, stanza, { search: 'stocktaking' }, new Date()),
    jobsDeep: (stanza: string) => listJobs(db, stanza, {}, new Date(), { before: middles.get(stanza) }),
    jobsCount: (stanza: string) => countJobs(db, stanza, {}),
    history: (stanza: string) => readHistory(db, stanza, firstPage, new Date()),
  }
  const results: Record<string, { smallP95Ms: number; largeP95Ms: number; ratio: number }> = {}
  for (const [name, read] of Object.entries(reads)) results[name] = await compare(read)
  return results
}

async function compare(read: (stanza: string) => Promise<unknown>) {
  const small: number[] = []
  const large: number[] = []
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    for (const [stanza, times] of [['small', small], ['large', large]] as const) {
      const took = await timed(() => read(stanza))
      if (run >= WARM_UP) times.push(took)
    }
  }
  const [smallP95Ms, largeP95Ms] = [percentile(small, 95), percentile(large, 95)]
  return { smallP95Ms: round(smallP95Ms, 2), largeP95Ms: round(largeP95Ms, 2), ratio: round(largeP95Ms / smallP95Ms, 2) }
}

async function middle(db: Db, stanza: string): Promise<bigint> {
  const { _min, _max } = await db.job.aggregate({ where: { stanzaName: stanza }, _min: { id: true }, _max: { id: true } })
  return ((_min.id ?? 0n) + (_max.id ?? 0n)) / 2n
}

/** What the worker tells of a healthy shop, so that there is a verdict to find, a next backup and a lineage to follow. */
async function publish(db: Db, stanza: string): Promise<void> {
  const now = new Date()
  const archiver = {
    mode: 'on', commandSet: true, lastArchivedWal: '000000010000000000000005', lastArchivedAt: now.toISOString(), lastFailedWal: null,
    lastFailedAt: null, failedCount: 0, waiting: 0,
  }
  const observation = {
    up: true, inRecovery: false, version: '15.8', systemId: '7711015304780147577', timeline: 1, history: [], databaseSize: 3e9,
    archiveTimeout: 60, archiver,
  }
  const policy = {
    schedules: { full: '0 2 * * 0', diff: '0 2 * * 1-6' }, timeZone: 'Africa/Lagos', retention: { full: 4, diff: null },
  }
  const createdAt = new Date(now.getTime() - 400 * 86_400_000)
  await db.stanza.create({ data: { name: stanza, createdAt, observedAt: now, observation, policy, shop: {} } })
  await db.worker.create({ data: { id: stanza, stanzaName: stanza, name: 'till', pid: 1, version: '0.1.0' } })
  await db.repository.create({
    data: {
      stanzaName: stanza, key: 1, type: 'posix', location: '/var/lib/pgbackrest', cipher: 'none', statusCode: 0, statusMessage: 'ok',
      checkedAt: now,
    },
  })
}

async function fill(db: Db, stanza: string, jobs: number, sets: number): Promise<void> {
  await publish(db, stanza)
  await db.$executeRaw`
    INSERT INTO job (stanza, kind, lane, status, request, trigger, "actorKind", "actorName", reason, "createdAt", "claimedAt", "finishedAt", failure)
    SELECT ${stanza}, 'backup', 'repository', (CASE WHEN n % 50 = 0 THEN 'FAILED' ELSE 'SUCCEEDED' END)::"JobStatus",
      '{"kind":"backup","type":"incr","repo":1}', 'schedule', 'schedule', 'schedule',
      CASE WHEN n % 20 = 0 THEN 'before stocktaking' END, at, at, at + interval '9 s', CASE WHEN n % 50 = 0 THEN '{"code":"repository-full"}'::jsonb END
    FROM generate_series(1, ${jobs}::int) n, LATERAL (SELECT now() - make_interval(mins => (${jobs}::int - n) * 5) AS at) t`
  await db.$executeRaw`
    INSERT INTO backup_set (stanza, "repoKey", label, type, prior, reference, "startedAt", "stoppedAt", "archiveStart", "archiveStop", "lsnStart",
      "lsnStop", "systemId", "databaseSize", "databaseDelta", "repositorySize", "repositoryDelta", error, annotation, "backrestVersion")
    SELECT ${stanza}, 1, CASE WHEN k = 0 THEN f ELSE f || '_' || lpad(k::text, 6, '0') || 'I' END, CASE WHEN k = 0 THEN 'full' ELSE 'incr' END,
      CASE WHEN k = 0 THEN NULL WHEN k = 1 THEN f ELSE f || '_' || lpad((k - 1)::text, 6, '0') || 'I' END,
      CASE WHEN k = 0 THEN '{}' ELSE (SELECT array_agg(CASE WHEN i = 0 THEN f ELSE f || '_' || lpad(i::text, 6, '0') || 'I' END) FROM generate_series(0, k - 1) i) END,
      at, at + interval '9 s', '000000010000000000000005', '000000010000000000000005', '0/5000028', '0/5000100', '7711015304780147577',
      3000000000, 1000000, 300000000, 100000, false, '{"by":"schedule","trigger":"schedule"}', '2.45'
    FROM (SELECT n, n % 7 AS k, 'F' || lpad((n / 7)::text, 8, '0') AS f, now() - make_interval(hours => ${sets}::int - n) AS at
      FROM generate_series(0, ${sets}::int - 1) n) s`
}
