import type { ShopQuery } from '@/lib/shop-db'
import type { Sale, Tally } from '../schema'
import { type Tables, columnOr } from '../tables/rules'

/** A stretch of time: `from` is in it, `to` is not; without `to` it has no end. */
export type Stretch = { from: Date; to?: Date }
/** Start of a bin in ms, sales, takings */
export type BinRow = { at: number; count: number; takings: number }

const AT = 's."createdAt"'
const IN_STRETCH = `${AT} >= $1::timestamptz AND ${AT} < COALESCE($2::timestamptz, 'infinity')`

/** A sale that was voided does not count. */
function from({ sale }: Tables): string {
  return `FROM "Sale" s WHERE ${sale.has('deletedAt') ? 's."deletedAt" IS NULL' : 'TRUE'}`
}

/** `edges`: the starts of the bins, in ms and in order, and the end of the last. Empty bins are left out. */
export async function listBins(query: ShopQuery, tables: Tables, edges: readonly number[]): Promise<BinRow[]> {
  const times = edges.map((edge) => new Date(edge).toISOString())
  const rows = await query<{ bin: number; count: number; takings: number }>(
    `SELECT width_bucket(${AT}::timestamptz, $3::timestamptz[]) AS bin, count(*)::int AS count,
       COALESCE(round(sum(s."totalAmount")::numeric, 2), 0)::float8 AS takings
     ${from(tables)} AND ${IN_STRETCH} GROUP BY 1 ORDER BY 1`,
    [times[0], times.at(-1), times],
  )
  return rows.map(({ bin, count, takings }) => ({ at: edges[bin - 1] ?? 0, count, takings }))
}

export async function readTally(query: ShopQuery, tables: Tables, { from: begin, to }: Stretch): Promise<Tally> {
  const [tally] = await query<Tally>(
    `SELECT count(*)::int AS count, COALESCE(round(sum(s."totalAmount")::numeric, 2), 0)::text AS takings
     ${from(tables)} AND ${IN_STRETCH}`,
    [begin, to ?? null],
  )
  return tally ?? { count: 0, takings: '0' }
}

/** In order of time: the first ones of the stretch, or with `last` its last ones. */
export async function listSales(
  query: ShopQuery, tables: Tables, { from: begin, to }: Stretch, limit: number, end: 'first' | 'last' = 'first',
): Promise<Sale[]> {
  const { sale, user } = tables
  const order = end === 'last' ? 'DESC' : 'ASC'
  const cashierId = columnOr(sale, 's', 'cashierId', 'text')
  const name = user ? `(SELECT u.name::text FROM "User" u WHERE u.id::text = ${cashierId})` : 'NULL'
  const rows = await query<Sale>(
    `SELECT s.id::text, ${AT}::timestamptz AS at, round(s."totalAmount"::numeric, 2)::text AS amount,
       COALESCE(${name}, ${cashierId}, '') AS cashier,
       COALESCE(${columnOr(sale, 's', 'paymentMode', 'text')}, '') AS payment
     ${from(tables)} AND ${IN_STRETCH} ORDER BY ${AT} ${order}, s.id ${order} LIMIT $3`,
    [begin, to ?? null, limit],
  )
  return end === 'last' ? rows.toReversed() : rows
}

/** When the shop made its first sale; null before that. */
export async function findFirstSale(query: ShopQuery): Promise<Date | null> {
  const [row] = await query<{ at: Date | null }>('SELECT min("createdAt")::timestamptz AS at FROM "Sale"')
  return row?.at ?? null
}

export type Span = { id: string; from: Date; to: Date }

/** Of these spans (from a whole second on, two seconds long at most) those in which a sale was made: their ids. */
export async function listBusySpans(query: ShopQuery, tables: Tables, spans: readonly Span[]): Promise<Set<string>> {
  if (spans.length === 0) return new Set()
  const span = 'unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS e(id, "from", "to")'
  const isIn = `${AT} >= e."from" AND ${AT} < e."to"`
  // Without an index all sales are read once, and met by their second.
  const text = tables.isSaleIndexed
    ? `SELECT e.id FROM ${span} WHERE EXISTS (SELECT ${from(tables)} AND ${isIn})`
    : `SELECT DISTINCT e.id FROM (SELECT e.*, generate_series(e."from", e."to", '1 s') AS second FROM ${span}) e
       JOIN (SELECT s."createdAt" ${from(tables)}) s ON date_trunc('second', ${AT}::timestamptz) = e.second
       WHERE ${isIn}`
  const column = (name: keyof Span) => spans.map((each) => each[name])
  const rows = await query<{ id: string }>(text, [column('id'), column('from'), column('to')])
  return new Set(rows.map(({ id }) => id))
}
