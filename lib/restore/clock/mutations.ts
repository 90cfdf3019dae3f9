/** What the worker writes of the WAL: marks, stored segments, timelines, restore points. */
import type { Db, Tx } from '@/lib/db'
import type { TimelineHistory } from '../lineage/rules'
import { type Span, relooked } from './rules'
import type { Mark } from './schema'

const DAY = 24 * 3_600_000
const OLD = 30 * DAY
/** Marks this much older than the oldest set lead nowhere */
const MARGIN = DAY
const CHUNK = 1_000

export async function writeMarks(db: Db, stanza: string, marks: readonly Mark[]): Promise<void> {
  for (let n = 0; n < marks.length; n += CHUNK) {
    const data = marks.slice(n, n + CHUNK).map((mark) => ({ ...mark, stanzaName: stanza }))
    await db.walMark.createMany({ data, skipDuplicates: true })
  }
}

/**
 * Keeps one mark a minute of what is older than a day, and one in ten minutes of what is older than a month; the first one
 * behind every fork and the last one before it stay, because they tell when the shop lived on which branch.
 */
export async function thinMarks(db: Db, stanza: string, now: Date): Promise<void> {
  const [yesterday, lastMonth] = [new Date(now.getTime() - DAY), new Date(now.getTime() - OLD)]
  // Each step is materialized and what goes is named by its place: the planner knows nothing of what they yield.
  await db.$executeRaw`
    WITH "fork" AS MATERIALIZED (
      SELECT DISTINCT (p->>'timeline')::int AS "timeline", ((p->>'switchLsn')::pg_lsn - '0/0'::pg_lsn)::bigint AS "lsn"
      FROM "timeline", jsonb_array_elements("parents") AS p WHERE "stanza" = ${stanza}),
    "placed" AS MATERIALIZED (
      SELECT "timeline", "lsn", m.ctid AS "place",
        floor(extract(epoch FROM "at") / CASE WHEN "at" < ${lastMonth} THEN 600 ELSE 60 END) AS "bucket",
        (SELECT count(*) FROM "fork" AS f WHERE f."timeline" = m."timeline" AND f."lsn" < m."lsn") AS "side"
      FROM "wal_mark" AS m WHERE "stanza" = ${stanza} AND "at" < ${yesterday}),
    "neighbours" AS (
      SELECT *, lead("bucket") OVER w AS "nextBucket", lead("side") OVER w AS "nextSide", lag("side") OVER w AS "lastSide"
      FROM "placed" WINDOW w AS (PARTITION BY "timeline" ORDER BY "lsn"))
    DELETE FROM "wal_mark" WHERE ctid = ANY(ARRAY(
      SELECT "place" FROM "neighbours" WHERE "nextBucket" = "bucket" AND "nextSide" = "side" AND "lastSide" = "side"))`
  const oldest = await db.backupSet.aggregate({ where: { stanzaName: stanza, expiredAt: null }, _min: { startedAt: true } })
  const { startedAt } = oldest._min
  if (!startedAt) return
  await db.walMark.deleteMany({ where: { stanzaName: stanza, at: { lt: new Date(startedAt.getTime() - MARGIN) } } })
}

/** The segments of one timeline in an archive of a repository. */
export type Held = { archiveId: string; timeline: number; spans: readonly Span[] }
export type Counted = { repoKey: number; segmentSize: number }

/** What a whole repository holds. */
export async function replaceHeld(
  db: Db, stanza: string, repository: Counted, held: readonly Held[], now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await lock(tx, stanza)
    await tx.walRange.deleteMany({ where: { stanzaName: stanza, repoKey: repository.repoKey } })
    await tx.walRange.createMany({ data: held.flatMap((each) => toRows(stanza, repository, each, now)) })
  })
}

/** What a part of an archive holds. */
export async function relookAt(
  db: Db, stanza: string, repository: Counted, part: Span, held: Held, now: Date,
): Promise<void> {
  const where = { stanzaName: stanza, repoKey: repository.repoKey, archiveId: held.archiveId, timeline: held.timeline }
  await db.$transaction(async (tx) => {
    await lock(tx, stanza)
    const known = await tx.walRange.findMany({ where, select: { first: true, last: true } })
    await tx.walRange.deleteMany({ where })
    await tx.walRange.createMany({ data: toRows(stanza, repository, { ...held, spans: relooked(known, part, held.spans) }, now) })
  })
}

/** Forgets what was in repositories that are not configured any more. */
export async function keepRepositories(db: Db, stanza: string, configured: readonly number[]): Promise<void> {
  await db.walRange.deleteMany({ where: { stanzaName: stanza, repoKey: { notIn: [...configured] } } })
}

/** Two looks at once would each take the other's rows for old ones. */
async function lock(tx: Tx, stanza: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`archive ${stanza}`}, 0))`
}

function toRows(stanzaName: string, { repoKey, segmentSize }: Counted, { archiveId, timeline, spans }: Held, checkedAt: Date) {
  return spans.map(({ first, last }) => ({ stanzaName, repoKey, archiveId, timeline, first, last, segmentSize, checkedAt }))
}

export async function recordTimelines(
  db: Db, stanzaName: string, systemId: string, timelines: readonly TimelineHistory[], now: Date,
): Promise<void> {
  for (const { id, parents } of timelines) {
    const data = { parents: parents.map(({ timeline, switchLsn }) => ({ timeline, switchLsn })), seenAt: now }
    await db.timeline.upsert({
      where: { stanzaName_systemId_id: { stanzaName, systemId, id } },
      create: { stanzaName, systemId, id, ...data },
      update: data,
    })
  }
}

export type NewRestorePoint = { name: string; timeline: number; lsn: bigint; at: Date; actorName: string; jobId: bigint }

export async function recordRestorePoint(db: Db, stanzaName: string, point: NewRestorePoint): Promise<void> {
  await db.restorePoint.create({ data: { stanzaName, ...point } })
}
