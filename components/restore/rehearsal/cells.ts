import { pgTime } from '@/lib/restore/comparison/rules'
import type { DifferenceRow, Row, TableDifference } from '@/lib/restore/comparison/schema'

/** Longer values are cut: a cell is to be recognized, not read. */
const LONGEST = 120
const MOST_COLUMNS = 4
/** Says nothing that another column of the same row does not say. */
const SILENT = ['updatedAt']

/** Columns that a person looks at first, in SaleSpider's own tables. */
const known: Record<string, string[]> = {
  Product: ['price', 'quantity', 'deletedAt'],
  User: ['role', 'status', 'deletedAt'],
  SaleItem: ['quantity', 'price'],
  deshelvings: ['quantity', 'reason'],
  audit_logs: ['action', 'entityType', 'timestamp'],
}

/** A value of a row as text; null for SQL's NULL. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** The key's columns first, then the others in the table's own order. */
export function columnsOf({ key, columns }: Pick<TableDifference, 'key' | 'columns'>): string[] {
  return [...new Set([...key, ...columns])]
}

/** The columns in which both differ; of a row that only one side has, all that hold something. */
export function changedColumns({ then, now }: Pick<DifferenceRow, 'then' | 'now'>, columns: readonly string[]): string[] {
  const isNull = (value: unknown) => value === null || value === undefined
  return columns.filter((column) =>
    then && now ? JSON.stringify(then[column]) !== JSON.stringify(now[column]) : !isNull((then ?? now)?.[column]))
}

type Table = Pick<TableDifference, 'schema' | 'name' | 'key' | 'columns'>

/** A few columns to show side by side: those known to matter, else those that differ in most of the rows. */
export function shownColumns({ schema, name, key, columns }: Table, rows: readonly DifferenceRow[]): string[] {
  const wanted = (schema === 'public' && known[name]) || []
  const told = wanted.filter((column) => columns.includes(column))
  if (told.length > 0) return told
  const rest = columns.filter((column) => !key.includes(column) && column !== 'name' && !SILENT.includes(column))
  const weight = (column: string) => rows.filter((row) => changedColumns(row, [column]).length > 0).length
  const heaviest = rest.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_COLUMNS)
  return rest.filter((column) => heaviest.includes(column))
}

/** What a field list of a row tells. */
export function toldColumns(row: DifferenceRow, columns: readonly string[]): string[] {
  const changed = changedColumns(row, columns)
  const telling = changed.filter((column) => !SILENT.includes(column))
  return telling.length > 0 ? telling : changed
}

/** What names a row: its own name, or that of what it is about; else its key's values. */
export function rowName({ then, now, names }: Pick<DifferenceRow, 'then' | 'now' | 'names'>, key: readonly string[]): string {
  const row = now ?? then ?? {}
  if (typeof row.name === 'string' && row.name !== '') return row.name
  return names.productId ?? key.map((column) => cellText(row[column]) ?? 'NULL').join(', ')
}

const MONEY = ['price', 'totalAmount', 'subtotal', 'vatAmount']

/** How a value of SaleSpider's tables is to be said. */
export function sortOfCell(table: string, column: string, value: unknown): 'money' | 'time' | 'mark' | 'text' {
  if (table in known || table === 'Sale') {
    if (column === 'deletedAt') return 'mark'
    if (MONEY.includes(column) && Number.isFinite(Number(value)) && value !== null) return 'money'
  }
  return pgTime(value) ? 'time' : 'text'
}

/** The key's values as PostgreSQL prints them: what a rescue is asked for by. */
export function keyOf(row: Row | null, key: readonly string[]): Record<string, string> {
  return Object.fromEntries(key.map((column) => [column, String(row?.[column] ?? '')]))
}
