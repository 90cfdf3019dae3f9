/** A shop's life and a catalog as large as wanted, made by SQL; and what SaleSpider's tables look like. */
import { readFile } from 'node:fs/promises'
import { Client } from 'pg'
import type { Db } from '@/lib/db'
import { type ShopDb, openShopDb } from '@/lib/shop-db'
import { createDatabase } from './control'
import { SYSTEM } from './wal'

export type TestShop = { url: string; db: ShopDb; sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>; close(): Promise<void> }

/** A database of its own; `schema` is what it begins with, SaleSpider's tables if nothing else is said. */
export async function createShop(serverUrl: string, name: string, schema?: string): Promise<TestShop> {
  await createDatabase(serverUrl, name)
  const url = serverUrl.replace(/postgres$/, name)
  const client = new Client(url)
  client.on('error', () => undefined)
  await client.connect()
  await client.query(schema ?? (await readFile('demo/schema.sql', 'utf8')))
  const db = openShopDb(url)
  return {
    url, db,
    sql: async (text, values) => (await client.query(text, values)).rows,
    async close() {
      await db.close()
      await client.end()
    },
  }
}

/** Staff and goods: Ada `u1`, Funke `u2`; Fanta `p1`, Indomie `p2`, Rice `p3` of 2026-01-01. */
export const PEOPLE_AND_PRODUCTS = `
  INSERT INTO "User" (id, email, username, name, password, role, "createdAt", "updatedAt")
    SELECT id, id || '@shop.example', id, name, '', 'MANAGER', '2026-01-01', '2026-01-01' FROM (VALUES ('u1', 'Ada Okafor'), ('u2', 'Funke Adeyemi')) v(id, name);
  INSERT INTO "Product" (id, name, description, category, price, quantity, "lowStockMargin", "createdAt", "updatedAt")
    SELECT id, name, '', 'OTHERS', 100, 50, 5, '2026-01-01', '2026-01-01' FROM (VALUES ('p1', 'Fanta 50 cl'), ('p2', 'Indomie Chicken 70 g'), ('p3', 'Rice 5 kg')) v(id, name)`

/** $1 sales of 100 each, evenly from $2 up to $3 */
export const MANY_SALES = `
  INSERT INTO "Sale" (id, "cashierId", subtotal, "vatAmount", "vatPercentage", "totalAmount", "paymentMode", "createdAt", "updatedAt")
  SELECT 's' || n, 'u1', 100, 0, 0, 100, 'CASH', at, at
  FROM generate_series(0, $1::int - 1) n, LATERAL (SELECT $2::timestamp + ($3::timestamp - $2::timestamp) * (n::float8 / $1) AS at) t`

/** $1 price changes, evenly from $2 up to $3; every hundredth of them a deletion, the first one after fifty */
export const MANY_EVENTS = `
  INSERT INTO audit_logs (id, "entityType", "entityId", action, "newValues", "userId", "userEmail", timestamp, metadata)
  SELECT 'e' || lpad(n::text, 8, '0'), 'PRODUCT', 'p2', 'UPDATE', CASE WHEN n % 100 = 50 THEN jsonb_build_object('deletedAt', at) ELSE jsonb_build_object('price', n + 1) END,
    'u1', CASE WHEN n % 100 = 50 THEN 'system' ELSE 'u1@shop.example' END, at, CASE WHEN n % 100 = 50 THEN '{"action": "soft_delete"}'::jsonb END
  FROM generate_series(0, $1::int - 1) n, LATERAL (SELECT $2::timestamp + ($3::timestamp - $2::timestamp) * (n::float8 / $1) AS at) t`

/** Families of a full, six incrementals, a differential and six more, evenly up to `to`; the last set stops there. */
export async function fillSets(db: Db, stanza: string, count: number, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO backup_set (stanza, "repoKey", label, type, prior, reference, "startedAt", "stoppedAt", "archiveStart", "archiveStop", "lsnStart",
      "lsnStop", "systemId", "databaseSize", "databaseDelta", "repositorySize", "repositoryDelta", error, annotation, "backrestVersion")
    SELECT ${stanza}, 1, label, CASE k WHEN 0 THEN 'full' WHEN 7 THEN 'diff' ELSE 'incr' END, CASE WHEN k > 0 THEN family END, '{}',
      at - interval '9 s', at, '000000010000000000000005', '000000010000000000000005', '0/5000028', '0/5000100', ${SYSTEM}, 3000000000, 1000000, 300000000, 100000,
      false, '{}', '2.45'
    FROM generate_series(0, ${count}::int - 1) n,
      LATERAL (SELECT n % 14 AS k, ${from}::timestamptz + (${to}::timestamptz - ${from}::timestamptz) * ((n + 1)::float8 / ${count}::int) AS at) t,
      LATERAL (SELECT to_char(${from}::timestamptz + (${to}::timestamptz - ${from}::timestamptz) * ((n - k + 1)::float8 / ${count}::int), 'YYYYMMDD-HH24MISS') || 'F' AS family) f,
      LATERAL (SELECT CASE k WHEN 0 THEN family WHEN 7 THEN family || '_' || to_char(at, 'YYYYMMDD-HH24MISS') || 'D'
        ELSE family || '_' || to_char(at, 'YYYYMMDD-HH24MISS') || 'I' END AS label) l`
}

/** The shop runs on timeline 1; its WAL is stored whole, and marked once in ten minutes. */
export async function fillClock(db: Db, stanza: string, from: Date, to: Date): Promise<void> {
  await db.stanza.update({ where: { name: stanza }, data: { observation: { up: true, systemId: SYSTEM, timeline: 1, history: [] } } })
  await db.$executeRaw`
    INSERT INTO wal_mark (stanza, timeline, lsn, at, xid)
    SELECT ${stanza}, 1, 16777216 * n, ${from}::timestamptz + make_interval(mins => n::int * 10), n
    FROM generate_series(1, (extract(epoch FROM ${to}::timestamptz - ${from}::timestamptz) / 600)::bigint) n`
  await db.walRange.create({
    data: {
      stanzaName: stanza, repoKey: 1, archiveId: '15-1', timeline: 1, first: 1n, last: 1_000_000n, segmentSize: 16_777_216, checkedAt: to,
    },
  })
}
