import type { AuditLogRow, DeshelvingRow, ProductRow, UserRow } from './rows'

/** Entries as SaleSpider writes them: an update holds the new values alone, a soft delete is an update by "system". */
export type AuditEntry = Omit<AuditLogRow, 'id' | 'timestamp'>
export type Actor = Pick<UserRow, 'id' | 'email'>

const TILL = {
  ip: '192.168.8.21',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
}

export function userCreated(user: UserRow, by: Actor): AuditEntry {
  const { name, username, email, role } = user
  return entry('USER', user.id, 'CREATE', { name, username, email, role, status: 'ACTIVE' }, by)
}

export function userLeft(userId: string, by: Actor): AuditEntry {
  return entry('USER', userId, 'UPDATE', { status: 'INACTIVE' }, by)
}

export function productCreated(product: ProductRow, by: Actor): AuditEntry {
  const { name, description, category, price, quantity, lowStockMargin, gtin } = product
  return entry('PRODUCT', product.id, 'CREATE', { name, description, category, price, quantity, lowStockMargin, gtin }, by)
}

export function priceChanged(productId: string, price: number, by: Actor): AuditEntry {
  return entry('PRODUCT', productId, 'UPDATE', { price }, by)
}

export function restocked(productId: string, units: number, by: Actor): AuditEntry {
  return entry('PRODUCT', productId, 'UPDATE', { quantity: `+${units}` }, by)
}

export function productDeleted(productId: string, deletedAt: Date, by: Actor): AuditEntry {
  const metadata = { action: 'soft_delete', reason: 'Product soft deleted' }
  return { ...entry('PRODUCT', productId, 'UPDATE', { deletedAt }, bySystem(by)), metadata }
}

export function productRestored(productId: string, by: Actor): AuditEntry {
  const metadata = { action: 'restore', reason: 'Product restored from soft delete' }
  return { ...entry('PRODUCT', productId, 'UPDATE', { deletedAt: null }, bySystem(by)), metadata }
}

/** `before` is the product as it stood. */
export function deshelved(row: DeshelvingRow, before: Pick<ProductRow, 'name' | 'price' | 'quantity'>, by: Actor): AuditEntry {
  const { productId, quantity, reason, description } = row
  const left = before.quantity - quantity
  const stock = { oldProductQuantity: before.quantity, newProductQuantity: left }
  return {
    ...entry('DESHELVING', productId, 'CREATE', { productQuantity: left }, by),
    changes: { productId, productName: before.name, quantity, reason, description, ...stock },
    oldValues: { productQuantity: before.quantity },
    metadata: {
      ...TILL,
      deshelvingRecordId: row.id,
      deshelvingReason: reason,
      quantityDeshelved: quantity,
      valueImpact: quantity * before.price,
    },
  }
}

const bySystem = (by: Actor): Actor => ({ id: by.id, email: 'system' })

function entry(
  entityType: AuditEntry['entityType'],
  entityId: string,
  action: AuditEntry['action'],
  newValues: object,
  by: Actor,
): AuditEntry {
  const who = { userId: by.id, userEmail: by.email, metadata: TILL }
  return { entityType, entityId, action, changes: null, oldValues: null, newValues, ...who }
}
