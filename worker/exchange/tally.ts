/**
 * Counts what an exchange leaves behind and brings back: again and again until the shop is gone, so that the last answer is as
 * near to that as can be and nothing waits for it.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { logger } from '@/lib/logger'
import type { Counted } from '@/lib/restore/exchange/changes/schema'
import { type Since, countUp } from '@/lib/restore/exchange/rules'
import { readTally } from '@/lib/salespider/life/sales/data'
import { readTables } from '@/lib/salespider/life/tables/data'
import type { Columns, Tables } from '@/lib/salespider/life/tables/rules'
import type { Tally } from '@/lib/salespider/life/schema'
import type { ShopQuery } from '@/lib/shop-db'
import type { Account } from './account'

/** For the first answer, while the shop is open */
const PATIENCE_MS = 2_000
const PAUSE_MS = 50
/** The till comes first: nothing is written, one core at most. Times are UTC in SaleSpider's tables. */
const SETTINGS = `
  SET default_transaction_read_only = on; SET statement_timeout = ${PATIENCE_MS}; SET lock_timeout = 300;
  SET max_parallel_workers_per_gather = 0; SET jit = off; SET TimeZone = 'UTC'`

export type RunningTally = {
  /** As it was counted last; null where it never was */
  finish(): Promise<Counted | null>
}

/** Has an answer when it returns, or goes on without. */
export async function startTally(url: string, account: Account | null): Promise<RunningTally> {
  if (!account) return { finish: async () => null }
  const client = new Client({
    connectionString: url, application_name: 'salespider-backup worker', connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  client.on('error', () => undefined)
  let last: Counted | null = null
  let isOver = false

  async function watch(): Promise<void> {
    const { query, tables } = await open(client)
    while (!isOver) {
      const began = performance.now()
      last = countUp(account?.compared ?? null, await count(query, tables, account as Account))
      answer()
      // Half of the time at most, however long it takes.
      await sleep(Math.max(PAUSE_MS, performance.now() - began))
    }
  }

  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => (answer = resolve))
  const watching = watch().catch((error: unknown) => {
    logger.debug({ error: String(error) }, 'what stays behind: counted no further')
  })
  await Promise.race([answered, watching, sleep(PATIENCE_MS)])
  return {
    async finish() {
      isOver = true
      await client.end().catch(() => undefined)
      await watching
      return last
    },
  }
}

async function open(client: Client): Promise<{ query: ShopQuery; tables: Tables }> {
  await client.connect()
  await client.query(SETTINGS)
  const query: ShopQuery = async (text, values = []) => (await client.query(text, [...values])).rows
  const tables = await readTables(query)
  if (!tables) throw new Error('no sales to be counted')
  return { query, tables }
}

async function count(query: ShopQuery, tables: Tables, { soldSince, gone }: Account): Promise<Since> {
  const [clock] = await query<{ at: Date }>('SELECT clock_timestamp() AS at')
  const sold = await readTally(query, tables, { from: new Date(soldSince.getTime() + 1) })
  return { at: clock?.at ?? new Date(), sold, gone: gone && (await countGone(query, tables, gone)) }
}

type Gone = NonNullable<Account['gone']>

/** Marked as deleted since, and there at the point. */
async function countGone(query: ShopQuery, { sale, product, user }: Tables, { since, thereAt }: Gone): Promise<Since['gone']> {
  const isGone = '"deletedAt" > $1::timestamptz AND "createdAt" <= $2::timestamptz'
  const marks = (columns: Columns | null) => columns?.has('deletedAt') && columns.has('createdAt')
  async function ask(what: string, table: string, columns: Columns | null): Promise<Tally> {
    const [row] = marks(columns)
      ? await query<Tally>(`SELECT count(*)::int AS count, ${what} AS takings FROM "${table}" WHERE ${isGone}`, [since, thereAt])
      : []
    return row ?? { count: 0, takings: '0' }
  }
  const sales = await ask('COALESCE(round(sum("totalAmount")::numeric, 2), 0)::text', 'Sale', sale)
  const [products, people] = [await ask(`'0'`, 'Product', product), await ask(`'0'`, 'User', user)]
  return { sales, products: products.count, people: people.count }
}
