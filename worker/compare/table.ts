/** What became of one table. */
import type { TableDifference } from '@/lib/restore/comparison/schema'
import { fingerprintContents } from './by-content'
import { fingerprintPlaces } from './by-position'
import { createNewest } from './newest'
import { type Candidate, type Changed, type Found, TooMany, openPairing } from './pairing'
import type { Differences } from './ranges'
import { type TablePair, allColumns, compareKeys } from './rules'
import type { Samples } from './samples'
import { type OfBoth, type Sessions, type Side, type Skipped, attempt, bothSides, onBoth, otherSide } from './sides'
import { type Statements, statementsFor } from './statements'

/** Told of every row that differs. */
export type Witness = Found & {
  /** The other side has none at all: all of this side's rows, which are not told one by one */
  whole(side: Side): Promise<void>
}

/** For the rows that are shown, when the time of the table itself is over */
const SAMPLE_MS = 10_000

type Counted = Pick<TableDifference, 'lost' | 'returns' | 'changed' | 'isCapped' | 'rowsThen' | 'rowsNow'>
/** Places, or a whole side */
type Shown = { single: OfBoth<() => string[]>; changed: () => Changed[]; whole: Side | null }

/** Null when nothing differs. Throws when a connection is lost, or the comparison was cancelled. */
export async function compareTable(
  pair: TablePair, sessions: Sessions, { ms, samples, witness }: { ms: number; samples: Samples; witness: Witness | null },
): Promise<TableDifference | null> {
  const { method } = pair
  if (method.how === 'skip') return describe(pair, nothing(), { why: method.why, words: '' }, noRows())
  const statements = statementsFor(pair)
  const count = openCount(statements, samples.limit(), witness)
  const outcome = ms > 0 ? await attempt(sessions, ms, () => countDifferences(pair, statements, sessions, count)) : OUT_OF_TIME
  const skipped = 'skipped' in outcome ? outcome.skipped : null
  if (skipped) count.result.isCapped = true
  const { lost, returns, changed, isCapped } = count.result
  if (!skipped && !isCapped && pair.method.how !== 'missing' && lost + returns + changed === 0) return null
  const read = await attempt(sessions, SAMPLE_MS, () => readSamples(pair, statements, sessions, { samples, shown: count.shown }))
  return describe(pair, count.result, skipped, 'done' in read ? read.done : noRows())
}

const OUT_OF_TIME = { skipped: { why: 'timeout', words: '' } } as const
const nothing = (): Counted => ({ lost: 0, returns: 0, changed: 0, isCapped: false, rowsThen: null, rowsNow: null })
const noRows = (): TableDifference['rows'] => ({ lost: [], returns: [], changed: [] })

type Count = ReturnType<typeof openCount>

function openCount(statements: Statements, limit: number, witness: Witness | null) {
  const order = statements.isKeyed ? compareKeys : null
  const newest = { then: createNewest<string>(limit, order), now: createNewest<string>(limit, order) }
  const newestChanged = createNewest<Changed>(limit, order)
  const result = nothing()
  const single = { then: newest.then.values, now: newest.now.values }
  const shown: Shown = { single, changed: newestChanged.values, whole: null }
  return {
    result, shown,
    async single(side: Side, rows: Candidate[]) {
      result[side === 'now' ? 'lost' : 'returns'] += rows.length
      for (const { key, place } of rows) newest[side].add(key, place)
      await witness?.single(side, rows)
    },
    async changed(rows: Changed[]) {
      result.changed += rows.length
      for (const row of rows) newestChanged.add(row.key, row)
      await witness?.changed(rows)
    },
    async whole(side: Side, rows: number) {
      result[side === 'now' ? 'lost' : 'returns'] = rows
      shown.whole = side
      await witness?.whole(side)
    },
    rows({ then, now }: OfBoth<number | null>) {
      Object.assign(result, { rowsThen: then, rowsNow: now })
    },
  }
}

async function countDifferences(pair: TablePair, statements: Statements, sessions: Sessions, count: Count): Promise<void> {
  if (pair.method.how === 'missing') return countWhole(pair.now ? 'now' : 'then', pair, statements, sessions, count)
  const fingerprintBoth = pair.method.how === 'position' ? fingerprintPlaces : fingerprintContents
  const { rows, readInto } = await fingerprintBoth(statements, sessions)
  count.rows(rows)
  const whole = bothSides.find((side) => rows[otherSide[side]] === 0)
  if (whole) return rows[whole] > 0 ? count.whole(whole, rows[whole]) : undefined
  return tellApart(statements, sessions, count, readInto)
}

async function tellApart(
  statements: Statements, sessions: Sessions, count: Count, readInto: Differences['readInto'],
): Promise<void> {
  const pairing = openPairing(statements, sessions, count)
  try {
    await readInto(pairing)
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    count.result.isCapped = true
  }
  await pairing.finish()
}

async function countWhole(side: Side, pair: TablePair, statements: Statements, sessions: Sessions, count: Count): Promise<void> {
  const rows = (await sessions[side].query<[number]>(statements.count))[0]?.[0] ?? 0
  count.rows({ then: pair.then && 0, now: pair.now && 0, [side]: rows } as OfBoth<number | null>)
  await count.whole(side, rows)
}

async function readSamples(
  { then, now }: TablePair, statements: Statements, sessions: Sessions, { samples, shown }: { samples: Samples; shown: Shown },
): Promise<TableDifference['rows']> {
  const tables = { then, now }
  const changed = shown.changed()
  const limit = samples.limit()
  const [single, before] = [await onBoth(sessions, readSingle), await onBoth(sessions, readChanged)]
  return {
    lost: single.now, returns: single.then,
    changed: before.then.map((row, n) => ({ then: row, now: before.now[n] ?? {} })),
  }

  async function readSingle(session: Sessions[Side], side: Side) {
    const table = tables[side]
    if (!table) return []
    if (shown.whole === side) return samples.last(session, statements, table, limit)
    return samples.at(session, statements, table, shown.single[side]())
  }

  async function readChanged(session: Sessions[Side], side: Side) {
    const table = tables[side]
    return table ? samples.at(session, statements, table, changed.map((row) => row[side])) : []
  }
}

type Reason = Skipped | { why: 'unlogged' | 'definition'; words: string }

function describe(pair: TablePair, counted: Counted, skipped: Reason | null, rows: TableDifference['rows']): TableDifference {
  return {
    schema: pair.schema, name: pair.name, columns: allColumns(pair), key: pair.key.map(({ name }) => name), ...counted,
    skipped: skipped?.why ?? null, reason: skipped?.why === 'failed' ? skipped.words : null, rows,
  }
}
