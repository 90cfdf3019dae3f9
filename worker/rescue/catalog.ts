/** The tables of a side: what rows are known by, what has to be unique, and what points at what. */
import { escapeIdentifier } from 'pg'
import type { Ask } from './sides'

export type Column = { name: string; type: string; isGenerated: boolean }
export type Unique = {
  name: string
  /** Columns or expressions, as PostgreSQL writes them in a query */
  terms: string[]
  predicate: string | null
  /** The columns that terms and predicate read */
  reads: string[]
  nullsAreEqual: boolean
}
export type ForeignKey = {
  columns: string[]
  /** The quoted name of a table, and its columns */
  references: string
  referenced: string[]
  /** As pg_constraint has it: a no action, r restrict, c cascade, n set null, d set default */
  onDelete: 'a' | 'r' | 'c' | 'n' | 'd'
}
export type Table = {
  id: string
  schema: string
  name: string
  owner: string
  columns: Column[]
  /** What identifies a row, best first */
  keys: string[][]
  uniques: Unique[]
  foreignKeys: ForeignKey[]
  /** Quoted names of the tables that its rows lie in: itself, or the partitions */
  parts: string[]
}

export const quoted = (schema: string, name: string): string => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`

const names = (relation: string, numbers: string) => `
  (SELECT jsonb_agg(a.attname ORDER BY k.n) FROM unnest(${numbers}) WITH ORDINALITY AS k(attnum, n)
   JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.attnum)`

const COLUMNS = `
  SELECT jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, -1), 'isGenerated', a.attgenerated <> '')
    ORDER BY a.attnum)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`

/** Whole columns, never null. */
const KEYS = `
  SELECT jsonb_agg(k.columns ORDER BY k.indisprimary DESC, k.indisreplident DESC, jsonb_array_length(k.columns), k.indexrelid)
  FROM (
    SELECT i.indisprimary, i.indisreplident, i.indexrelid, jsonb_agg(a.attname ORDER BY p.n) AS columns
    FROM pg_index i CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS p(n)
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n] AND a.attnotnull
    WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
    GROUP BY i.indexrelid, i.indisprimary, i.indisreplident
    HAVING bool_and(a.attname IS NOT NULL)
  ) k`

const UNIQUES = `
  SELECT jsonb_agg(jsonb_build_object(
    'name', x.relname,
    'terms', (SELECT jsonb_agg(pg_get_indexdef(i.indexrelid, n, true) ORDER BY n) FROM generate_series(1, i.indnkeyatts) n),
    'predicate', pg_get_expr(i.indpred, i.indrelid, true),
    'reads', (SELECT coalesce(jsonb_agg(a.attname), '[]') FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum > 0
      AND (a.attnum = ANY (i.indkey) OR EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid = a.attnum))),
    'nullsAreEqual', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)))
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid AND i.indisunique`

/** Without those that PostgreSQL keeps once more for each partition that is pointed at. */
const FOREIGN_KEYS = `
  SELECT jsonb_agg(jsonb_build_object(
    'columns', ${names('f.conrelid', 'f.conkey')}, 'referenced', ${names('f.confrelid', 'f.confkey')},
    'references', jsonb_build_array(tn.nspname, t.relname), 'onDelete', f.confdeltype) ORDER BY f.conname)
  FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
  WHERE f.conrelid = c.oid AND f.contype = 'f' AND NOT EXISTS (
    SELECT FROM pg_constraint p WHERE p.oid = f.conparentid AND p.conrelid = f.conrelid)`

const PARTS = `
  WITH RECURSIVE part AS (
    SELECT c.oid UNION ALL
    SELECT h.inhrelid FROM part JOIN pg_inherits h ON h.inhparent = part.oid
    JOIN pg_class k ON k.oid = h.inhrelid AND k.relispartition)
  SELECT jsonb_agg(jsonb_build_array(kn.nspname, k.relname) ORDER BY k.oid)
  FROM part JOIN pg_class k ON k.oid = part.oid JOIN pg_namespace kn ON kn.oid = k.relnamespace WHERE k.relkind = 'r'`

const TABLES = `
  SELECT jsonb_build_object('schema', n.nspname, 'name', c.relname, 'owner', pg_get_userbyid(c.relowner), 'columns', (${COLUMNS}),
    'keys', (${KEYS}), 'uniques', (${UNIQUES}), 'foreignKeys', (${FOREIGN_KEYS}), 'parts', (${PARTS}))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'`

type Pair = [schema: string, name: string]
type Told = Omit<Table, 'id' | 'foreignKeys' | 'parts'> & {
  foreignKeys: (Omit<ForeignKey, 'references'> & { references: Pair })[] | null
  parts: Pair[] | null
}

export async function readTables(ask: Ask): Promise<Map<string, Table>> {
  const tables = (await ask(TABLES)).map(([text]) => toTable(JSON.parse(text ?? 'null') as Told))
  return new Map(tables.map((table) => [table.id, table]))
}

function toTable({ foreignKeys, parts, ...told }: Told): Table {
  return {
    ...told, id: quoted(told.schema, told.name), columns: told.columns ?? [], keys: told.keys ?? [], uniques: told.uniques ?? [],
    foreignKeys: (foreignKeys ?? []).map(({ references, ...key }) => ({ ...key, references: quoted(...references) })),
    parts: (parts ?? []).map((pair) => quoted(...pair)),
  }
}
