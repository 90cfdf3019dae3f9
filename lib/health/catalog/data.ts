/** What the verdict needs of the catalog, read without reading all of it. */
import { listBackupSets } from '@/lib/backups/data'
import { isOnLiveLineage, isUsable } from '@/lib/backups/rules'
import type { CatalogSet } from '@/lib/backups/schema'
import type { Db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { backupTypeSchema } from '@/lib/jobs/schema'
import type { ClusterObservation, SetFact } from '../schema'

/** How many of the newest sets are looked at before all are. */
const NEWEST = 8

type FactRow = Omit<SetFact, 'type'> & { type: string }
type SetRow = FactRow & Pick<CatalogSet, 'prior' | 'reference' | 'archiveStart' | 'lsnStop' | 'systemId' | 'error'>

/** The sets that stand and were finished last, and the fulls among all that were; newest first. */
export async function listNewestSets(db: Db, stanza: string): Promise<{ newestSets: SetRow[]; fulls: SetRow[] }> {
  const newest = (part: 'any' | 'full', condition: Prisma.Sql) => Prisma.sql`(
    SELECT ${part} AS "part", "repoKey", "label", "type", "prior", "reference", "startedAt", "stoppedAt", "archiveStart",
      "lsnStop", "systemId", "error", "repositoryDelta"::float8 AS "size"
    FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL AND ${condition}
    ORDER BY "stoppedAt" DESC LIMIT ${NEWEST})`
  const rows = await db.$queryRaw<(SetRow & { part: string })[]>`
    ${newest('any', Prisma.sql`TRUE`)} UNION ALL ${newest('full', Prisma.sql`"type" = 'full'`)}`
  return { newestSets: rows.filter(({ part }) => part === 'any'), fulls: rows.filter(({ part }) => part === 'full') }
}

export function toSetFact({ label, repoKey, type, startedAt, stoppedAt, size }: FactRow): SetFact {
  return { label, repoKey, type: backupTypeSchema.parse(type), startedAt, stoppedAt, size }
}

/** The newest set that can bring back the running shop: among the newest few, or, where all of those are bad, among all. */
export async function findNewestUsable(
  db: Db, stanza: string, newestSets: SetRow[], cluster: ClusterObservation, setCount: number,
): Promise<SetFact | null> {
  const candidates = newestSets.filter((set) => !set.error && isOnLiveLineage(set, cluster))
  const family = await listFamily(db, stanza, candidates)
  const usable = candidates.find((set) => isUsable<Link>(set, family))
  if (usable) return toSetFact(usable)
  if (setCount <= newestSets.length) return null
  const all = await listBackupSets(db, stanza)
  const last = all.findLast((set) => isUsable(set, all) && isOnLiveLineage(set, cluster))
  return last ? toSetFact({ ...last, size: last.repositoryDelta }) : null
}

type Link = Pick<CatalogSet, 'repoKey' | 'label' | 'prior' | 'reference' | 'error'>

/** The sets that hang from the same fulls: a label begins with its full's. Their links are enough to walk a chain. */
async function listFamily(db: Db, stanza: string, sets: SetRow[]): Promise<Link[]> {
  const fulls = [...new Set(sets.map(({ repoKey, label }) => `${repoKey}/${fullOf(label)}`))]
  if (fulls.length === 0) return []
  const rows = await db.$queryRaw<Pick<Link, 'repoKey' | 'label' | 'prior'>[]>`
    SELECT "repoKey", "label", "prior" FROM "backup_set"
    WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL AND "repoKey" || '/' || split_part("label", '_', 1) = ANY(${fulls})`
  return rows.map((row) => ({ ...row, reference: [], error: false }))
}

function fullOf(label: string): string {
  return label.split('_')[0] ?? label
}

export async function hasExpiredSets(db: Db, stanza: string): Promise<boolean> {
  const where = { stanzaName: stanza, expiredAt: { not: null } }
  const expired = await db.backupSet.findFirst({ where, select: { label: true } })
  return expired !== null
}

/** Bytes */
type Total = { repoKey: number; sets: number; size: number }

export function sumSets(db: Db, stanza: string): Promise<Total[]> {
  return db.$queryRaw<Total[]>`
    SELECT "repoKey", count(*)::int AS "sets", sum("repositoryDelta")::float8 AS "size"
    FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL GROUP BY "repoKey"`
}

/** Keeps the first item of each key. */
export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  const seen = new Set<unknown>()
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)))
}
