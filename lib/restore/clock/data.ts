import type { Db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Lineage, Stretch } from '../lineage/rules'
import type { ClockReader, Mark } from './schema'

const COLUMNS = Prisma.sql`"timeline", "lsn", "at", "xid"`

/** Each question is answered from an index, however many marks there are. */
export function readClock(db: Db, stanza: string): ClockReader {
  const first = async (condition: Prisma.Sql, order: Prisma.Sql) => {
    const [mark] = await db.$queryRaw<Mark[]>`
      SELECT ${COLUMNS} FROM "wal_mark" WHERE "stanza" = ${stanza} AND ${condition} ORDER BY ${order} LIMIT 1`
    return mark ?? null
  }
  /** Stretch by stretch: each is a piece of the primary key. */
  const firstOf = async (stretches: Lineage, condition: Prisma.Sql, order: Prisma.Sql) => {
    for (const stretch of stretches) {
      const mark = await first(Prisma.sql`${within(stretch)} AND ${condition}`, order)
      if (mark) return mark
    }
    return null
  }

  return {
    lastBy: (at) => first(Prisma.sql`"at" <= ${at}`, Prisma.sql`"at" DESC, "timeline" DESC, "lsn" DESC`),
    firstSince: (lineage, at) =>
      first(Prisma.sql`"at" >= ${at} AND (${onLineage(lineage)})`, Prisma.sql`"at", "timeline", "lsn"`),
    firstPast: (lineage, position) => firstOf(lineage, Prisma.sql`"lsn" > ${position}`, Prisma.sql`"lsn"`),
    async aroundXid(lineage, xid) {
      const since = await firstOf(lineage, Prisma.sql`"xid" >= ${xid}`, Prisma.sql`"lsn"`)
      const earlier = Prisma.sql`"lsn" < ${since?.lsn ?? LAST} AND "xid" > 0 AND "xid" < ${xid}`
      return { since, before: await firstOf(lineage.toReversed(), earlier, Prisma.sql`"lsn" DESC`) }
    },
    lastUpTo: (lineage, positions) => listLastUpTo(db, stanza, lineage, positions),
    async ends(timeline, position) {
      const behind = Prisma.sql`"timeline" = ${timeline} AND "lsn" > ${position}`
      const [oldest, newest] = await Promise.all([first(behind, Prisma.sql`"lsn"`), first(behind, Prisma.sql`"lsn" DESC`)])
      return oldest && newest && { first: oldest, last: newest }
    },
    point: (name) => db.restorePoint.findUnique({
      where: { stanzaName_name: { stanzaName: stanza, name } }, select: { timeline: true, lsn: true, at: true },
    }),
  }
}

const LAST = 0x7fff_ffff_ffff_ffffn

function within({ timeline, from, to }: Stretch): Prisma.Sql {
  return Prisma.sql`("timeline" = ${timeline} AND "lsn" > ${from} AND "lsn" <= ${to ?? LAST})`
}

function onLineage(lineage: Lineage): Prisma.Sql {
  return lineage.length > 0 ? Prisma.join(lineage.map(within), ' OR ') : Prisma.sql`FALSE`
}

/** One query for all: of the newest marks of each stretch up to the position the last one counts. */
async function listLastUpTo(
  db: Db, stanza: string, lineage: Lineage, positions: readonly bigint[],
): Promise<(Mark | null)[]> {
  const distinct = [...new Set(positions)]
  const questions = distinct.flatMap((position, n) => lineage
    .filter(({ from }) => from < position)
    .map(({ timeline, from, to }) => ({ n, timeline, from, to: to !== null && to < position ? to : position })))
  if (questions.length === 0) return positions.map(() => null)
  const column = (name: 'n' | 'timeline' | 'from' | 'to') => questions.map((question) => question[name].toString())
  const rows = await db.$queryRaw<(Mark & { n: number })[]>`
    SELECT DISTINCT ON (q."n") q."n"::int AS "n", m.*
    FROM unnest(${column('n')}::text[]::int[], ${column('timeline')}::text[]::int[],
      ${column('from')}::text[]::bigint[], ${column('to')}::text[]::bigint[]) AS q("n", "timeline", "from", "to"),
    LATERAL (
      SELECT ${COLUMNS} FROM "wal_mark"
      WHERE "stanza" = ${stanza} AND "timeline" = q."timeline" AND "lsn" > q."from" AND "lsn" <= q."to"
      ORDER BY "lsn" DESC LIMIT 1) AS m
    ORDER BY q."n", m."lsn" DESC`
  const found = new Map(rows.map(({ n, ...mark }) => [distinct[n], mark]))
  return positions.map((position) => found.get(position) ?? null)
}

/** When the clock first and last ran on each of these timelines. */
export async function listMarkedSpans(
  db: Db, stanza: string, timelines: readonly number[],
): Promise<Map<number, { first: Date; last: Date }>> {
  const end = (order: Prisma.Sql) => Prisma.sql`
    LATERAL (SELECT "at" FROM "wal_mark" WHERE "stanza" = ${stanza} AND "timeline" = t."timeline" ORDER BY ${order} LIMIT 1)`
  const rows = await db.$queryRaw<{ timeline: number; first: Date; last: Date }[]>`
    SELECT t."timeline", a."at" AS "first", z."at" AS "last" FROM unnest(${timelines}::int[]) AS t("timeline"),
      ${end(Prisma.sql`"lsn"`)} AS a, ${end(Prisma.sql`"lsn" DESC`)} AS z`
  return new Map(rows.map(({ timeline, first, last }) => [timeline, { first, last }]))
}
