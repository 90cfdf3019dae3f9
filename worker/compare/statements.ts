/** What is asked about one table: SQL as text, rows come as arrays of text. */
import { escapeIdentifier, escapeLiteral } from 'pg'
import type { Column, TableInfo } from './catalog'
import { isSecretName, type TablePair } from './rules'

/** More than is shown, so that secrets in what is cut off are still found */
export const SENT_CHARACTERS = 2_000

const BUCKETS = 4_096
/** SaleSpider keeps what it deletes, and writes here when it did */
const MARK = 'deletedAt'

export type Statements = ReturnType<typeof statementsFor>

export function statementsFor({ schema, name, key, columns }: Pick<TablePair, 'schema' | 'name' | 'key' | 'columns'>) {
  const table = `ONLY ${escapeIdentifier(schema)}.${escapeIdentifier(name)} AS t`
  const content = contentOf(columns)
  const identity = key.length > 0 ? key.map((column) => `${of(column)}::text`).join(', ') : `${content}::text`
  const backwards = key.map((column) => `${of(column)} DESC`).join(', ')
  const bucket = `(${contentOf(key.length > 0 ? key : columns)} & ${BUCKETS - 1})::int`
  const mark = columns.find(({ name, type }) => name === MARK && /^(timestamp|date)/.test(type))
  const order = key.length > 0 ? key.map(of).join(', ') : content
  return {
    isKeyed: key.length > 0,
    /** Parameter: the table's name, quoted. Blocks. */
    blocks: `SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int`,
    quoted: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
    count: `SELECT count(*)::float8 FROM ${table}`,
    places: (size: number, bounds: number) => `
      SELECT
        width_bucket(t.ctid, (
          SELECT array_agg(format('(%s,0)', n * ${size})::tid ORDER BY n) FROM generate_series(1, ${bounds}) n)),
        count(*)::int, bit_xor(hashtidextended(t.ctid, t.xmin::text::int8))::text
      FROM ${table} GROUP BY 1`,
    /** Parameters: first place, and the place before which it ends. Place, transaction, key … */
    stretch: `SELECT t.ctid::text, t.xmin::text, ${identity} FROM ${table} WHERE t.ctid >= $1::tid AND t.ctid < $2::tid`,
    /** Added up: in a table without a key two rows may be the same, and would cancel each other. */
    buckets: `SELECT ${bucket}, count(*)::int, sum(${content})::text FROM ${table} GROUP BY 1`,
    /** In an order that is the same on both sides. Place, content, key … */
    ordered: (buckets: readonly number[]) => `
      SELECT t.ctid::text, ${content}::text, ${identity} FROM ${table}
      WHERE ${bucket} = ANY ('{${buckets.join(',')}}') ORDER BY ${order}`,
    /** Parameter: places. Place, content. */
    contents: `SELECT t.ctid::text, ${content}::text FROM ${table} WHERE t.ctid = ANY ($1::tid[])`,
    /** Parameters: for each column of the key an array of its values. Number of the row asked for, its place. */
    find: findByKey(table, key),
    /** Parameter: places. Place, row. */
    rowsAt: (side: TableInfo, salt: string) =>
      `SELECT t.ctid::text, ${rowOf(side, salt)} FROM ${table} WHERE t.ctid = ANY ($1::tid[])`,
    /** Parameter: how many. Places of the last ones, last first. */
    lastPlaces: `SELECT t.ctid::text FROM ${table} ${backwards && `ORDER BY ${backwards}`} LIMIT $1`,
    /** Parameter: places. Those that are not marked deleted; null where rows are never marked. */
    unmarked: mark ? `SELECT t.ctid::text FROM ${table} WHERE ${of(mark)} IS NULL AND t.ctid = ANY ($1::tid[])` : null,
  }
}

const of = ({ name }: Column) => `t.${escapeIdentifier(name)}`

/** One look into the index for each, however many rows the planner expects. */
function findByKey(table: string, key: Column[]): string {
  const values = key.map(({ type }, n) => `$${n + 1}::text[]::${type}[]`).join(', ')
  const names = [...key.map((_, n) => `k${n}`), 'n'].join(', ')
  const same = key.map((column, n) => `${of(column)} = k.k${n}`).join(' AND ')
  return `SELECT k.n::int, f.place FROM unnest(${values}) WITH ORDINALITY AS k (${names})
    CROSS JOIN LATERAL (SELECT t.ctid::text FROM ${table} WHERE ${same} LIMIT 1) f (place)`
}

/** The row itself may be megabytes long. */
function contentOf(columns: Column[]): string {
  return `hashtextextended(ROW(${columns.map(of).join(', ')})::text COLLATE "C", 0)`
}

function rowOf({ columns }: TableInfo, salt: string): string {
  const values = columns.map((column) => `${valueOf(column, salt)} AS ${escapeIdentifier(column.name)}`)
  return `(SELECT to_json(v.*) FROM (SELECT ${values.join(', ')}) v)`
}

/** Types that JSON has without loss; the rest is PostgreSQL's own text. */
const NATIVE = new Set(['boolean', 'smallint', 'integer', 'real', 'double precision'])

function valueOf(column: Column, salt: string): string {
  const value = of(column)
  if (isSecretName(column.name)) return `'hidden ' || left(md5(${escapeLiteral(salt)} || ${value}::text), 4)`
  return NATIVE.has(column.type) ? value : `left(${value}::text, ${SENT_CHARACTERS})`
}
