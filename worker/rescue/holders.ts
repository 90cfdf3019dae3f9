/** Who has what has to be unique. */
import { escapeIdentifier } from 'pg'
import type { Conflict } from '@/lib/restore/rescue/schema'
import type { Unique } from './catalog'
import type { Item } from './items'
import { from, markOf, matches, nameOf, typeOf } from './rows'
import type { Side, Text } from './sides'

type Taken = Pick<Conflict, 'columns' | 'holder'>

/** Asked of every unique index, also partial ones and those on expressions, as long as the row has all that it reads. */
export async function listHolders(now: Side, item: Item): Promise<Taken[]> {
  const { pair, how } = item
  const known = how === 'insert' ? pair.columns : pair.now.columns.map(({ name }) => name)
  const taken: Taken[] = []
  for (const unique of pair.now.uniques.filter(({ reads }) => reads.every((column) => known.includes(column)))) {
    const holder = await findHolder(now, item, unique)
    if (holder !== null) taken.push({ columns: unique.terms.map(unquoted), holder })
  }
  return taken
}

const unquoted = (term: string) => /^"((?:[^"]|"")+)"$/.exec(term)?.[1]?.replaceAll('""', '"') ?? term

/** PostgreSQL writes an index's expressions with bare columns: in the subquery they are the new row's, around it the holder's. */
async function findHolder(now: Side, item: Item, { terms, predicate, nullsAreEqual }: Unique): Promise<string | null> {
  const { pair: { now: table, key } } = item
  const values: Text[] = []
  const row = item.how === 'insert' ? newRow(item, values) : revivedRow(item, values)
  const shown = [...new Set([...key, ...(typeOf(table, 'name') ? ['name'] : [])])]
  const only = predicate ? ` WHERE ${predicate}` : ''
  const equals = nullsAreEqual ? 'IS NOT DISTINCT FROM' : '='
  const same = terms.map((term) => `(${term}) ${equals} (SELECT ${term} FROM "new row"${only})`)
  const self = matches(key, 1, values.length + 1)
  values.push(...key.map((column) => item.values[column] ?? null))
  const conditions = [...same, ...(predicate ? [`(${predicate})`, `EXISTS (SELECT FROM "new row"${only})`] : []), `NOT (${self})`]
  const list = shown.map((name) => escapeIdentifier(name)).join(', ')
  const holders = `SELECT ${list} FROM ${from(table)} WHERE ${conditions.join(' AND ')} LIMIT 1`
  const [holder] = await now.ask(`WITH "new row" AS (${row}) ${holders}`, values)
  return holder ? nameOf(Object.fromEntries(shown.map((name, at) => [name, holder[at] ?? null])), key) : null
}

function newRow({ pair: { now, columns }, values: row }: Item, values: Text[]): string {
  const first = values.length + 1
  values.push(...columns.map((column) => row[column] ?? null))
  const typed = columns.map((column, at) => `$${first + at}::${typeOf(now, column)} AS ${escapeIdentifier(column)}`)
  return `SELECT ${typed.join(', ')}`
}

function revivedRow({ pair: { now, key }, values: row }: Item, values: Text[]): string {
  const first = values.length + 1
  values.push(...key.map((column) => row[column] ?? null))
  const mark = markOf(now)
  const columns = now.columns.map(({ name, type }) => (name === mark ? `NULL::${type} AS ` : '') + escapeIdentifier(name))
  return `SELECT ${columns.join(', ')} FROM ${from(now)} WHERE ${matches(key, 1, first)}`
}
