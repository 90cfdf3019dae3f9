/** SaleSpider's own figures, and what the rows that differ mean in sales. */
import type { Comparison, ShopNumbers } from '@/lib/restore/comparison/schema'
import type { TableInfo } from './catalog'
import { type OfBoth, type Sessions, type Side, onBoth } from './sides'
import type { Session } from './session'
import type { Witness } from './table'

const SCHEMA = 'public'
const [SALES, PRODUCTS] = ['Sale', 'Product']

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

/** Parameter: a time, ISO 8601. */
const NEXT_SALE = `
  SELECT to_char(min("createdAt"), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') FROM public."Sale"
  WHERE "deletedAt" IS NULL AND "createdAt" >= ($1::timestamptz AT TIME ZONE 'UTC') + interval '1 millisecond'`

/** The running shop's first sale after the newest one of then. */
export async function readNextSale(now: Session, newestSaleAt: string | null): Promise<string | null> {
  const [row] = await now.query<[string | null]>(NEXT_SALE, [newestSaleAt ?? '-infinity'])
  return row?.[0] ?? null
}

const MIGRATION = `
  SELECT left(migration_name, 255) FROM public._prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY finished_at DESC, migration_name DESC LIMIT 1`
const MIGRATION_COLUMNS = ['migration_name', 'finished_at', 'rolled_back_at']

/** The newest one that was applied; null where Prisma did not make the tables. */
export async function readMigration(session: Session, tables: readonly TableInfo[]): Promise<string | null> {
  const table = tables.find(({ schema, name }) => schema === 'public' && name === '_prisma_migrations')
  if (!MIGRATION_COLUMNS.every((wanted) => table?.columns.some(({ name }) => name === wanted))) return null
  const [row] = await session.query<[string]>(MIGRATION)
  return row?.[0] ?? null
}

const COUNTED = `
  SELECT count(*)::int, coalesce(sum("totalAmount"::numeric), 0)::text FROM ONLY public."Sale" WHERE "deletedAt" IS NULL`
const COUNTED_AT = `${COUNTED} AND ctid = ANY ($1::tid[])`
const SUM = 'SELECT trim_scale(coalesce(sum(v), 0))::text FROM unnest($1::numeric[]) v'

type Sum = { count: number; takings: string }
type SalesDifference = Pick<Shop, 'lostSales' | 'returningSales'>
type Shop = NonNullable<Comparison['shop']>

/** What the rows that differ mean, table by table, and all together. */
export function openShopTally(sessions: Sessions) {
  const [sales, prices] = [openSalesTally(sessions), openPriceTally(sessions)]
  return {
    witnessOf({ schema, name }: { schema: string; name: string }): Witness | null {
      if (schema !== SCHEMA) return null
      return name === SALES ? sales : name === PRODUCTS ? prices : null
    },
    total: async (): Promise<SalesDifference & Pick<Shop, 'repriced'>> => ({ ...(await sales.total()), repriced: prices.total() }),
  }
}

/** Adds up the sales that only one side counts: those it alone has, and those that the other has as deleted. */
function openSalesTally(sessions: Sessions): Witness & { total(): Promise<SalesDifference> } {
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
    single: (side, places) => add(side, COUNTED_AT, [places]),
    whole: (side) => add(side, COUNTED),
    async total() {
      return { lostSales: await total('now'), returningSales: await total('then') }
    },
  }
}

const PRICES = 'SELECT ctid::text, trim_scale(price::numeric)::text FROM ONLY public."Product" WHERE ctid = ANY ($1::tid[])'

/** Counts the products that both sides have at another price. */
function openPriceTally(sessions: Sessions): Witness & { total(): number } {
  let repriced = 0
  return {
    async changed(rows) {
      const prices = await onBoth(sessions, async (session, side) =>
        new Map(await session.query<[string, string]>(PRICES, [rows.map((row) => row[side])])))
      repriced += rows.filter(({ then, now }) => prices.then.get(then) !== prices.now.get(now)).length
    },
    total: () => repriced,
  }
}
