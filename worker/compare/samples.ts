/** A few of the rows that differ, as they are shown. */
import { randomBytes } from 'node:crypto'
import type { Row } from '@/lib/restore/comparison/schema'
import { redactText } from '../pgbackrest/redact'
import type { TableInfo } from './catalog'
import { cut } from './cut'
import type { Session } from './session'
import type { Statements } from './statements'

const SHOWN_CHARACTERS = 500
const MOST_ROWS = 100
/** When a comparison has become this long, the tables that follow show fewer rows */
const MOST_CHARACTERS = 4_000_000
const FEW_ROWS = 10

export type Samples = ReturnType<typeof openSamples>

/** Values of secret columns get a mark that tells only whether they are the same, and means nothing beyond one comparison. */
export function openSamples() {
  const salt = randomBytes(16).toString('hex')
  let characters = 0

  function shown(row: Row, columns: TableInfo['columns']): Row {
    const types = new Map(columns.map(({ name, type }) => [name, type]))
    const values = Object.entries(row).map(([name, value]) => [name, show(value, types.get(name))])
    characters += JSON.stringify(values).length
    return Object.fromEntries(values)
  }

  return {
    /** How many rows of each sort a table may still show */
    limit: () => (characters < MOST_CHARACTERS ? MOST_ROWS : FEW_ROWS),
    /** In the order of the places */
    async at(session: Session, statements: Statements, table: TableInfo, places: string[]): Promise<Row[]> {
      if (places.length === 0) return []
      const rows = new Map(await session.query<[string, Row]>(statements.rowsAt(table, salt), [places]))
      return places.map((place) => shown(rows.get(place) ?? {}, table.columns))
    },
    async last(session: Session, statements: Statements, table: TableInfo, limit: number): Promise<Row[]> {
      const rows = await session.query<[Row]>(statements.lastRows(table, salt), [limit])
      return rows.map(([row]) => shown(row, table.columns)).toReversed()
    },
  }
}

function show(value: unknown, type: string | undefined): unknown {
  if (typeof value !== 'string') return value
  return cut(type === 'json' || type === 'jsonb' ? redactText(value) : value, SHOWN_CHARACTERS)
}
