/** What a switch would change in a large shop, after an hour of trade; beside the time it takes to read both sides once. */
import { Client, type ClientConfig } from 'pg'
import type { Comparison } from '@/lib/restore/comparison/schema'
import { compareDatabases } from '../worker/compare/compare'
import { type TestPostgres, binaries } from '../tests/support/postgres'
import { type TestStandby, copyCluster } from '../tests/support/standby'
import { round, timed } from './figures'

const DATABASE = 'postgres'
const SALES = 200
const PRICES = 40

/** `shop` holds the demo shop; it is written to. */
export async function benchCompare(shop: TestPostgres) {
  const copy = await copyCluster(shop, DATABASE)
  const client = await connect({ connectionString: shop.url })
  const there = await connect(copy.config)
  try {
    await trade(client)
    const scanMs = await timed(() => Promise.all([client, there].map(readOnce)))
    const afterAnHour = await measure(shop, copy)
    expectDifferences(afterAnHour.comparison)
    await client.query('VACUUM FULL "SaleItem"')
    const rewritten = await measure(shop, copy)
    expectDifferences(rewritten.comparison)
    const { rows } = await client.query<{ mb: number }>('SELECT (pg_database_size(current_database()) / 1024 / 1024)::int AS mb')
    return {
      databaseMb: rows[0]?.mb, scanMs: round(scanMs, 0), compareMs: afterAnHour.tookMs, ratio: round(afterAnHour.tookMs / scanMs),
      memoryMb: afterAnHour.memoryMb, rewrittenMs: rewritten.tookMs, rewrittenMemoryMb: rewritten.memoryMb,
    }
  } finally {
    await client.end()
    await there.end()
    await copy.stop()
  }
}

async function connect(config: ClientConfig): Promise<Client> {
  const client = new Client(config)
  client.on('error', (error) => process.stderr.write(`${error.message}\n`))
  await client.connect()
  return client
}

async function trade(client: Client): Promise<void> {
  await client.query(`
    INSERT INTO "Sale" SELECT 'zz-sale-' || n, (SELECT id FROM "User" LIMIT 1), 10, 0, 7.5, 10, 'CASH', now(), now(), NULL
      FROM generate_series(1, ${SALES}) n;
    INSERT INTO "SaleItem" SELECT 'zz-item-' || n, 'zz-sale-' || n, (SELECT id FROM "Product" LIMIT 1), 1, 10, now(), now()
      FROM generate_series(1, ${SALES}) n;
    UPDATE "Product" SET price = price + 1 WHERE id IN (SELECT id FROM "Product" ORDER BY id LIMIT ${PRICES})`)
}

async function readOnce(client: Client): Promise<void> {
  await client.query('SET max_parallel_workers_per_gather = 0')
  const tables = ['"Sale"', '"SaleItem"', '"Product"', 'audit_logs', 'deshelvings']
  for (const table of tables) await client.query(`SELECT count(*) FROM ${table}`)
}

/** Memory is what this process has grown by at most. */
async function measure(shop: TestPostgres, copy: TestStandby) {
  const before = process.memoryUsage().rss
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  const comparison = await compareDatabases({
    then: copy.config, now: { connectionString: shop.url }, bin: binaries(), thenDataDir: copy.dataDir, nowDataDir: shop.dataDir,
    at: new Date(), signal: new AbortController().signal, onProgress: () => undefined,
    onDifferences: async () => undefined,
  }).finally(() => clearInterval(timer))
  return { comparison, tookMs: comparison.took, memoryMb: Math.round((peak - before) / 1024 ** 2) }
}

/** A figure of a comparison that is wrong would be worth nothing. */
function expectDifferences({ tables, shop }: Comparison): void {
  const told = tables.map(({ name, lost, returns, changed }) => `${name} ${lost}/${returns}/${changed}`).toSorted().join(', ')
  const expected = `Product 0/0/${PRICES}, Sale ${SALES}/0/0, SaleItem ${SALES}/0/0`
  if (told !== expected || shop?.lostSales.count !== SALES) throw new Error(`the comparison told ${told} instead of ${expected}`)
}
