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
export type SetRow = FactRow & Pick<CatalogSet, 'prior' | 'reference' | 'archiveStart' | 'lsnStop' | 'systemId' | 'error'>

/** The sets that stand and were finished last, or the fulls among all that were; newest first. */
export function newestSets(stanza: string, only: 'any' | 'full'): Prisma.Sql {
  return Prisma.sql`
    SELECT "repoKey", "label", "type", "prior", "reference", "startedAt", "stoppedAt", "archiveStart", "lsnStop", "systemId",
      "error", "repositoryDelta" AS "size"
    FROM "backup_set"
    WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL ${only === 'full' ? Prisma.sql`AND "type" = 'full'` : Prisma.empty}
    ORDER BY "stoppedAt" DESC LIMIT ${NEWEST}`
}

export type Link = Pick<CatalogSet, 'repoKey' | 'label' | 'prior'>

/** The newest sets again, and all that they build on; each is looked up by its key, however many sets there are. */
export function newestChains(stanza: string): Prisma.Sql {
  return Prisma.sql`
    WITH RECURSIVE "chain" AS (
      SELECT "repoKey", "label", "prior" FROM (${newestSets(stanza, 'any')}) AS "newest"
      UNION SELECT p."repoKey", p."label", p."prior" FROM "chain", LATERAL (
        SELECT "repoKey", "label", "prior" FROM "backup_set" AS b
        WHERE "stanza" = ${stanza} AND b."repoKey" = "chain"."repoKey" AND b."label" = "chain"."prior" AND "expiredAt" IS NULL
        LIMIT 1) AS p)
    SELECT * FROM "chain"`
}

export function toSetFact({ label, repoKey, type, startedAt, stoppedAt, size }: FactRow): SetFact {
  return { label, repoKey, type: backupTypeSchema.parse(type), startedAt, stoppedAt, size }
}

/** The newest set that can bring back the running shop: among the newest few, or, where all of those are bad, among all. */
export async function findNewestUsable(
  db: Db, stanza: string, { newest, chains }: { newest: SetRow[]; chains: Link[] }, cluster: ClusterObservation, setCount: number,
): Promise<SetFact | null> {
  const links = chains.map((link) => ({ ...link, reference: [], error: false }))
  const usable = newest.find((set) => isUsable<LinkedSet>(set, links) && isOnLiveLineage(set, cluster))
  if (usable) return toSetFact(usable)
  if (setCount <= newest.length) return null
  const all = await listBackupSets(db, stanza)
  const last = all.findLast((set) => isUsable(set, all) && isOnLiveLineage(set, cluster))
  return last ? toSetFact({ ...last, size: last.repositoryDelta }) : null
}

type LinkedSet = Link & Pick<CatalogSet, 'reference' | 'error'>

/** Whether there ever was a set: one row, or none. */
export function anySet(stanza: string): Prisma.Sql {
  return Prisma.sql`SELECT "label" FROM "backup_set" WHERE "stanza" = ${stanza} LIMIT 1`
}

/** Bytes */
export type Total = { repoKey: number; sets: number; size: number }

export function setTotals(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT "repoKey", count(*) AS "sets", sum("repositoryDelta") AS "size"
    FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL GROUP BY "repoKey"`
}

/** Keeps the first item of each key. */
export function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  const seen = new Set<unknown>()
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)))
}
