import type { ClientBase } from 'pg'
import { deshelved, priceChanged, restocked, type Actor, type AuditEntry } from './audit'
import type { Ids } from './cuid'
import { auditLogTable, deshelvingTable, insertRows } from './insert'
import type { DeshelvingRow, ProductRow } from './rows'
import { inTransaction } from './transaction'

/** Who writes, when, and where the ids of the new rows come from. */
export type Entry = { by: Actor; at: Date; ids: Ids }
type Stocked = Pick<ProductRow, 'id' | 'name' | 'price' | 'quantity'>

export async function changePrice(client: ClientBase, { id }: Stocked, price: number, entry: Entry): Promise<void> {
  await inTransaction(client, async () => {
    await client.query('UPDATE "Product" SET price = $2, "updatedAt" = $3 WHERE id = $1', [id, price, entry.at.toISOString()])
    await note(client, priceChanged(id, price, entry.by), entry)
  })
}

export async function restock(client: ClientBase, { id }: Stocked, units: number, entry: Entry): Promise<void> {
  await inTransaction(client, async () => {
    await moveStock(client, id, units, entry)
    await note(client, restocked(id, units, entry.by), entry)
  })
}

/** Throws when there is less of it than `loss` says. */
export async function deshelve(
  client: ClientBase,
  product: Stocked,
  { quantity, reason, description }: Pick<DeshelvingRow, 'quantity' | 'reason' | 'description'>,
  entry: Entry,
): Promise<void> {
  const { by, at, ids } = entry
  const what = { id: ids(at), productId: product.id, quantity, reason, description }
  const row = { ...what, managerId: by.id, createdAt: at, updatedAt: at }
  await inTransaction(client, async () => {
    await insertRows(client, deshelvingTable, [row])
    await moveStock(client, product.id, -quantity, entry)
    await note(client, deshelved(row, product, by), entry)
  })
}

async function moveStock(client: ClientBase, id: string, units: number, { at }: Entry): Promise<void> {
  const sql = 'UPDATE "Product" SET quantity = quantity + $2, "updatedAt" = $3 WHERE id = $1'
  await client.query(sql, [id, units, at.toISOString()])
}

async function note(client: ClientBase, entry: AuditEntry, { at, ids }: Entry): Promise<void> {
  await insertRows(client, auditLogTable, [{ id: ids(at), ...entry, timestamp: at }])
}
