/** How two tables are compared, decided without a database. */
import type { Column, TableInfo } from './catalog'
import type { OfBoth } from './sides'

/**
 * `missing`: one side has no such table, the other's rows are all the difference. `position`: the same file, in which an
 * unchanged row has kept its place and its transaction. `content`: written anew since, or on another branch of history.
 */
export type Method = { how: 'missing' | 'position' | 'content' } | { how: 'skip'; why: 'unlogged' | 'definition' }

export type TablePair = {
  schema: string
  name: string
  then: TableInfo | null
  now: TableInfo | null
  /** What both have, with the same type */
  columns: Column[]
  /** Of those, what identifies a row on both sides; empty when nothing does */
  key: Column[]
  method: Method
}

/** Smallest tables first: what runs out of time are the largest. */
export function pairTables(tables: OfBoth<TableInfo[]>, isDescendant: boolean): TablePair[] {
  const byName = new Map<string, { then: TableInfo | null; now: TableInfo | null }>()
  const nameOf = ({ schema, name }: TableInfo) => `${schema}\0${name}`
  for (const then of tables.then) byName.set(nameOf(then), { then, now: null })
  for (const now of tables.now) byName.set(nameOf(now), { then: byName.get(nameOf(now))?.then ?? null, now })
  return [...byName.values()]
    .map(({ then, now }) => toPair(then, now, isDescendant))
    .toSorted((a, b) => weightOf(a) - weightOf(b))
}

/** Pages to read, at least one: what a table counts for in the progress. */
export function weightOf({ then, now }: Pick<TablePair, 'then' | 'now'>): number {
  return Math.max(then?.pages ?? 0, now?.pages ?? 0, 1)
}

function toPair(then: TableInfo | null, now: TableInfo | null, isDescendant: boolean): TablePair {
  const { schema = '', name = '' } = now ?? then ?? {}
  const columns = (now ?? then)?.columns.filter((column) => !then || then.columns.some((other) => isSame(column, other))) ?? []
  const key = sharedKey(then ?? now, now ?? then, columns)
  return { schema, name, then, now, columns, key, method: methodFor(then, now, columns, isDescendant) }
}

const isSame = (a: Column, b: Column) => a.name === b.name && a.type === b.type

function sharedKey(then: TableInfo | null, now: TableInfo | null, columns: Column[]): Column[] {
  const others = then?.keys.map((key) => key.toSorted().join('\0')) ?? []
  for (const names of now?.keys ?? []) {
    const key = names.flatMap((name) => columns.find((column) => column.name === name) ?? [])
    if (key.length === names.length && others.includes(names.toSorted().join('\0'))) return key
  }
  return []
}

function methodFor(then: TableInfo | null, now: TableInfo | null, columns: Column[], isDescendant: boolean): Method {
  if (then?.persistence === 'u' || now?.persistence === 'u') return { how: 'skip', why: 'unlogged' }
  if (!then || !now) return { how: 'missing' }
  if (columns.length === 0 && then.columns.length + now.columns.length > 0) return { how: 'skip', why: 'definition' }
  return { how: isDescendant && then.file === now.file ? 'position' : 'content' }
}

/** Whole numbers by their value, everything else letter by letter, the parts of a key one after the other. */
export function compareKeys(a: string, b: string): number {
  const [left, right] = [a.split('\0'), b.split('\0')]
  for (let n = 0; n < Math.max(left.length, right.length); n += 1) {
    const order = comparePart(left[n] ?? '', right[n] ?? '')
    if (order !== 0) return order
  }
  return 0
}

function comparePart(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : Number(a > b)
}

/** Columns in the shop's order, then those that only the rehearsal has. */
export function allColumns({ then, now }: Pick<TablePair, 'then' | 'now'>): string[] {
  return [...new Set([...(now?.columns ?? []), ...(then?.columns ?? [])].map(({ name }) => name))]
}

export function isSecretName(name: string): boolean {
  return /pass(?:word|wd|phrase|code)|secret|token|credential|api_?key|private_?key/i.test(name)
}
