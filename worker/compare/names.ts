/** Names for what a row only points at: a bare id says nothing to anybody. */
import { escapeIdentifier } from 'pg'
import type { Row } from '@/lib/restore/comparison/schema'
import type { TableInfo } from './catalog'
import { cut } from './cut'
import type { TablePair } from './rules'
import { type OfBoth, type Sessions, bothSides } from './sides'
import type { Session } from './session'

const NAME = 'name'
const NAME_CHARACTERS = 120
const TEXTS = ['text', 'character varying']

/** `column` of `from` holds the `key` of the table `to`, which has a name. Tables as "schema.name". */
type Pointer = { from: string; column: string; to: string; key: string }

const POINTERS = `
  SELECT jsonb_build_object(
    'from', fn.nspname || '.' || f.relname, 'column', fa.attname, 'to', tn.nspname || '.' || t.relname, 'key', ta.attname)
  FROM pg_constraint c
  JOIN pg_class f ON f.oid = c.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
  JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
  JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = c.conkey[1]
  JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = c.confkey[1]
  WHERE c.contype = 'f' AND array_length(c.conkey, 1) = 1`

/** SaleSpider's log points at people without a constraint. */
const UNCONSTRAINED: Pointer = { from: 'public.audit_logs', column: 'userId', to: 'public.User', key: 'id' }

export type Naming = Awaited<ReturnType<typeof openNaming>>

export async function openNaming(now: Session, tables: OfBoth<TableInfo[]>) {
  const known = (await now.query<[Pointer]>(POINTERS)).map(([pointer]) => pointer)
  const pointers = [...known, UNCONSTRAINED].filter((pointer) => bothSides.every((side) => canName(pointer, tables[side])))

  return {
    /** For each pair, by column; the running shop's own name where both have one. */
    async namesFor(pair: Pick<TablePair, 'schema' | 'name'>, sessions: Sessions, pairs: OfBoth<Row | null>[]) {
      const names: Record<string, string>[] = pairs.map(() => ({}))
      for (const pointer of pointers.filter(({ from }) => from === `${pair.schema}.${pair.name}`)) {
        const keyOf = ({ then, now: today }: OfBoth<Row | null>) => String((today ?? then)?.[pointer.column] ?? '')
        const found = await lookUp(pointer, sessions, [...new Set(pairs.map(keyOf))].filter((key) => key !== ''), tables)
        for (const [n, sides] of pairs.entries()) {
          const name = found.get(keyOf(sides))
          if (name !== undefined) Object.assign(names[n] ?? {}, { [pointer.column]: cut(name, NAME_CHARACTERS) })
        }
      }
      return names
    },
  }
}

const find = (tables: readonly TableInfo[], label: string) => tables.find(({ schema, name }) => `${schema}.${name}` === label)

function canName({ from, column, to, key }: Pointer, tables: readonly TableInfo[]): boolean {
  const [source, target] = [find(tables, from), find(tables, to)]
  return Boolean(
    source?.columns.some(({ name }) => name === column)
    && target?.columns.some(({ name }) => name === key)
    && target.columns.some(({ name, type }) => name === NAME && TEXTS.includes(type)),
  )
}

async function lookUp({ to, key }: Pointer, sessions: Sessions, keys: string[], tables: OfBoth<TableInfo[]>): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const side of ['now', 'then'] as const) {
    const missing = keys.filter((one) => !names.has(one))
    const table = find(tables[side], to)
    const type = table?.columns.find(({ name }) => name === key)?.type
    if (missing.length === 0 || !table || !type) continue
    const column = escapeIdentifier(key)
    const sql = `
      SELECT ${column}::text, ${escapeIdentifier(NAME)}::text FROM ${escapeIdentifier(table.schema)}.${escapeIdentifier(table.name)}
      WHERE ${column} = ANY ($1::text[]::${type}[]) AND ${escapeIdentifier(NAME)} IS NOT NULL`
    for (const [one, name] of await sessions[side].query<[string, string]>(sql, [missing])) names.set(one, name)
  }
  return names
}
