import type { Row, TableDifference } from '@/lib/restore/comparison/schema'

/** Longer values are cut: a cell is to be recognized, not read. */
const LONGEST = 120

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

/** The columns in which both differ. */
export function changedColumns({ then, now }: TableDifference['rows']['changed'][number], columns: readonly string[]): string[] {
  return columns.filter((column) => JSON.stringify(then[column]) !== JSON.stringify(now[column]))
}

/** What names a row: its key's values. */
export function rowName(row: Row, key: readonly string[]): string {
  return key.map((column) => cellText(row[column]) ?? 'NULL').join(', ')
}
