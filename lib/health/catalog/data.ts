/** What the verdict needs of the catalog, read without reading all of it. */
import { listBackupSets } from '@/lib/backups/data'
import { isOnLiveLineage, isUsable } from '@/lib/backups/rules'
import type { CatalogSet } from '@/lib/backups/schema'
import type { Db } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { backupTypeSchema } from '@/lib/jobs/schema'
import type { ClusterObservation, SetFact } from '../schema'

/** How many of the newest sets are looked at before all are. */
const NEWEST = 8

const setColumns = {
  repoKey: true, label: true, type: true, prior: true, reference: true, startedAt: true, stoppedAt: true,
  archiveStart: true, lsnStop: true, systemId: true, repositoryDelta: true, error: true,
} satisfies Prisma.BackupSetSelect
type SetRow = Prisma.BackupSetGetPayload<{ select: typeof setColumns }>

export function listNewestSets(db: Db, stanza: string, type?: 'full'): Promise<SetRow[]> {
  return db.backupSet.findMany({
    where: { stanzaName: stanza, expiredAt: null, type }, orderBy: { stoppedAt: 'desc' }, take: NEWEST, select: setColumns,
  })
}

type Made = Pick<SetRow, 'label' | 'repoKey' | 'type' | 'startedAt' | 'stoppedAt'> & { repositoryDelta: bigint | number }

export function toSetFact({ label, repoKey, type, startedAt, stoppedAt, repositoryDelta }: Made): SetFact {
  return { label, repoKey, type: backupTypeSchema.parse(type), startedAt, stoppedAt, size: Number(repositoryDelta) }
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
  return last ? toSetFact(last) : null
}

type Link = Pick<CatalogSet, 'repoKey' | 'label' | 'prior' | 'reference' | 'error'>

/** The sets that hang from the same fulls: a label begins with its full's. Their links are enough to walk a chain. */
async function listFamily(db: Db, stanza: string, sets: SetRow[]): Promise<Link[]> {
  const fulls = firstOfEach(sets, ({ repoKey, label }) => `${repoKey}/${fullOf(label)}`)
  if (fulls.length === 0) return []
  const rows = await db.backupSet.findMany({
    where: {
      stanzaName: stanza,
      expiredAt: null,
      OR: fulls.map(({ repoKey, label }) => ({ repoKey, label: { startsWith: fullOf(label) } })),
    },
    select: { repoKey: true, label: true, prior: true },
  })
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
