/** How rows stand, told without their contents. */
import { escapeIdentifier } from 'pg'
import type { RowKey } from '@/lib/restore/rescue/schema'
import type { Table } from './catalog'
import { from, matches } from './rows'
import type { Ask } from './sides'

/** Null for those that are not there. `lock`: how, where they are about to be changed. */
export async function readMd5s(ask: Ask, table: Table, keys: readonly RowKey[], lock = ''): Promise<(string | null)[]> {
  const columns = Object.keys(keys[0] ?? {})
  const known = new Map<string, string | null>()
  const list = columns.map((name) => `t.${escapeIdentifier(name)}`).join(', ')
  const tuples = keys.map((key) => columns.map((name) => key[name] ?? null))
  const sql = `SELECT md5(ROW(t.*)::text), ${list} FROM ${from(table)} AS t WHERE ${matches(columns, keys.length)} ${lock}`
  for (const [md5, ...tuple] of await ask(sql, tuples.flat())) known.set(JSON.stringify(tuple), md5 ?? null)
  return tuples.map((tuple) => known.get(JSON.stringify(tuple)) ?? null)
}
