/** Puts rows into the shop, each in a savepoint: what PostgreSQL refuses becomes a conflict, and the others are still tried. */
import { DatabaseError, escapeIdentifier } from 'pg'
import type { Conflict } from '@/lib/restore/rescue/schema'
import type { Table } from './catalog'
import { isBusy } from './failure'
import type { Gathered } from './gather'
import { listHolders } from './holders'
import type { Item } from './items'
import { needsAmong } from './needs'
import { inOrder } from './order'
import { from, markOf, matches, touchedOf } from './rows'
import type { Side, Text } from './sides'

const UNIQUE_VIOLATION = '23505'

/** Returns what was written, in order. With conflicts it is not all of it, and must be rolled back. */
export async function writeRows(now: Side, found: Gathered, onTable: (table: string) => void): Promise<Item[]> {
  const items = [...found.items.values()]
  const needsOf = needsAmong(items, now.tables)
  const written: Item[] = []
  for (const group of inOrder(items, needsOf)) {
    onTable(group[0]?.pair.now.name ?? '')
    const isHeld = group.some((item) => item.hasFailed || needsOf(item).some(({ hasFailed }) => hasFailed))
    if (!isHeld && (await writeGroup(now, found, group))) written.push(...group)
    else for (const item of group) item.hasFailed = true
  }
  if (found.conflicts.length === 0) await checkDeferred(now, found, written)
  return written
}

async function writeGroup(now: Side, found: Gathered, group: readonly Item[]): Promise<boolean> {
  const [first] = group
  if (!first) return false
  await now.ask('SAVEPOINT row')
  try {
    await actAs(now, group.map(({ pair }) => pair.now))
    const { sql, values } = groupStatement(group)
    const [[count] = []] = await now.ask(sql, values)
    await now.ask('RELEASE SAVEPOINT row')
    if (Number(count) === group.length) return true
    found.fail(first, 'refused', { reason: 'a trigger of the table left the row out' })
  } catch (error) {
    if (!(error instanceof DatabaseError) || isBusy(error)) throw error
    await now.ask('ROLLBACK TO SAVEPOINT row')
    for (const { item, ...reason } of await reasonsOf(now, group, error)) found.fail(item, reason.code, reason)
    await now.ask('RELEASE SAVEPOINT row')
  }
  return false
}

/** What the table's own triggers do is not done as a superuser. */
export async function actAs(now: Side, tables: readonly Pick<Table, 'owner'>[]): Promise<void> {
  const owners = new Set(tables.map(({ owner }) => owner))
  const [owner] = owners
  await now.ask(owner !== undefined && owners.size === 1 ? `SET LOCAL ROLE ${escapeIdentifier(owner)}` : 'RESET ROLE')
}

/** One statement, however many: PostgreSQL looks at foreign keys at its end, when rows that point at each other are there. */
function groupStatement(group: readonly Item[]): { sql: string; values: Text[] } {
  const values: Text[] = []
  const statements = group.map((item) => (item.how === 'insert' ? insert(item, values) : revive(item, values)))
  const parts = statements.map((sql, at) => `w${at} AS (${sql} RETURNING 1)`)
  const counts = group.map((_, at) => `(SELECT count(*) FROM w${at})`)
  return { sql: `WITH ${parts.join(', ')} SELECT ${counts.join(' + ')}`, values }
}

/** The parameters take the types of the columns. */
function insert({ pair: { now, columns }, values: row }: Item, values: Text[]): string {
  const first = values.length + 1
  values.push(...columns.map((column) => row[column] ?? null))
  const names = columns.map((name) => escapeIdentifier(name)).join(', ')
  const numbers = columns.map((_, at) => `$${first + at}`).join(', ')
  return `INSERT INTO ${now.id} (${names}) OVERRIDING SYSTEM VALUE VALUES (${numbers})`
}

function revive({ pair: { now, key }, values: row }: Item, values: Text[]): string {
  const first = values.length + 1
  values.push(...key.map((column) => row[column] ?? null))
  const mark = escapeIdentifier(markOf(now) ?? '')
  const touched = touchedOf(now)
  const changes = [`${mark} = NULL`, ...(touched ? [`${escapeIdentifier(touched)} = now()`] : [])]
  return `UPDATE ${from(now)} SET ${changes.join(', ')} WHERE ${matches(key, 1, first)} AND ${mark} IS NOT NULL`
}

type Why = Pick<Conflict, 'code'> & Partial<Pick<Conflict, 'columns' | 'holder' | 'reason'>> & { item: Item }

async function reasonsOf(now: Side, group: readonly Item[], error: DatabaseError): Promise<Why[]> {
  const item = itemOf(group, error)
  if (!item) return []
  if (error.code !== UNIQUE_VIOLATION) return [{ item, code: 'refused', reason: error.message }]
  const holders = await holdersOf(now, group)
  if (holders.length > 0) return holders
  const taken = item.pair.now.uniques.find(({ name }) => name === error.constraint)
  return [{ item, code: 'unique-taken', columns: taken?.terms ?? [], reason: error.message }]
}

const itemOf = (items: readonly Item[], { schema, table }: DatabaseError) =>
  items.find(({ pair }) => pair.now.schema === schema && pair.now.name === table) ?? items[0]

async function holdersOf(now: Side, group: readonly Item[]): Promise<Why[]> {
  const all: Why[] = []
  try {
    for (const item of group) for (const taken of await listHolders(now, item)) all.push({ item, code: 'unique-taken', ...taken })
  } catch (error) {
    // Not to be asked so: then PostgreSQL's own words have to do.
    if (!(error instanceof DatabaseError) || isBusy(error)) throw error
    await now.ask('ROLLBACK TO SAVEPOINT row')
  }
  return all
}

/** Constraints that wait for the end of the transaction: now, while it can still be told which row is in the way. */
async function checkDeferred(now: Side, found: Gathered, written: readonly Item[]): Promise<void> {
  await now.ask('RESET ROLE')
  await now.ask('SAVEPOINT constraints')
  try {
    await now.ask('SET CONSTRAINTS ALL IMMEDIATE')
  } catch (error) {
    if (!(error instanceof DatabaseError) || isBusy(error)) throw error
    await now.ask('ROLLBACK TO SAVEPOINT constraints')
    const item = itemOf(written, error)
    if (item) found.fail(item, 'refused', { reason: error.message })
  }
}
