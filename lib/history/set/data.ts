import { listExpiredSets } from '@/lib/backups/data'
import type { Db } from '@/lib/db'
import type { BackupSet } from '@/lib/generated/prisma/client'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { type Age, keptUntil } from '@/lib/retention/rules'
import { getHistoryContext } from '../data'
import { fullOf } from '../rules'
import type { ExpiredSet, SetDetail } from '../schema'

type Link = SetDetail['chain'][number]

/** A set that stands in its repository, with what its restore reads; null when it does not stand there. */
export async function getSetDetail(
  db: Db,
  stanza: string,
  id: { repoKey: number; label: string },
  now: Date,
): Promise<SetDetail | null> {
  const set = await db.backupSet.findFirst({ where: { stanzaName: stanza, ...id, expiredAt: null } })
  if (!set) return null
  const [repository, { chain, brokenAt }, missing, dependents, context] = await Promise.all([
    db.repository.findUnique({ where: { stanzaName_key: { stanzaName: stanza, key: id.repoKey } } }),
    readChain(db, set),
    listMissing(db, set),
    countDependents(db, set),
    getHistoryContext(db, stanza),
  ])
  const type = backupTypeSchema.parse(set.type)
  const kept = context.policy && keptUntil(type, await readAge(db, set, chain), context.policy, now)
  const exact = set.repositorySize !== null
  const annotation = set.annotation as Record<string, string>
  return {
    id: `${set.repoKey}/${set.label}`,
    label: set.label,
    repository: { key: set.repoKey, type: repository?.type ?? '', location: repository?.location ?? '' },
    stoppedAt: set.stoppedAt,
    archiveStart: set.archiveStart, archiveStop: set.archiveStop, lsnStart: set.lsnStart, lsnStop: set.lsnStop,
    databaseSize: Number(set.databaseSize),
    reads: { bytes: exact ? Number(set.repositorySize) : chain.reduce((sum, { stored }) => sum + stored, 0), exact },
    error: set.error,
    backrestVersion: set.backrestVersion,
    jobId: set.jobId?.toString() ?? null,
    start: { trigger: annotation.trigger ?? null, by: annotation.by ?? null, reason: annotation.reason ?? null },
    chain,
    missing: brokenAt && !missing.includes(brokenAt) ? [...missing, brokenAt] : missing,
    dependents,
    keptUntil: kept,
  }
}

/** From the set back to its full, oldest first. `brokenAt` is the label that is gone where it ends early. */
async function readChain(db: Db, { stanzaName, repoKey, label }: BackupSet): Promise<{ chain: Link[]; brokenAt: string | null }> {
  const rows = await db.$queryRaw<{ label: string; type: string; prior: string | null; stoppedAt: Date; stored: number }[]>`
    WITH RECURSIVE "chain" AS (
      SELECT "label", "type", "prior", "stoppedAt", "repositoryDelta", 1 AS "depth" FROM "backup_set"
      WHERE "stanza" = ${stanzaName} AND "repoKey" = ${repoKey} AND "label" = ${label}
      UNION ALL
      SELECT b."label", b."type", b."prior", b."stoppedAt", b."repositoryDelta", "depth" + 1
      FROM "backup_set" b JOIN "chain" c ON b."label" = c."prior"
      WHERE b."stanza" = ${stanzaName} AND b."repoKey" = ${repoKey} AND b."expiredAt" IS NULL)
    SELECT "label", "type", "prior", "stoppedAt", "repositoryDelta"::float8 AS "stored" FROM "chain" ORDER BY "depth" DESC`
  const chain = rows.map(({ prior: _, ...row }) => ({
    ...row,
    id: `${repoKey}/${row.label}`,
    type: backupTypeSchema.parse(row.type),
  }))
  return { chain, brokenAt: rows[0]?.prior ?? null }
}

async function listMissing(db: Db, { stanzaName, repoKey, reference, prior }: BackupSet): Promise<string[]> {
  const needed = [...new Set(prior ? [...reference, prior] : reference)]
  const present = await db.backupSet.findMany({
    where: { stanzaName, repoKey, label: { in: needed }, expiredAt: null }, select: { label: true },
  })
  const there = new Set(present.map((row) => row.label))
  return needed.filter((other) => !there.has(other))
}

/** The sets of its family that cannot be restored without it. */
async function countDependents(db: Db, { stanzaName, repoKey, label }: BackupSet): Promise<{ diffs: number; incrs: number }> {
  const rows = await db.backupSet.groupBy({
    by: ['type'],
    where: { stanzaName, repoKey, expiredAt: null, label: { startsWith: fullOf(label) }, reference: { has: label } },
    _count: true,
  })
  const countOf = (type: string) => rows.find((row) => row.type === type)?._count ?? 0
  return { diffs: countOf('diff'), incrs: countOf('incr') }
}

async function readAge(db: Db, { stanzaName, repoKey }: BackupSet, chain: Link[]): Promise<Age> {
  const countNewer = (set: Link, types: string[]) =>
    db.backupSet.count({ where: { stanzaName, repoKey, expiredAt: null, type: { in: types }, stoppedAt: { gt: set.stoppedAt } } })
  const full = chain[0]
  const diff = chain.find(({ type }) => type === 'diff')
  const [fulls, fullsAndDiffs] = await Promise.all([
    full ? countNewer(full, ['full']) : 0,
    diff ? countNewer(diff, ['full', 'diff']) : null,
  ])
  return { fulls, fullsAndDiffs }
}

/** Sets that retention or a hand removed, most recently expired first. */
export async function listExpired(db: Db, stanza: string): Promise<ExpiredSet[]> {
  const sets = await listExpiredSets(db, stanza)
  return sets.flatMap(({ repoKey, label, type, startedAt, stoppedAt, expiredAt, repositoryDelta, trigger, by, reason }) =>
    expiredAt
      ? [
          {
            id: `${repoKey}/${label}`,
            label,
            type,
            startedAt,
            stoppedAt,
            expiredAt,
            stored: repositoryDelta,
            start: { trigger, by, reason },
          },
        ]
      : [],
  )
}
