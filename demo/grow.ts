import type { ClientBase } from 'pg'
import { BASKET_SIZES, VAT_PERCENTAGE } from './basket'
import { DAY_MS, openHours, shopDay, shopDays } from './calendar'
import { HISTORY_SQL } from './history-sql'
import { withoutIndexes } from './indexes'
import type { Trade } from './trade'

const MB = 1024 ** 2
const MAX_HISTORY_DAYS = 5 * 365
const CHUNK = 50_000
/** how much dearer things become in a year */
const INFLATION = 0.18

/** How long the shop has traded before the months played: a larger one is older, then busier. */
export const historyDaysFor = (sizeMb: number) => Math.round(Math.min(sizeMb * 4, MAX_HISTORY_DAYS))

/**
 * Adds older sales, made by the server, until the database has about `sizeMb`. The same seed, months and size make the
 * same rows. Returns how many sales came.
 */
export async function growHistory(
  client: ClientBase,
  trade: Pick<Trade, 'from' | 'staff' | 'shelves' | 'sales'>,
  { seed, sizeMb }: { seed: number; sizeMb: number },
): Promise<number> {
  const sales = await salesMissing(client, trade.sales.length, sizeMb * MB)
  if (sales === 0) return 0
  // Estimates are far too high for what these statements make: compiling each takes longer than running it.
  await client.query(`SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`)
  await client.query(HISTORY_SQL.slots, slotColumns(trade.from, historyDaysFor(sizeMb), sales))
  const products = trade.shelves.filter(({ createdAt }) => createdAt < trade.from)
  await client.query(HISTORY_SQL.products, [
    products.map(({ id }) => id),
    products.map(({ usualPrice }) => usualPrice),
    products.map(({ most }) => most),
  ])
  const cashiers = trade.staff.filter(({ row, joinsAt }) => row.role === 'CASHIER' && joinsAt < trade.from)
  const shares = thresholds(products.map(({ weight }) => weight))
  const draws = [seed, cashiers.map(({ row }) => row.id), BASKET_SIZES, shares, VAT_PERCENTAGE]
  await withoutIndexes(client, ['"Sale"', '"SaleItem"'], async () => {
    for (let first = 0; first < sales; first += CHUNK) await client.query(HISTORY_SQL.chunk, [first, first + CHUNK, ...draws])
  })
  return sales
}

/** Reckoned from what a sale takes now, with its items and indexes. */
async function salesMissing(client: ClientBase, sales: number, size: number): Promise<number> {
  const { rows } = await client.query<{ whole: string; trade: string }>(
    `SELECT pg_database_size(current_database()) AS whole,
            pg_total_relation_size('"Sale"') + pg_total_relation_size('"SaleItem"') AS trade`,
  )
  const missing = size - Number(rows[0]?.whole)
  return Math.max(0, Math.floor((missing * sales) / Number(rows[0]?.trade)))
}

/** Columns of one slot for each open hour: how many sales came before it, when it starts, its sales, its price level. */
function slotColumns(until: Date, days: number, sales: number): unknown[][] {
  const first = shopDay(new Date(until.getTime() - days * DAY_MS + DAY_MS / 2)).midnight
  const hours = shopDays(first, new Date(until.getTime() - 1)).flatMap(openHours)
  const scale = sales / hours.reduce((sum, hour) => sum + hour.sales, 0)
  let expected = 0
  const slots = hours.map((hour, index) => {
    const before = Math.round(expected * scale)
    expected += hour.sales
    const upTo = index === hours.length - 1 ? sales : Math.round(expected * scale)
    const quartersAgo = Math.floor((until.getTime() - hour.startsAt.getTime()) / (DAY_MS * 91))
    return [before, hour.startsAt.toISOString(), upTo - before, (1 + INFLATION) ** (-quartersAgo / 4)]
  })
  return [0, 1, 2, 3].map((column) => slots.map((slot) => slot[column]))
}

/** Upper ends of the products' shares of 1, without the last. */
function thresholds(weights: number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let reached = 0
  return weights.slice(0, -1).map((weight) => (reached += weight) / whole)
}
