import type { ClientBase } from 'pg'
import type { AuditLogRow, DeshelvingRow, ProductRow, SaleItemRow, SaleRow, UserRow } from './rows'

/** A table's name and its columns with their types, as SQL has them. */
export type Table<Row> = { name: string; columns: Record<keyof Row & string, string> }

const written = { createdAt: 'timestamp', updatedAt: 'timestamp' }

export const userTable: Table<UserRow> = {
  name: '"User"',
  columns: {
    id: 'text', email: 'text', username: 'text', name: 'text', password: 'text', role: '"Role"', status: '"UserStatus"',
    ...written, deletedAt: 'timestamp',
  },
}
export const productTable: Table<ProductRow> = {
  name: '"Product"',
  columns: {
    id: 'text', name: 'text', description: 'text', category: '"ProductCategory"', price: 'float8', quantity: 'int',
    lowStockMargin: 'int', gtin: 'text', ...written, deletedAt: 'timestamp',
  },
}
export const saleTable: Table<SaleRow> = {
  name: '"Sale"',
  columns: {
    id: 'text', cashierId: 'text', subtotal: 'float8', vatAmount: 'float8', vatPercentage: 'float8', totalAmount: 'float8',
    paymentMode: '"PaymentMode"', ...written,
  },
}
export const saleItemTable: Table<SaleItemRow> = {
  name: '"SaleItem"',
  columns: { id: 'text', saleId: 'text', productId: 'text', quantity: 'int', price: 'float8', ...written },
}
export const deshelvingTable: Table<DeshelvingRow> = {
  name: 'deshelvings',
  columns: {
    id: 'text', productId: 'text', quantity: 'int', reason: '"DeshelvingReason"', description: 'text', managerId: 'text',
    ...written,
  },
}
export const auditLogTable: Table<AuditLogRow> = {
  name: 'audit_logs',
  columns: {
    id: 'text', entityType: 'text', entityId: 'text', action: 'text', changes: 'jsonb', oldValues: 'jsonb', newValues: 'jsonb',
    userId: 'text', userEmail: 'text', timestamp: 'timestamp', metadata: 'jsonb',
  },
}

const BATCH = 5_000

/** Inserts the rows in their order, thousands in one statement. */
export async function insertRows<Row>(client: ClientBase, table: Table<Row>, rows: readonly Row[]): Promise<void> {
  const names = Object.keys(table.columns) as (keyof Row & string)[]
  const arrays = names.map((name, index) => `$${index + 1}::${table.columns[name]}[]`)
  const sql = `INSERT INTO ${table.name} (${names.map((name) => `"${name}"`).join(', ')})
    SELECT * FROM unnest(${arrays.join(', ')})`
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH)
    await client.query(sql, names.map((name) => batch.map((row) => asText(row[name]))))
  }
}

/** pg would write a Date in the zone of this process, and an object as a composite value. */
function asText(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
