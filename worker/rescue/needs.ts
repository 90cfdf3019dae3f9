/** Which of the rows that come back point at which. */
import type { Table } from './catalog'
import type { Item } from './items'
import { keyText, tupleOf } from './rows'

export function needsAmong(items: readonly Item[], tables: ReadonlyMap<string, Table>): (item: Item) => Item[] {
  const indexes = new Map<string, Map<string, Item>>()

  function indexOf(part: string, columns: readonly string[]): Map<string, Item> {
    const id = `${part} ${JSON.stringify(columns)}`
    const known = indexes.get(id)
    if (known) return known
    const rows = items.filter(({ pair }) => pair.id === part)
    const index = new Map(rows.map((item) => [keyText(item.values, columns), item]))
    indexes.set(id, index)
    return index
  }

  return ({ pair, values, how }) => {
    if (how === 'revive') return []
    return pair.now.foreignKeys.flatMap(({ columns, references, referenced }) => {
      const tuple = tupleOf(values, columns)
      const parts = (tuple && tables.get(references)?.parts) ?? []
      return parts.flatMap((part) => indexOf(part, referenced).get(JSON.stringify(tuple)) ?? [])
    })
  }
}
