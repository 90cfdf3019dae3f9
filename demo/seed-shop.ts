import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ClientBase } from 'pg'
import { growHistory, historyDaysFor } from './grow'
import { auditLogTable, deshelvingTable, insertRows, productTable, saleItemTable, saleTable, userTable } from './insert'
import { simulateTrade } from './trade'
import { inTransaction } from './transaction'

export type SeedResult = {
  /** false when the shop had sales already and was left alone */
  seeded: boolean
  sales: number
  /** of them, those older than the four months played in detail */
  history: number
  /** bytes, of the whole database */
  size: number
}

/**
 * Makes the shop, tables and all, in one transaction: a seed that is interrupted leaves nothing behind. `sizeMb` is what
 * the database is to have at the end, to within a tenth; a smaller one than the four months need changes nothing.
 */
export async function seedShop(
  client: ClientBase,
  { seed, now, sizeMb = 0 }: { seed: number; now: Date; sizeMb?: number },
): Promise<SeedResult> {
  const done = await inTransaction(client, async () => {
    await createTables(client)
    const existing = await count(client, 'SELECT count(*) FROM "Sale"')
    if (existing > 0) return { seeded: false, sales: existing, history: 0 }
    const trade = simulateTrade({ seed, now, historyDays: historyDaysFor(sizeMb) })
    await insertRows(client, userTable, trade.staff.map(({ row }) => row))
    await insertRows(client, productTable, trade.shelves)
    await insertRows(client, saleTable, trade.sales)
    await insertRows(client, saleItemTable, trade.items)
    await insertRows(client, deshelvingTable, trade.deshelvings)
    await insertRows(client, auditLogTable, trade.auditLogs)
    const history = await growHistory(client, trade, { seed, sizeMb })
    return { seeded: true, sales: trade.sales.length + history, history }
  })
  // What autovacuum would do a minute later, in the middle of the first backup.
  if (done.seeded) await client.query('VACUUM (ANALYZE)')
  return { ...done, size: await count(client, 'SELECT pg_database_size(current_database())') }
}

async function createTables(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ missing: boolean }>(`SELECT to_regclass('"Sale"') IS NULL AS missing`)
  if (rows[0]?.missing) await client.query(await readFile(path.join(import.meta.dirname, 'schema.sql'), 'utf8'))
}

async function count(client: ClientBase, sql: string): Promise<number> {
  const { rows } = await client.query<Record<string, string>>(sql)
  return Number(Object.values(rows[0] ?? {})[0])
}
