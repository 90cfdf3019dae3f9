import { deshelved, priceChanged, restocked, type Actor, type AuditEntry } from './audit'
import { drawBasket, drawPaymentMode, saleTotals } from './basket'
import type { Ids } from './cuid'
import type { Random } from './random'
import type { AuditLogRow, DeshelvingRow, SaleItemRow, SaleRow } from './rows'
import type { StaffMember } from './staff'
import type { Shelf } from './stock'

/** The shop while its past is played: the shelves as they stand, and every row written so far. */
export type Shop = {
  ids: Ids
  staff: StaffMember[]
  shelves: Shelf[]
  sales: SaleRow[]
  items: SaleItemRow[]
  deshelvings: DeshelvingRow[]
  auditLogs: AuditLogRow[]
}

/** Something that happens at that time; what exactly depends on how the shop stands then. */
export type Moment = { at: Date; happens: (at: Date) => void }

export const isOnSale = (shelf: Shelf) => shelf.deletedAt === null

export function note(shop: Shop, at: Date, entry: AuditEntry): void {
  shop.auditLogs.push({ id: shop.ids(at), ...entry, timestamp: at })
}

/** Sells one basket. Nothing happens when the shelves are empty. */
export function sell(shop: Shop, at: Date, cashierId: string, random: Random): void {
  const lines = drawBasket(shop.shelves.filter(isOnSale), random)
  if (lines.length === 0) return
  const totals = saleTotals(lines)
  const sale = { id: shop.ids(at), cashierId, ...totals, paymentMode: drawPaymentMode(totals.totalAmount, random) }
  shop.sales.push({ ...sale, createdAt: at, updatedAt: at })
  for (const line of lines) {
    shop.items.push({ id: shop.ids(at), saleId: sale.id, ...line, createdAt: at, updatedAt: at })
    const shelf = shop.shelves.find(({ id }) => id === line.productId)
    if (shelf) Object.assign(shelf, { quantity: shelf.quantity - line.quantity, updatedAt: at })
  }
}

export function reprice(shop: Shop, at: Date, shelf: Shelf, price: number, by: Actor): void {
  if (price === shelf.price) return
  Object.assign(shelf, { price, updatedAt: at })
  note(shop, at, priceChanged(shelf.id, price, by))
}

export function restock(shop: Shop, at: Date, shelf: Shelf, units: number, by: Actor): void {
  Object.assign(shelf, { quantity: shelf.quantity + units, updatedAt: at })
  note(shop, at, restocked(shelf.id, units, by))
}

export type Loss = Pick<DeshelvingRow, 'quantity' | 'reason' | 'description'>

/** Takes off at most what is there. */
export function deshelve(shop: Shop, at: Date, shelf: Shelf, loss: Loss, by: Actor): void {
  const quantity = Math.min(loss.quantity, shelf.quantity)
  if (quantity === 0) return
  const { reason, description } = loss
  const what = { id: shop.ids(at), productId: shelf.id, quantity, reason, description }
  const row = { ...what, managerId: by.id, createdAt: at, updatedAt: at }
  shop.deshelvings.push(row)
  note(shop, at, deshelved(row, shelf, by))
  Object.assign(shelf, { quantity: shelf.quantity - quantity, updatedAt: at })
}
