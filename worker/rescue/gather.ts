/** What has to come back together: the chosen rows, what they point at and the shop lacks, and what was deleted with them. */
import { DatabaseError } from 'pg'
import { type Conflict, MOST_STEPS, type RescuePlan, type RowChoice } from '@/lib/restore/rescue/schema'
import { quoted } from './catalog'
import { groupBy } from './group'
import { type Found, type Item, openFound } from './items'
import { findChildren, findParents } from './relatives'
import { type Pairs, type TablePair, type Values, isKey, keyText, markOf, nameOf, readRows, withPairs } from './rows'
import type { Sides } from './sides'

export type Gathered = Pick<Found, 'items' | 'conflicts' | 'fail'> & Pick<RescuePlan, 'renamed' | 'stillDeleted'>

export async function gather(sides: Sides, choice: readonly RowChoice[], signal: AbortSignal): Promise<Gathered> {
  const found = openFound()
  const pairs = withPairs(sides)
  let fresh = await findChosen(pairs, found, choice)
  while (fresh.length > 0) {
    signal.throwIfAborted()
    const accepted = await settle(pairs, found, fresh)
    fresh = [...(await findParents(pairs, found, accepted)), ...(await findChildren(pairs, found, accepted))]
    if (found.items.size <= MOST_STEPS) continue
    found.overflow(fresh)
    break
  }
  return { ...found, renamed: listRenamed(found), stillDeleted: listStillDeleted(found) }
}

async function findChosen(pairs: Pairs, found: Found, choice: readonly RowChoice[]): Promise<Item[]> {
  const fresh: Item[] = []
  for (const [place, row] of choice.entries()) {
    const pair = pairs.pair(quoted(row.schema, row.table))
    const columns = Object.keys(row.key)
    const isKnown = pair && isKey(pair.then, columns) && isKey(pair.now, columns)
    const values = isKnown ? await readChosen(pairs, pair, row) : null
    const item = isKnown && values && found.add({ pair, values, why: 'chosen', place })
    if (item) fresh.push(item)
    if (!values) found.conflicts.push(unknownRow(row, place, isKnown ? 'not-there' : 'table'))
  }
  return fresh
}

function unknownRow(row: RowChoice, place: number, code: Conflict['code']): Conflict {
  return { ...row, code, name: nameOf(row.key, Object.keys(row.key)), chosen: [place], columns: [], holder: null, reason: null }
}

/** What is no value of its column's type is the key of no row. */
async function readChosen({ then }: Pairs, pair: TablePair, { key }: RowChoice): Promise<Values | null> {
  try {
    return (await readRows(then.ask, pair.then, Object.keys(key), [Object.values(key)], 1))[0] ?? null
  } catch (error) {
    if (error instanceof DatabaseError && error.code?.startsWith('22')) return null
    throw error
  }
}

/** Compares with the shop as it is. Returns those that come back. */
async function settle({ now }: Pairs, found: Found, fresh: readonly Item[]): Promise<Item[]> {
  const accepted: Item[] = []
  for (const [pair, items] of groupBy(fresh, (item) => item.pair)) {
    const tuples = items.map(({ values }) => pair.key.map((column) => values[column] ?? ''))
    const rows = await readRows(now.ask, pair.now, pair.key, tuples)
    const today = new Map(rows.map((row) => [keyText(row, pair.key), row]))
    for (const item of items) {
      item.today = today.get(keyText(item.values, pair.key)) ?? null
      if (decide(found, item)) accepted.push(item)
    }
  }
  return accepted
}

function decide(found: Found, item: Item): boolean {
  const { pair, values, today, why } = item
  if (!today) return true
  const mark = markOf(pair.now)
  if (why === 'chosen' && mark && today[mark] !== null) {
    if ((values[mark] ?? null) === null) item.how = 'revive'
    else found.fail(item, 'not-there')
    return item.how === 'revive'
  }
  found.drop(item)
  if (why === 'chosen') found.fail(item, 'present')
  // Known by another value today than the one that is pointed at.
  const needs = why === 'parent' ? [...item.neededBy] : []
  for (const [by, columns] of needs) found.fail(by, 'parent-missing', { columns: [...columns], holder: nameOf(today, pair.key) })
  return false
}

function listRenamed({ items }: Found): RescuePlan['renamed'] {
  return [...items.values()].flatMap(({ how, values, today, pair }) => {
    const names = { then: nameOf(values, pair.key), now: nameOf(today ?? values, pair.key) }
    return how === 'revive' && names.then !== names.now ? [names] : []
  })
}

/** But for what is revived by the same rescue. */
function listStillDeleted({ items, marked }: Found): string[] {
  const all = [...items.values()]
  const isBack = ({ table, values, key }: Found['marked'][number]) =>
    all.some(({ pair, values: row }) => pair.id === table && keyText(row, key) === keyText(values, key))
  return [...new Set(marked.filter((row) => !isBack(row)).map(({ values, key }) => nameOf(values, key)))]
}
