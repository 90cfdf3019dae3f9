/** Which of SaleSpider's columns this shop has: older and newer versions lack some, and statements are made of what is there. */

export type Columns = ReadonlySet<string>

export type Tables = {
  sale: Columns
  /** Whether sales can be looked up by their time without reading all of them */
  isSaleIndexed: boolean
  /** Null where there is none, or where it lacks what an event needs */
  audit: Columns | null
  user: Columns | null
  product: Columns | null
}

export type TableRow = { table: string; columns: string[]; isIndexed: boolean }

const SALE = ['id', 'createdAt', 'totalAmount']
const AUDIT = ['id', 'entityType', 'entityId', 'action', 'timestamp']
const NAMED = ['id', 'name']

export function toTables(rows: readonly TableRow[]): Tables | null {
  const find = (table: string, needed: readonly string[]): Columns | null => {
    const columns = new Set(rows.find((row) => row.table === table)?.columns)
    return needed.every((column) => columns.has(column)) ? columns : null
  }
  const sale = find('Sale', SALE)
  return sale && {
    sale,
    isSaleIndexed: rows.some(({ table, isIndexed }) => table === 'Sale' && isIndexed),
    audit: find('audit_logs', AUDIT),
    user: find('User', NAMED),
    product: find('Product', NAMED),
  }
}

/** A column of a table, or nothing of that type where it has none. */
export function columnOr(columns: Columns, alias: string, column: string, type: string): string {
  return columns.has(column) ? `${alias}."${column}"::${type}` : `NULL::${type}`
}
