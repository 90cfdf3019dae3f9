import { z } from 'zod'
import type { Db } from '@/lib/db'
import { MOST_ROWS } from '../rescue/schema'
import { ITEMS, LOG, SALES, type Sample, goneRows, isRescuable, mayHideRows } from './rules'
import {
  type Comparison, type DifferenceRow, type Gone, type RowPage, type RowQuery, comparisonSchema, differenceRowSchema, goneSchema,
} from './schema'

const PAGE = 50
/** Deleted rows that are looked at: a sale's items are told with it */
const MOST_RETURNING = 1_000

/** What a switch to it would change; null before it was compared. */
export async function findComparison(db: Db, stanza: string, rehearsal: string): Promise<Comparison | null> {
  const row = await db.rehearsal.findFirst({ where: { id: rehearsal, stanzaName: stanza }, select: { comparison: true } })
  return comparisonSchema.nullable().parse(row?.comparison ?? null)
}

const foundSchema = z.array(differenceRowSchema.extend({ total: z.number().int() }))

/** A page of the samples of a table. */
export async function listDifferenceRows(db: Db, stanza: string, query: RowQuery): Promise<RowPage> {
  const { rehearsal, schema, table, sort = null, search, after } = query
  const needle = search.toLowerCase()
  const found = foundSchema.parse(await db.$queryRaw`
    WITH matching AS (
      SELECT d."ordinal", d."sort", d."then", d."now", d."names"
      FROM "difference_row" d JOIN "rehearsal" r ON r."id" = d."rehearsalId" AND r."stanza" = ${stanza}
      WHERE d."rehearsalId" = ${rehearsal} AND d."schema" = ${schema} AND d."table" = ${table}
        AND (${sort}::text IS NULL OR d."sort"::text = ${sort}) AND position(${needle} IN d."text") > 0)
    SELECT *, (SELECT count(*)::int FROM matching) AS "total" FROM matching
    WHERE "ordinal" > ${after} ORDER BY "ordinal" LIMIT ${PAGE + 1}`)
  const rows = found.slice(0, PAGE).map((row) => differenceRowSchema.parse(row))
  const isSales = schema === 'public' && table === SALES
  return {
    rows, total: found[0]?.total ?? 0, hasMore: found.length > PAGE,
    items: isSales ? await listItems(db, rehearsal, rows) : {},
  }
}

/** What was sold with these sales, as far as it differs as well. */
async function listItems(db: Db, rehearsal: string, sales: DifferenceRow[]): Promise<RowPage['items']> {
  const ids = sales.flatMap(({ then, now }) => (now ?? then)?.id ?? [])
  const items = z.array(differenceRowSchema).parse(await db.$queryRaw`
    SELECT "ordinal", "sort", "then", "now", "names" FROM "difference_row"
    WHERE "rehearsalId" = ${rehearsal} AND "schema" = 'public' AND "table" = ${ITEMS}
      AND coalesce("now", "then") ->> 'saleId' = ANY (${ids.map(String)}) ORDER BY "ordinal"`)
  const bySale: RowPage['items'] = {}
  for (const item of items) (bySale[String((item.now ?? item.then)?.saleId)] ??= []).push(item)
  return bySale
}

const sampleSchema = z.array(differenceRowSchema.extend({ schema: z.string(), table: z.string() }))

/** What was deleted since and could be rescued, at most as many as one rescue takes. */
export async function listGoneRows(db: Db, stanza: string, rehearsal: string): Promise<Gone> {
  const comparison = await findComparison(db, stanza, rehearsal)
  if (!comparison) return { rows: [], isComplete: false }
  const tables = comparison.tables.filter((table) => isRescuable(table) && table.returns > 0)
  const samples = sampleSchema.parse(await db.$queryRaw`
    SELECT d."schema", d."table", d."ordinal", d."sort", d."then", d."now", d."names" FROM "difference_row" d
    WHERE d."rehearsalId" = ${rehearsal} AND d."sort" = 'returns'
      AND (d."schema" || '.' || d."table") = ANY (${tables.map(({ schema, name }) => `${schema}.${name}`)})
    ORDER BY d."schema", d."table", d."ordinal" LIMIT ${MOST_RETURNING}`)
  const keys = new Map(tables.map(({ schema, name, key }) => [`${schema}.${name}`, key]))
  const returning: Sample[] = samples.map((sample) => ({ ...sample, key: keys.get(`${sample.schema}.${sample.table}`) ?? [] }))
  const rows = goneRows(returning, await listLog(db, rehearsal, returning))
  const counted = tables.reduce((total, { returns }) => total + returns, 0)
  const isComplete = counted === samples.length && rows.length <= MOST_ROWS && !mayHideRows(comparison)
  return goneSchema.parse({ rows: rows.slice(0, MOST_ROWS), isComplete })
}

/** What SaleSpider's own log says of the deletions of these rows: it is lost with a switch, so it is among the samples. */
async function listLog(db: Db, rehearsal: string, returning: Sample[]): Promise<DifferenceRow[]> {
  const ids = returning.flatMap(({ then }) => (typeof then?.id === 'string' ? [then.id] : []))
  return z.array(differenceRowSchema).parse(await db.$queryRaw`
    SELECT "ordinal", "sort", "then", "now", "names" FROM "difference_row"
    WHERE "rehearsalId" = ${rehearsal} AND "schema" = 'public' AND "table" = ${LOG} AND "sort" = 'lost'
      AND "now" ->> 'action' = 'DELETE' AND "now" ->> 'entityId' = ANY (${ids}) ORDER BY "ordinal"`)
}
