/** What a switch to the rehearsal would lose and bring back. Reads only; the shop comes first in everything. */
import type { ClientConfig } from 'pg'
import type { Comparison, TableDifference } from '@/lib/restore/comparison/schema'
import { JobFailed } from '../context'
import { checkIntegrity } from './amcheck'
import { listTables } from './catalog'
import { checkShop } from './checks'
import { DEFINITIONS, type Definition, differingDefinitions } from './definitions'
import { differingFiles } from './files'
import { isDescendant } from './lineage'
import { openNaming } from './names'
import { differingRoles, listRoles } from './roles'
import { type TablePair, pairTables, weightOf } from './rules'
import { type Samples, openSamples } from './samples'
import { type Session, openSession } from './session'
import { differingSettings, readSettings } from './settings'
import { isShop, openShopTally, readMigration, readNextSale, readShopNumbers } from './shop'
import { type Sessions, attempt, onBoth } from './sides'
import { compareTable } from './table'

const TABLE_MS = 60_000
/** Tables that were not begun by then are left out */
const TABLES_MS = 600_000
const PART_MS = 30_000

export type CompareOptions = {
  /** A paused hot standby, as superuser */
  then: ClientConfig
  /** The same database of the running shop, as superuser */
  now: ClientConfig
  /** Where PostgreSQL's programs are */
  bin: string
  thenDataDir: string
  nowDataDir: string
  at: Date
  signal: AbortSignal
  /** Of the tables, in blocks as the last VACUUM knew them; `table` is the one that comes next */
  onProgress(done: number, total: number, table: string): void
  /** What differs is known, damage not yet looked for. `samples`: difference_row as JSON texts, without the rehearsal */
  onDifferences(comparison: Comparison, samples: string[]): Promise<void>
}

/** Throws JobFailed when a side stops answering, and the signal's reason when it is aborted. */
export async function compareDatabases(options: CompareOptions): Promise<Comparison> {
  const began = performance.now()
  const then = await openSession('then', options.then, options.signal)
  try {
    const { samples, ...differences } = await compareWithNow(then, options)
    const comparison = { comparedAt: options.at.toISOString(), ...differences, took: Math.round(performance.now() - began) }
    await options.onDifferences({ ...comparison, amcheck: null, checks: null }, samples)
    const checks = differences.shop ? await checkShop(then) : []
    return { ...comparison, checks, amcheck: await checkIntegrity(then, options.bin) }
  } catch (error) {
    options.signal.throwIfAborted()
    throw error
  } finally {
    await then.close()
  }
}

/** The shop's snapshot is held no longer than for this. */
async function compareWithNow(then: Session, options: CompareOptions): Promise<Differences> {
  const now = await openSession('now', options.now, options.signal)
  try {
    return await compare({ then, now }, options)
  } finally {
    await now.close()
  }
}

type Differences = Omit<Comparison, 'comparedAt' | 'amcheck' | 'checks' | 'took'> & { samples: string[] }

async function compare(sessions: Sessions, options: CompareOptions): Promise<Differences> {
  const settings = await readOrFail(sessions, () => onBoth(sessions, readSettings))
  const roles = await readOrFail(sessions, () => onBoth(sessions, listRoles))
  const known = await readOrFail(sessions, () => onBoth(sessions, listTables))
  const pairs = pairTables(known, await readOrFail(sessions, () => isDescendant(sessions)))
  const unread: string[] = []
  const definitions = await compareDefinitions(sessions, pairs, unread)
  const hasShop = isShop(known.then) && isShop(known.now)
  const samples = openSamples(await readOrFail(sessions, () => openNaming(sessions.now, known)))
  const { shop, tables } = await compareTables(sessions, pairs, { hasShop, unread, samples, options })
  return {
    shop, tables, tableCount: pairs.length, definitions, unread, samples: samples.texts,
    migration: await readOrFail(sessions, () => readMigration(sessions.then, known.then)),
    roles: differingRoles(roles),
    settings: differingSettings(settings),
    files: await differingFiles({ then: options.thenDataDir, now: options.nowDataDir }),
  }
}

/** Without it there is no comparison. */
async function readOrFail<T>(sessions: Sessions, read: () => Promise<T>): Promise<T> {
  const outcome = await attempt(sessions, PART_MS, read)
  if ('done' in outcome) return outcome.done
  throw new JobFailed({ code: 'database-query', detail: outcome.skipped.words })
}

type Definitions = Comparison['definitions']

async function compareDefinitions(sessions: Sessions, tables: readonly TablePair[], unread: string[]): Promise<Definitions> {
  const differences: Definitions = []
  const oneSided = new Set(tables.filter(({ then, now }) => !then || !now).map(labelOf))
  for (const [kind, sql] of Object.entries(DEFINITIONS)) {
    const outcome = await attempt(sessions, PART_MS, () => onBoth(sessions, (session) => session.query<Definition>(sql)))
    if ('done' in outcome) differences.push(...differingDefinitions(kind, outcome.done, oneSided))
    else unread.push(kind)
  }
  return differences
}

/** As definitions are named */
const labelOf = ({ schema, name }: TablePair) => (schema === 'public' ? name : `${schema}.${name}`)

type Compared = Pick<Comparison, 'shop' | 'tables'>
type Reading = { hasShop: boolean; unread: string[]; samples: Samples; options: CompareOptions }

async function compareTables(sessions: Sessions, tables: readonly TablePair[], reading: Reading): Promise<Compared> {
  const { hasShop, unread, samples, options } = reading
  const numbers = hasShop ? await attempt(sessions, TABLE_MS, () => readShop(sessions)) : null
  if (numbers && 'skipped' in numbers) unread.push('shop')
  const tally = numbers && 'done' in numbers ? openShopTally(sessions) : null
  const until = Date.now() + TABLES_MS
  const total = tables.reduce((sum, pair) => sum + weightOf(pair), 0)
  const differences: TableDifference[] = []
  let done = 0
  for (const pair of tables) {
    options.onProgress(done, total, pair.name)
    const ms = Math.min(TABLE_MS, until - Date.now())
    const difference = await compareTable(pair, sessions, { ms, samples, witness: tally?.witnessOf(pair) ?? null })
    if (difference) differences.push(difference)
    done += weightOf(pair)
  }
  options.onProgress(total, total, tables.at(-1)?.name ?? '')
  const totals = tally && (await readOrFail(sessions, () => tally.total()))
  return {
    shop: numbers && 'done' in numbers && totals ? { ...numbers.done, ...totals } : null,
    tables: differences.toSorted((a, b) => sizeOf(b) - sizeOf(a)),
  }
}

async function readShop(sessions: Sessions) {
  const numbers = await onBoth(sessions, readShopNumbers)
  return { ...numbers, nextSaleAt: await readNextSale(sessions.now, numbers.then.newestSaleAt) }
}

const sizeOf = ({ lost, returns, changed }: TableDifference) => lost + returns + changed
