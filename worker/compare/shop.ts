/** SaleSpider's own figures, and what the rows that differ mean in sales. */
import type { Comparison, ShopNumbers } from '@/lib/restore/comparison/schema'
import type { TableInfo } from './catalog'
import type { Changed } from './pairing'
import { type OfBoth, type Sessions, type Side, bothSides, onBoth, otherSide } from './sides'
import type { Session } from './session'
import type { Witness } from './table'

export const SALES = { schema: 'public', name: 'Sale' } as const

const numbers = ['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric']
const times = ['timestamp without time zone', 'timestamp with time zone', 'date']
const SHAPE: Record<string, Record<string, string[]>> = {
  Sale: { totalAmount: numbers, createdAt: times, deletedAt: times },
  Product: { price: numbers, quantity: numbers, deletedAt: times },
  User: { deletedAt: times },
}

/** Whether these are SaleSpider's tables, in the shape the figures are reckoned from. */
export function isShop(tables: readonly TableInfo[]): boolean {
  return Object.entries(SHAPE).every(([name, shape]) => {
    const table = tables.find((candidate) => candidate.schema === 'public' && candidate.name === name)
    return Object.entries(shape).every(([column, types]) =>
      table?.columns.some((candidate) => candidate.name === column && types.includes(candidate.type)))
  })
}

const NUMBERS = `
  SELECT jsonb_build_object('sales', s.sales, 'takings', s.takings, 'newestSaleAt', s.newest,
    'products', p.products, 'stock', p.stock, 'stockValue', p.value, 'people', u.people)
  FROM
    (SELECT count(*), trim_scale(coalesce(sum("totalAmount"::numeric), 0))::text,
        to_char(max("createdAt"), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      FROM public."Sale" WHERE "deletedAt" IS NULL) s (sales, takings, newest),
    (SELECT count(*), coalesce(sum(quantity), 0)::float8, trim_scale(coalesce(sum(price::numeric * quantity::numeric), 0))::text
      FROM public."Product" WHERE "deletedAt" IS NULL) p (products, stock, value),
    (SELECT count(*) FROM public."User" WHERE "deletedAt" IS NULL) u (people)`

export async function readShopNumbers(session: Session): Promise<ShopNumbers> {
  const [row] = await session.query<[ShopNumbers]>(NUMBERS)
  if (!row) throw new Error('figures without a row')
  return row[0]
}

const COUNTED = `
  SELECT count(*)::int, coalesce(sum("totalAmount"::numeric), 0)::text FROM ONLY public."Sale" WHERE "deletedAt" IS NULL`
const COUNTED_AT = `${COUNTED} AND ctid = ANY ($1::tid[])`
const WHICH_COUNT = 'SELECT ctid::text FROM ONLY public."Sale" WHERE "deletedAt" IS NULL AND ctid = ANY ($1::tid[])'
const SUM = 'SELECT trim_scale(coalesce(sum(v), 0))::text FROM unnest($1::numeric[]) v'

type Sum = { count: number; takings: string }
type SalesDifference = Pick<NonNullable<Comparison['shop']>, 'lostSales' | 'returningSales'>

/** Adds up the sales that only one side counts: those it alone has, and those that the other has as deleted. */
export function openSalesTally(sessions: Sessions): Witness & { total(): Promise<SalesDifference> } {
  const sums: OfBoth<{ count: number; parts: string[] }> = { then: { count: 0, parts: [] }, now: { count: 0, parts: [] } }

  async function add(side: Side, sql: string, values?: unknown[]): Promise<void> {
    const [row] = await sessions[side].query<[number, string]>(sql, values)
    if (!row) return
    sums[side].count += row[0]
    sums[side].parts.push(row[1])
  }

  async function total(side: Side): Promise<Sum> {
    const [row] = await sessions[side].query<[string]>(SUM, [sums[side].parts])
    return { count: sums[side].count, takings: row?.[0] ?? '0' }
  }

  return {
    single: (side, rows) => add(side, COUNTED_AT, [rows.map(({ place }) => place)]),
    whole: (side) => add(side, COUNTED),
    async changed(rows: Changed[]) {
      const counted = await onBoth(sessions, async (session, side) =>
        new Set((await session.query<[string]>(WHICH_COUNT, [rows.map((row) => row[side])])).map(([place]) => place)))
      for (const side of bothSides) {
        const only = rows.filter((row) => counted[side].has(row[side]) && !counted[otherSide[side]].has(row[otherSide[side]]))
        if (only.length > 0) await add(side, COUNTED_AT, [only.map((row) => row[side])])
      }
    },
    async total() {
      return { lostSales: await total('now'), returningSales: await total('then') }
    },
  }
}
