/** Numbers that come back must not be given out once more. */
import { escapeIdentifier } from 'pg'
import { groupBy } from './group'
import type { Item } from './items'
import { from, matches } from './rows'
import type { Side } from './sides'

/** The sequences that the table's columns own, as far as they count upwards. */
const OWNED = `
  SELECT a.attname, s.seqrelid::regclass::text, s.seqstart - 1
  FROM pg_attribute a
  JOIN pg_sequence s ON s.seqrelid = pg_get_serial_sequence($1::text, a.attname)::regclass AND s.seqincrement > 0
  WHERE a.attrelid = $1::text::regclass AND a.attnum > 0 AND NOT a.attisdropped`

/** Never back. A sequence does not belong to the transaction: what is advanced stays so. */
export async function advanceSequences(now: Side, all: readonly Item[]): Promise<void> {
  const inserted = all.filter(({ how }) => how === 'insert')
  for (const [{ now: table, key }, items] of groupBy(inserted, ({ pair }) => pair)) {
    for (const [column, sequence, before] of await now.ask(OWNED, [table.id])) {
      const written = `${from(table)} WHERE ${matches(key, items.length, 3)}`
      const newest = `SELECT max(${escapeIdentifier(column ?? '')})::bigint FROM ${written}`
      await now.ask(
        `SELECT setval($1::text::regclass, n.newest) FROM (${newest}) n(newest)
         WHERE n.newest > coalesce(pg_sequence_last_value($1::text::regclass), $2::bigint)`,
        [sequence ?? '', before ?? null, ...items.flatMap(({ values }) => key.map((name) => values[name] ?? null))],
      )
    }
  }
}
