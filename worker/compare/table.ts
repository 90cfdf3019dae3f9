/** What became of one table. */
import { type Sort, type TableDifference } from '@/lib/restore/comparison/schema'
import { fingerprintContents } from './by-content'
import { fingerprintPlaces } from './by-position'
import { type Candidate, type Changed, TooMany, openPairing } from './pairing'
import { type Place, createNewestPlaces, sortChanged } from './places'
import type { Differences } from './ranges'
import { type TablePair, allColumns, compareKeys } from './rules'
import type { Samples } from './samples'
import { type OfBoth, type Sessions, type Side, type Skipped, attempt, bothSides, otherSide } from './sides'
import { type Statements, statementsFor } from './statements'

/** Told of every row that differs, as far as it asks for it. */
export type Witness = {
  /** Lost or back: of the side that has it, or that alone has it unmarked */
  single?(side: Side, places: string[]): Promise<void>
  /** The other side has none at all: all of this side's rows, which are not told one by one */
  whole?(side: Side): Promise<void>
  changed?(rows: Changed[]): Promise<void>
}

/** For the rows that are shown, when the time of the table itself is over */
const SAMPLE_MS = 10_000

type Counted = Pick<TableDifference, 'lost' | 'returns' | 'changed' | 'isCapped' | 'rowsThen' | 'rowsNow'>

/** Null when nothing differs. Throws when a connection is lost, or the comparison was cancelled. */
export async function compareTable(
  pair: TablePair, sessions: Sessions, { ms, samples, witness }: { ms: number; samples: Samples; witness: Witness | null },
): Promise<TableDifference | null> {
  const { method } = pair
  if (method.how === 'skip') return describe(pair, nothing(), { why: method.why, words: '' }, 0)
  const statements = statementsFor(pair)
  const count = openCount(statements, sessions, samples.limit(), witness)
  const outcome = ms > 0 ? await attempt(sessions, ms, () => countDifferences(pair, statements, sessions, count)) : OUT_OF_TIME
  const skipped = 'skipped' in outcome ? outcome.skipped : null
  if (skipped) count.result.isCapped = true
  const { lost, returns, changed, isCapped } = count.result
  if (!skipped && !isCapped && pair.method.how !== 'missing' && lost + returns + changed === 0) return null
  const read = await attempt(sessions, SAMPLE_MS, async () => samples.take(pair, statements, sessions, await count.wanted()))
  return describe(pair, count.result, skipped, 'done' in read ? read.done : 0)
}

const OUT_OF_TIME = { skipped: { why: 'timeout', words: '' } } as const
const nothing = (): Counted => ({ lost: 0, returns: 0, changed: 0, isCapped: false, rowsThen: null, rowsNow: null })

/** What a switch does to rows that only that side has. */
const sortOf = { now: 'lost', then: 'returns' } as const satisfies Record<Side, Sort>
const sideOf = { lost: 'now', returns: 'then' } as const satisfies Record<string, Side>

type Count = ReturnType<typeof openCount>

function openCount(statements: Statements, sessions: Sessions, limit: number, witness: Witness | null) {
  const newest = createNewestPlaces(limit, statements.isKeyed ? compareKeys : null)
  const result = nothing()
  let wholeSide: Side | null = null

  async function wholeTable(side: Side) {
    const rows = await sessions[side].query<[string]>(statements.lastPlaces, [limit])
    return [{ sort: sortOf[side], places: rows.map(([place]): Place => ({ then: null, now: null, [side]: place })) }]
  }

  return {
    result,
    /** The rows to be shown */
    wanted: async () => (wholeSide ? wholeTable(wholeSide) : newest.wanted()),
    async single(side: Side, rows: Candidate[]) {
      result[sortOf[side]] += rows.length
      for (const { key, place } of rows) newest.add(sortOf[side], key, { then: null, now: null, [side]: place })
      await witness?.single?.(side, rows.map(({ place }) => place))
    },
    async changed(rows: Changed[]) {
      const sorted = await sortChanged(rows, statements, sessions)
      for (const sort of ['lost', 'returns', 'changed'] as const) {
        result[sort] += sorted[sort].length
        for (const row of sorted[sort]) newest.add(sort, row.key, row)
        if (sort === 'changed' || sorted[sort].length === 0) continue
        const side = sideOf[sort]
        await witness?.single?.(side, sorted[sort].map((row) => row[side]))
      }
      if (sorted.changed.length > 0) await witness?.changed?.(sorted.changed)
    },
    async whole(side: Side, rows: number) {
      result[sortOf[side]] = rows
      wholeSide = side
      await witness?.whole?.(side)
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

type Reason = Skipped | { why: 'unlogged' | 'definition'; words: string }

function describe(pair: TablePair, counted: Counted, skipped: Reason | null, samples: number): TableDifference {
  return {
    schema: pair.schema, name: pair.name, columns: allColumns(pair), key: pair.key.map(({ name }) => name), ...counted,
    skipped: skipped?.why ?? null, reason: skipped?.why === 'failed' ? skipped.words : null, samples,
  }
}
