/** The tables of a side, without touching one: a lock on a table must not stop the comparison of the others. */
import type { Session } from './session'

export type Column = { name: string; type: string }
export type TableInfo = {
  schema: string
  name: string
  /** The same on both sides as long as the table was not rewritten */
  file: string
  persistence: 'p' | 'u'
  /** As of the last VACUUM or ANALYZE */
  pages: number
  columns: Column[]
  /** What identifies a row, best first */
  keys: string[][]
}

const COLUMNS = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, -1)) ORDER BY a.attnum), '[]')
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`

/** Unique, never null, of types that can be compared with the catalog's own operators. */
const KEYS = `
  SELECT coalesce(jsonb_agg(k.columns
    ORDER BY k.indisprimary DESC, k.indisreplident DESC, jsonb_array_length(k.columns), k.indexrelid), '[]')
  FROM (
    SELECT i.indisprimary, i.indisreplident, i.indexrelid, jsonb_agg(a.attname ORDER BY p.n) AS columns
    FROM pg_index i CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS p(n)
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p.n] AND a.attnotnull
    LEFT JOIN pg_type t ON t.oid = a.atttypid AND (t.typnamespace = 'pg_catalog'::regnamespace OR t.typtype IN ('e', 'd'))
    WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
    GROUP BY i.indexrelid, i.indisprimary, i.indisreplident
    HAVING bool_and(t.oid IS NOT NULL)
  ) k`

const TABLES = `
  SELECT jsonb_build_object(
    'schema', n.nspname, 'name', c.relname, 'file', pg_relation_filenode(c.oid)::text, 'persistence', c.relpersistence,
    'pages', greatest(c.relpages, 0), 'columns', (${COLUMNS}), 'keys', (${KEYS}))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  ORDER BY n.nspname, c.relname`

export async function listTables(session: Session): Promise<TableInfo[]> {
  return (await session.query<[TableInfo]>(TABLES)).map(([table]) => table)
}
