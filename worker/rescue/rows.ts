/** Rows by what they are known by. */
import { escapeIdentifier } from 'pg'
import type { RowKey } from '@/lib/restore/rescue/schema'
import type { Table } from './catalog'
import type { Ask, Sides, Text } from './sides'

/** A row, each value as PostgreSQL prints it. */
export type Values = Record<string, Text>

/** A table that both sides have, with a key that is the same on both. */
export type TablePair = {
  id: string
  then: Table
  now: Table
  key: string[]
  /** What is carried over: the columns of both, but for those that the shop computes itself */
  columns: string[]
}

/** SaleSpider keeps what it deletes, and writes here when it did. */
const MARK = 'deletedAt'
const TOUCHED = 'updatedAt'
const NAME = 'name'
const NAME_CHARACTERS = 120
const CHUNK = 500

/** Both sides, with what their tables have in common: null where rows cannot be carried over. */
export type Pairs = Sides & { pair(id: string): TablePair | null }

export function withPairs(sides: Sides): Pairs {
  const known = new Map<string, TablePair | null>()
  return {
    ...sides,
    pair(id) {
      const pair = known.get(id) ?? pairTable(sides, id)
      known.set(id, pair)
      return pair
    },
  }
}

function pairTable({ then, now }: Sides, id: string): TablePair | null {
  const tables = { then: then.tables.get(id), now: now.tables.get(id) }
  if (!tables.then?.parts.includes(id) || !tables.now?.parts.includes(id)) return null
  const both = { id, then: tables.then, now: tables.now }
  const key = both.then.keys.find((columns) => columns.every((name) => isSame(both, name)) && isKey(both.now, columns))
  if (!key) return null
  const columns = both.now.columns.filter(({ name, isGenerated }) => !isGenerated && typeOf(both.then, name) !== undefined)
  return { ...both, key, columns: columns.map(({ name }) => name) }
}

/** Whether a column is there on both sides, and of the same type. */
export function isSame({ then, now }: Pick<TablePair, 'then' | 'now'>, column: string): boolean {
  return typeOf(then, column) !== undefined && typeOf(then, column) === typeOf(now, column)
}

export function isKey(table: Table, columns: readonly string[]): boolean {
  return table.keys.some((key) => key.length === columns.length && key.every((name) => columns.includes(name)))
}

export function typeOf(table: Table, column: string): string | undefined {
  return table.columns.find(({ name }) => name === column)?.type
}

const timeColumn = (table: Table, column: string) => (/^timestamp/.test(typeOf(table, column) ?? '') ? column : null)
/** Where the table has one: the column that tells when a row was marked deleted; and when it was last changed. */
export const markOf = (table: Table) => timeColumn(table, MARK)
export const touchedOf = (table: Table) => timeColumn(table, TOUCHED)

/** What people call the row, or its key. */
export function nameOf(values: Values, key: readonly string[]): string {
  const name = values[NAME]?.trim() || (key.length === 1 ? values[key[0] ?? ''] : undefined)
  const text = name || key.map((column) => `${column}=${values[column] ?? ''}`).join(', ')
  return text.length > NAME_CHARACTERS ? `${text.slice(0, NAME_CHARACTERS)}…` : text
}

export function keyOf(values: Values, key: readonly string[]): RowKey {
  return Object.fromEntries(key.map((column) => [column, values[column] ?? '']))
}

/** Values as a key of a Map. */
export function keyText(values: Values, columns: readonly string[]): string {
  return JSON.stringify(columns.map((column) => values[column] ?? null))
}

/** Null where one of them is null: then it points at nothing. */
export function tupleOf(values: Values, columns: readonly string[]): string[] | null {
  const tuple = columns.map((column) => values[column] ?? null)
  return tuple.includes(null) ? null : (tuple as string[])
}

/** A plain table without what inherits from it; a partitioned one with all its partitions. */
export const from = (table: Table): string => (table.parts.includes(table.id) ? `ONLY ${table.id}` : table.id)

/** `("a", "b") IN (($1, $2), …)`: the parameters take the types of the columns. */
export function matches(columns: readonly string[], count: number, first = 1): string {
  const names = columns.map((name) => escapeIdentifier(name)).join(', ')
  const tuple = (n: number) => `(${columns.map((_, at) => `$${first + n * columns.length + at}`).join(', ')})`
  return `(${names}) IN (${Array.from({ length: count }, (_, n) => tuple(n)).join(', ')})`
}

/** In no order, at most `most`. */
export async function readRows(
  ask: Ask, table: Table, columns: readonly string[], tuples: readonly string[][], most = Number.MAX_SAFE_INTEGER,
): Promise<Values[]> {
  const names = table.columns.map(({ name }) => name)
  const list = names.map((name) => escapeIdentifier(name)).join(', ')
  const rows: Values[] = []
  for (let at = 0; at < tuples.length && rows.length < most; at += CHUNK) {
    const chunk = tuples.slice(at, at + CHUNK)
    const sql = `SELECT ${list} FROM ${from(table)} WHERE ${matches(columns, chunk.length)} LIMIT ${most - rows.length}`
    const found = await ask(sql, chunk.flat())
    rows.push(...found.map((row) => Object.fromEntries(names.map((name, n) => [name, row[n] ?? null]))))
  }
  return rows
}
