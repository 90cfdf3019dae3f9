import type { ClientBase } from 'pg'
import { saleTotals, type BasketLine } from './basket'
import type { Ids } from './cuid'
import { insertRows, saleItemTable, saleTable } from './insert'
import type { PaymentMode } from './rows'
import { inTransaction } from './transaction'

/**
 * Records one sale as SaleSpider does: the sale, its items and what is left in stock, all or nothing. Throws when the
 * stock does not suffice: the table refuses a negative quantity.
 */
export async function recordSale(
  client: ClientBase,
  ids: Ids,
  { cashierId, lines, paymentMode, at }: { cashierId: string; lines: BasketLine[]; paymentMode: PaymentMode; at: Date },
): Promise<void> {
  const written = { createdAt: at, updatedAt: at }
  const sale = { id: ids(at), cashierId, ...saleTotals(lines), paymentMode, ...written }
  const items = lines.map((line) => ({ id: ids(at), saleId: sale.id, ...line, ...written }))
  await inTransaction(client, async () => {
    await insertRows(client, saleTable, [sale])
    await insertRows(client, saleItemTable, items)
    await client.query(
      `UPDATE "Product" SET quantity = "Product".quantity - line.quantity, "updatedAt" = $3
       FROM unnest($1::text[], $2::int[]) AS line (id, quantity) WHERE "Product".id = line.id`,
      [lines.map(({ productId }) => productId), lines.map(({ quantity }) => quantity), at.toISOString()],
    )
  })
}
