/**
 * A sample of the rows that differ, as they are shown: kept as JSON text, a batch at a time, so that memory stays bounded
 * whatever the rows are.
 */
import { randomBytes } from 'node:crypto'
import { ALL_SAMPLES, type Row, SAMPLES, type Sort } from '@/lib/restore/comparison/schema'
import { redactText } from '../pgbackrest/redact'
import type { TableInfo } from './catalog'
import { cut } from './cut'
import type { Naming } from './names'
import type { Place } from './places'
import type { TablePair } from './rules'
import { type Sessions, type Side, onBoth } from './sides'
import type { Session } from './session'
import type { Statements } from './statements'

const SHOWN_CHARACTERS = 500
const SEARCHED_CHARACTERS = 2_000
const BATCH = 100
/** When the samples have become this long, the tables that follow show fewer rows */
const MOST_CHARACTERS = 12_000_000
const FEW_ROWS = 10

export type Samples = ReturnType<typeof openSamples>
type Wanted = { sort: Sort; places: Place[] }

/** Values of secret columns get a mark that tells only whether they are the same, and means nothing beyond one comparison. */
export function openSamples(naming: Naming) {
  const salt = randomBytes(16).toString('hex')
  const texts: string[] = []
  let characters = 0

  async function read(pair: TablePair, statements: Statements, sessions: Sessions, places: Place[]) {
    return onBoth(sessions, async (session, side) => {
      const table = pair[side]
      const wanted = places.flatMap((place) => place[side] ?? [])
      return table && wanted.length > 0 ? rowsAt(session, statements, table, wanted) : new Map<string, Row>()
    })
  }

  async function rowsAt(session: Session, statements: Statements, table: TableInfo, places: string[]): Promise<Map<string, Row>> {
    const rows = await session.query<[string, Row]>(statements.rowsAt(table, salt), [places])
    return new Map(rows.map(([place, row]) => [place, shownRow(row, table.columns)]))
  }

  return {
    /** Each is a difference_row as JSON, without the rehearsal */
    texts,
    /** How many rows of each sort a table may still show */
    limit: () => (characters < MOST_CHARACTERS && texts.length < ALL_SAMPLES - 3 * SAMPLES ? SAMPLES : FEW_ROWS),
    /** Those places, sort by sort, in their order. How many there were. */
    async take(pair: TablePair, statements: Statements, sessions: Sessions, wanted: Wanted[]): Promise<number> {
      const taken: string[] = []
      for (const { sort, places } of wanted) {
        for (let first = 0; first < places.length; first += BATCH) {
          const batch = places.slice(first, first + BATCH)
          const rows = await read(pair, statements, sessions, batch)
          const at = (place: Place, side: Side) => (place[side] === null ? null : (rows[side].get(place[side]) ?? {}))
          const pairs = batch.map((place) => ({ then: at(place, 'then'), now: at(place, 'now') }))
          const names = await naming.namesFor(pair, sessions, pairs)
          for (const [n, sides] of pairs.entries()) {
            taken.push(JSON.stringify({
              schema: pair.schema, table: pair.name, ordinal: taken.length, sort, ...sides, names: names[n], text: searchText(sides, names[n]),
            }))
          }
        }
      }
      for (const text of taken) {
        texts.push(text)
        characters += text.length
      }
      return taken.length
    },
  }
}

function shownRow(row: Row, columns: TableInfo['columns']): Row {
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, show(value, types.get(name))]))
}

function show(value: Row[string], type: string | undefined): Row[string] {
  if (typeof value !== 'string') return value
  return cut(type === 'json' || type === 'jsonb' ? redactText(value) : value, SHOWN_CHARACTERS)
}

function searchText({ then, now }: { then: Row | null; now: Row | null }, names: Record<string, string> = {}): string {
  const values = [...Object.values(then ?? {}), ...Object.values(now ?? {}), ...Object.values(names)]
  const words = values.filter((value) => value !== null).map((value) => String(value).toLowerCase())
  return cut([...new Set(words)].join('\n'), SEARCHED_CHARACTERS)
}
