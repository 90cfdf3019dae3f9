/** What comes back, as it is found: each row with why it comes, and what is in its way. */
import type { Conflict, RescueStep, RowChoice } from '@/lib/restore/rescue/schema'
import type { Table } from './catalog'
import { type TablePair, type Values, keyOf, keyText, nameOf } from './rows'

export type Item = {
  pair: TablePair
  /** As it was */
  values: Values
  how: RescueStep['how']
  why: RescueStep['why']
  /** In the choice, where it was chosen */
  place: number | null
  /** Who needs it, and by which columns */
  neededBy: Map<Item, readonly string[]>
  /** As the shop has it now, marked deleted; null where it is gone */
  today: Values | null
  hasFailed: boolean
}

export type Found = ReturnType<typeof openFound>
type NamedRow = RowChoice & { name: string }
type Reason = Partial<Pick<Conflict, 'columns' | 'holder' | 'reason'>>

const REASON_CHARACTERS = 500

export function openFound() {
  const items = new Map<string, Item>()
  const conflicts: Conflict[] = []
  /** What items point at, and the shop has marked deleted */
  const marked: { table: string; values: Values; key: readonly string[] }[] = []

  return {
    items, conflicts, marked,
    /** A new one, or null where it is known: then it is needed by one more. */
    add(item: Omit<Item, 'how' | 'today' | 'hasFailed' | 'neededBy'>, by?: Item, columns: readonly string[] = []): Item | null {
      const id = idOf(item)
      const known = items.get(id)
      const one: Item = known ?? { ...item, how: 'insert', today: null, hasFailed: false, neededBy: new Map() }
      if (by) one.neededBy.set(by, columns)
      items.set(id, one)
      return known ? null : one
    },
    drop(item: Item): void {
      items.delete(idOf(item))
    },
    /** Gives up: nothing is written. The chosen rows that led to `last` are in the way. */
    overflow(last: readonly Item[]): void {
      const places = new Set(last.flatMap(placesOf))
      for (const item of items.values()) {
        item.hasFailed = true
        if (item.place !== null && places.has(item.place)) this.fail(item, 'too-many')
      }
    },
    /** Keeps the item from being written, and tells why. `at`: the row that is in the way of it, where it is another one. */
    fail(item: Item, code: Conflict['code'], why: Reason = {}, at: NamedRow = rowOf(item)): void {
      item.hasFailed = true
      const { columns = [], holder = null } = why
      const reason = why.reason?.slice(0, REASON_CHARACTERS) ?? null
      conflicts.push({ ...at, code, chosen: placesOf(item), columns, holder, reason })
    },
  }
}

const idOf = ({ pair, values }: Pick<Item, 'pair' | 'values'>) => `${pair.id} ${keyText(values, pair.key)}`

export function rowOf({ pair: { then, key }, values }: Pick<Item, 'pair' | 'values'>): NamedRow {
  return { schema: then.schema, table: then.name, key: keyOf(values, key), name: nameOf(values, key) }
}

/** A table as a whole, where no row of it can be named. */
export const tableRow = ({ schema, name }: Table): NamedRow => ({ schema, table: name, key: {}, name })

/** Of the chosen rows that cannot come back without this one. */
function placesOf(item: Item): number[] {
  const seen = new Set([item])
  for (const one of seen) for (const by of one.neededBy.keys()) seen.add(by)
  return [...seen].flatMap(({ place }) => (place === null ? [] : [place])).toSorted((a, b) => a - b)
}
