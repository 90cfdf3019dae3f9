import type { ShopQuery } from '@/lib/shop-db'
import { type Tables, toTables } from './rules'

/** What there is of it, and what we may read. */
const COLUMNS = `
  SELECT c.relname AS "table", array_agg(a.attname::text) AS "columns",
    EXISTS (SELECT FROM pg_index i JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
      WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND k.attname = 'createdAt') AS "isIndexed"
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.oid IN (to_regclass('"Sale"'), to_regclass('"User"'), to_regclass('"Product"'), to_regclass('audit_logs'))
    AND has_column_privilege(c.oid, a.attnum, 'SELECT')
  GROUP BY c.oid, c.relname`

/** Null where there are no sales to read: then it is no shop of SaleSpider's. */
export async function readTables(query: ShopQuery): Promise<Tables | null> {
  return toTables(await query(COLUMNS))
}
