import type { Db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { startOfDay } from '../rules'
import type { HistoryFilter } from '../schema'

/** A repository, with the newest set and the newest full in it. */
export type Head = { key: number; type: string; location: string; newest: string | null; full: string | null }

export function headsOf(stanza: string): Prisma.Sql {
  const newest = (onlyFull: boolean) => Prisma.sql`
    SELECT "label" FROM "backup_set"
    WHERE "stanza" = r."stanza" AND "expiredAt" IS NULL AND "repoKey" = r."key"
      ${onlyFull ? Prisma.sql`AND "type" = 'full'` : Prisma.empty}
    ORDER BY "stoppedAt" DESC LIMIT 1`
  return Prisma.sql`
    SELECT r."key", r."type", r."location", (${newest(false)}) AS "newest", (${newest(true)}) AS "full"
    FROM "repository" r WHERE r."stanza" = ${stanza} ORDER BY r."key"`
}

/** A condition on backup_set. strpos, not LIKE: what a person types has no wildcards. */
export function conditionOf({ type, repo, by, text, since }: HistoryFilter, timeZone: string): Prisma.Sql {
  const from = since && startOfDay(since, timeZone)
  const conditions = [
    Prisma.sql`TRUE`,
    type && Prisma.sql`"type" = ${type}`,
    repo && Prisma.sql`"repoKey" = ${repo}`,
    from && Prisma.sql`"stoppedAt" >= ${from}`,
    by && Prisma.sql`${starter} = ${by}`,
    text && Prisma.sql`strpos(lower(concat_ws(' ', "label", "annotation"->>'by', "annotation"->>'reason')), lower(${text})) > 0`,
  ]
  return Prisma.join(conditions.filter((condition) => condition instanceof Prisma.Sql), ' AND ')
}

/** As starterOf in rules.ts. */
const starter = Prisma.sql`
  CASE WHEN "annotation"->>'trigger' IN ('schedule', 'catch-up') THEN 'schedule'
    ELSE COALESCE("annotation"->>'by', 'pgbackrest') END`

export function startersOf(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ${starter} AS "name" FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL ORDER BY 1 LIMIT 20`
}

export type FamilySummary = {
  repoKey: number
  full: string
  /** Sets that match, without the full */
  diffs: number
  incrs: number
  stored: number
  /** Fulls of the repository that are newer than this one */
  newerFulls: number
  /** Of all families that match */
  allSets: number
  allStored: number
  allFamilies: number
}

/** Families with a set that matches, newest first. */
export function familySummaries(stanza: string, condition: Prisma.Sql, limit: number): Prisma.Sql {
  return Prisma.sql`
    WITH "families" AS (
      SELECT "repoKey", split_part("label", '_', 1) AS "full",
        count(*) FILTER (WHERE "type" = 'diff' AND "matches") AS "diffs",
        count(*) FILTER (WHERE "type" = 'incr' AND "matches") AS "incrs",
        COALESCE(sum("repositoryDelta") FILTER (WHERE "type" <> 'full' AND "matches"), 0) AS "stored",
        count(*) FILTER (WHERE "matches") AS "sets",
        count(*) FILTER (WHERE "type" = 'full') AS "fulls",
        COALESCE(sum("repositoryDelta") FILTER (WHERE "matches"), 0) AS "all"
      FROM (SELECT "repoKey", "label", "type", "repositoryDelta", (${condition}) AS "matches"
        FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL) AS "sets"
      GROUP BY 1, 2),
    "ranked" AS (
      SELECT *, sum("fulls") OVER (PARTITION BY "repoKey" ORDER BY "full" DESC) - "fulls" AS "newerFulls" FROM "families")
    SELECT "repoKey", "full", "diffs", "incrs", "stored", "newerFulls",
      sum("sets") OVER () AS "allSets", sum("all") OVER () AS "allStored", count(*) OVER () AS "allFamilies"
    FROM "ranked" WHERE "sets" > 0 ORDER BY "full" DESC, "repoKey" LIMIT ${limit}`
}

export type Wanted = { repoKey: number; full: string; cap: number }
export type MemberRow = Awaited<ReturnType<typeof listMembers>>[number]

/** The full of each family wanted, and its newest `cap` sets. `missing`: how many of the sets it needs are gone. */
export async function listMembers(db: Db, stanza: string, condition: Prisma.Sql, wanted: Wanted[]) {
  const rows = await db.$queryRaw<RawMember[]>`
    SELECT b."repoKey", b."label", b."type", b."prior", b."startedAt", b."stoppedAt", b."archiveStart", b."lsnStop", b."systemId",
      b."repositoryDelta"::float8 AS "stored", b."error", b."annotation", b."jobId"::text, m."full", m."matches",
      (SELECT count(*)::int FROM unnest(b."reference" || b."prior") AS needed
        WHERE needed IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM "backup_set" n
          WHERE n."stanza" = b."stanza" AND n."repoKey" = b."repoKey" AND n."label" = needed AND n."expiredAt" IS NULL)
      ) AS "missing"
    FROM (
      SELECT "repoKey", "label", "type", w."full", (${condition}) AS "matches", w."cap",
        row_number() OVER (PARTITION BY "repoKey", w."full" ORDER BY "stoppedAt" DESC) AS "recency"
      FROM "backup_set" JOIN unnest(
        ${wanted.map(({ repoKey }) => repoKey)}::int[], ${wanted.map(({ full }) => full)}::text[],
        ${wanted.map(({ cap }) => cap)}::int[]
      ) AS w("repo", "full", "cap") ON w."repo" = "repoKey" AND w."full" = split_part("label", '_', 1)
      WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL) m
    JOIN "backup_set" b ON b."stanza" = ${stanza} AND b."repoKey" = m."repoKey" AND b."label" = m."label"
    WHERE m."type" = 'full' OR m."recency" <= m."cap"`
  return rows.map((row) => ({ ...row, type: backupTypeSchema.parse(row.type) }))
}

type RawMember = {
  repoKey: number; label: string; type: string; prior: string | null; startedAt: Date; stoppedAt: Date
  archiveStart: string | null; lsnStop: string | null; systemId: string | null; stored: number; error: boolean
  annotation: Record<string, string>; jobId: string | null; full: string; matches: boolean; missing: number
}

export type LastExpired = { stoppedAt: Date; expiredAt: Date }

/** One row, or none. */
export function lastExpired(stanza: string): Prisma.Sql {
  return Prisma.sql`
    SELECT "stoppedAt", "expiredAt" FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NOT NULL
    ORDER BY "expiredAt" DESC LIMIT 1`
}
