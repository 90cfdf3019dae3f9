/** What a row needs and lacks: the rows it points at, and those that were deleted with it. */
import { MOST_STEPS } from '@/lib/restore/rescue/schema'
import type { ForeignKey, Table } from './catalog'
import { groupBy } from './group'
import { type Found, type Item, tableRow } from './items'
import { type Pairs, isSame, keyText, markOf, readRows, tupleOf, typeOf } from './rows'

type Pointing = { key: ForeignKey; target: Table; /** By the values they point with */ pointing: Map<string, Item[]> }

const tuplesOf = (pointing: ReadonlyMap<string, unknown>) => [...pointing.keys()].map((text) => JSON.parse(text) as string[])
const hasAll = (table: Table, columns: readonly string[]) => columns.every((name) => typeOf(table, name) !== undefined)

export async function findParents(pairs: Pairs, found: Found, accepted: readonly Item[]): Promise<Item[]> {
  const fresh: Item[] = []
  const inserted = accepted.filter(({ how }) => how === 'insert')
  for (const [pair, items] of groupBy(inserted, (item) => item.pair)) {
    for (const key of pair.now.foreignKeys) {
      const target = pairs.now.tables.get(key.references)
      if (!target || !key.columns.every((column) => pair.columns.includes(column) && isSame(pair, column))) continue
      const bound = items.filter(({ values }) => tupleOf(values, key.columns))
      const lacking = { key, target, pointing: groupBy(bound, ({ values }) => keyText(values, key.columns)) }
      await leaveOutPresent(pairs, found, lacking)
      fresh.push(...(await fetchParents(pairs, found, lacking)))
    }
  }
  return fresh
}

async function leaveOutPresent({ now }: Pairs, found: Found, { key, target, pointing }: Pointing): Promise<void> {
  const mark = markOf(target)
  for (const values of await readRows(now.ask, target, key.referenced, tuplesOf(pointing))) {
    pointing.delete(keyText(values, key.referenced))
    if (mark && values[mark] !== null) found.marked.push({ table: target.id, values, key: target.keys[0] ?? key.referenced })
  }
}

/** Out of the rehearsal, what the shop does not have. */
async function fetchParents(pairs: Pairs, found: Found, { key, target, pointing }: Pointing): Promise<Item[]> {
  const fresh: Item[] = []
  for (const id of pairs.then.tables.get(key.references)?.parts ?? []) {
    const part = pairs.then.tables.get(id)
    if (!part || pointing.size === 0 || !hasAll(part, key.referenced)) continue
    for (const values of await readRows(pairs.then.ask, part, key.referenced, tuplesOf(pointing))) {
      const text = keyText(values, key.referenced)
      const pair = pairs.pair(id)
      for (const item of pointing.get(text) ?? []) {
        const parent = pair && found.add({ pair, values, why: 'parent', place: null }, item, key.columns)
        if (!pair) found.fail(item, 'table', {}, tableRow(part))
        else if (parent) fresh.push(parent)
      }
      pointing.delete(text)
    }
  }
  for (const [text, items] of pointing) {
    const reason = `${target.name} (${key.referenced.join(', ')})=(${(JSON.parse(text) as string[]).join(', ')})`
    for (const item of items) found.fail(item, 'parent-missing', { columns: key.columns, reason })
  }
  return fresh
}

export async function findChildren(pairs: Pairs, found: Found, accepted: readonly Item[]): Promise<Item[]> {
  const fresh: Item[] = []
  for (const table of pairs.now.tables.values()) {
    const before = pairs.then.tables.get(table.id)
    if (!before?.parts.includes(table.id)) continue
    for (const key of table.foreignKeys.filter(({ columns }) => hasAll(before, columns))) {
      const targets = pairs.now.tables.get(key.references)?.parts ?? []
      const pointedAt = accepted.filter(({ pair, values }) => targets.includes(pair.id) && tupleOf(values, key.referenced))
      const owners = pointedAt.filter((item) => isPart(item, key))
      if (owners.length > 0) fresh.push(...(await fetchChildren(pairs, found, { before, key, owners })))
    }
  }
  return fresh
}

/** What refers to a row goes with it: by cascade, or because it had to go before. What merely needed a parent is not its part. */
function isPart({ how, why }: Item, { onDelete }: ForeignKey): boolean {
  return onDelete === 'c' || (how === 'insert' && why !== 'parent' && (onDelete === 'a' || onDelete === 'r'))
}

type Owned = { before: Table; key: ForeignKey; owners: Item[] }

async function fetchChildren(pairs: Pairs, found: Found, { before, key, owners }: Owned): Promise<Item[]> {
  const fresh: Item[] = []
  const byTuple = new Map(owners.map((item) => [keyText(item.values, key.referenced), item]))
  const pair = pairs.pair(before.id)
  const most = Math.max(MOST_STEPS + 1 - found.items.size, 0)
  for (const values of await readRows(pairs.then.ask, before, key.columns, tuplesOf(byTuple), most)) {
    const owner = byTuple.get(keyText(values, key.columns)) ?? owners[0]
    if (!owner) continue
    if (!pair) {
      found.fail(owner, 'table', {}, tableRow(before))
      return []
    }
    const child = found.add({ pair, values, why: 'child', place: null }, owner, key.columns)
    if (child) fresh.push(child)
  }
  return fresh
}
