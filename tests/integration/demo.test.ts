import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTraffic } from '@/demo/live-trade'
import { seedShop } from '@/demo/seed-shop'
import { startPostgres, type TestPostgres } from '@/tests/support/postgres'

const now = new Date('2026-11-24T13:26:08Z')
const MB = 1024 ** 2
const GROWN = { seed: 615, now, sizeMb: 75 }
const TABLES = ['"User"', '"Product"', '"Sale"', '"SaleItem"', 'deshelvings', 'audit_logs', '"AppSettings"', '_prisma_migrations']

let postgres: TestPostgres
let shop: Client
const clients: Client[] = []

const urlOf = (name: string) => postgres.url.replace(/postgres$/, name)

async function createDatabase(name: string): Promise<Client> {
  const admin = new Client({ connectionString: postgres.url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  const client = new Client({ connectionString: urlOf(name) })
  await client.connect()
  clients.push(client)
  return client
}

const schema = () => readFile(path.resolve('demo/schema.sql'), 'utf8')

async function value(client: Client, sql: string): Promise<number> {
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  return Number(rows[0]?.[0])
}

async function digest(client: Client, table: string): Promise<unknown> {
  const sql = `SELECT md5(string_agg(t::text, '|' ORDER BY id)) AS digest, count(*) FROM ${table} AS t`
  return (await client.query(sql)).rows[0]
}

async function definitions(client: Client): Promise<unknown> {
  const tables = `IN ('"Sale"'::regclass, '"SaleItem"'::regclass)`
  const { rows } = await client.query(
    `SELECT pg_get_indexdef(indexrelid) AS definition FROM pg_index WHERE indrelid ${tables}
     UNION ALL SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid ${tables} ORDER BY 1`,
  )
  return rows
}

beforeAll(async () => {
  postgres = await startPostgres()
  shop = await createDatabase('shop')
  await seedShop(shop, GROWN)
})

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()))
  await postgres?.stop()
})

describe('the demo shop', () => {
  it('grows to the size asked for, to within a tenth', async () => {
    const size = await value(shop, 'SELECT pg_database_size(current_database())')
    expect(Math.abs(size / MB - GROWN.sizeMb)).toBeLessThan(GROWN.sizeMb / 10)
  })

  it('has the same rows for the same seed, time and size', async () => {
    const again = await createDatabase('again')
    await seedShop(again, GROWN)
    for (const table of TABLES) expect([table, await digest(again, table)]).toEqual([table, await digest(shop, table)])
  })

  it('has the older history before the months played, with sums that add up', async () => {
    expect(await value(shop, `SELECT count(*) FROM "Sale" WHERE "createdAt" < '2026-07-23 23:00'`)).toBeGreaterThan(20_000)
    const sums = 'SELECT "saleId" AS id, sum(quantity * price) AS subtotal FROM "SaleItem" GROUP BY 1'
    const wrong = `SELECT count(*) FROM "Sale" LEFT JOIN (${sums}) AS sums USING (id)
                   WHERE sums.subtotal IS DISTINCT FROM "Sale".subtotal`
    expect(await value(shop, wrong)).toBe(0)
    const early = `SELECT count(*) FROM "Sale" JOIN "User" ON "User".id = "cashierId"
                   WHERE "Sale"."createdAt" < "User"."createdAt"`
    expect(await value(shop, early)).toBe(0)
    const shut = `SELECT count(*) FROM "Sale" WHERE extract(hour FROM "createdAt" + interval '1 hour') NOT BETWEEN 8 AND 20`
    expect(await value(shop, shut)).toBe(0)
  })

  it('has every index and constraint again after it has grown', async () => {
    const bare = await createDatabase('bare')
    await bare.query(await schema())
    expect(await definitions(shop)).toEqual(await definitions(bare))
  })

  it('is left alone when it has sales', async () => {
    const before = await digest(shop, 'audit_logs')
    const result = await seedShop(shop, { seed: 1, now, sizeMb: 200 })
    expect(result).toMatchObject({ seeded: false, history: 0 })
    expect(result.sales).toBe(await value(shop, 'SELECT count(*) FROM "Sale"'))
    expect(await digest(shop, 'audit_logs')).toEqual(before)
  })

  it('is not there at all when the seed fails at its end', async () => {
    const failing = await createDatabase('failing')
    await failing.query(await schema())
    await failing.query('ALTER TABLE audit_logs ADD CHECK (false)')
    await expect(seedShop(failing, { seed: 615, now })).rejects.toThrow(/audit_logs/)
    expect(await value(failing, 'SELECT count(*) FROM "User"')).toBe(0)
  })
})

describe('live traffic', () => {
  const stock = 'SELECT sum(quantity) FROM "Product"'
  const sales = 'SELECT count(*) FROM "Sale"'

  it('sells on after its connections are cut, keeps the books, and ends when told', async () => {
    const [stockBefore, salesBefore, started] = [await value(shop, stock), await value(shop, sales), new Date()]
    const stop = new AbortController()
    const traffic = runTraffic({ url: urlOf('shop'), pace: 0.01, signal: stop.signal })
    const sold = () => value(shop, sales)
    await expect.poll(sold, { timeout: 20_000 }).toBeGreaterThan(salesBefore + 10)
    const cut = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'demo-traffic'`
    expect(await value(shop, cut)).toBe(1)
    const salesAtCut = await sold()
    await expect.poll(sold, { timeout: 20_000 }).toBeGreaterThan(salesAtCut + 10)
    stop.abort()
    await traffic
    expect(await value(shop, stock)).toBe(stockBefore + (await movedSince(started)))
    expect(await value(shop, `SELECT count(*) FROM pg_stat_activity WHERE application_name = 'demo-traffic'`)).toBe(0)
  })

  async function movedSince(start: Date): Promise<number> {
    const since = `'${start.toISOString()}'::timestamp`
    return value(
      shop,
      `SELECT coalesce((SELECT sum(substr("newValues"->>'quantity', 2)::int) FROM audit_logs
                        WHERE timestamp >= ${since} AND action = 'UPDATE' AND "newValues" ? 'quantity'), 0)
            - coalesce((SELECT sum(quantity) FROM "SaleItem" WHERE "createdAt" >= ${since}), 0)
            - coalesce((SELECT sum(quantity) FROM deshelvings WHERE "createdAt" >= ${since}), 0)`,
    )
  }
})
