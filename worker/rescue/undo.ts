/** Takes back what a rescue put in, as long as the shop has done nothing with it since. */
import { DatabaseError, escapeIdentifier } from 'pg'
import type { JobResult } from '@/lib/jobs/schema'
import type { RescueStep, RowKey, Written } from '@/lib/restore/rescue/schema'
import { type JobContext, JobFailed } from '../context'
import { type Asker, logInShop } from './audit-log'
import { type ForeignKey, type Table, quoted } from './catalog'
import { isBusy } from './failure'
import { groupBy } from './group'
import { readMd5s } from './marks'
import { from, markOf, matches, nameOf, readRows, touchedOf, tupleOf } from './rows'
import type { Side, Text } from './sides'
import { type Transaction, inShop } from './transaction'
import { actAs } from './write'

type Rescue = Extract<JobResult, { kind: 'rescue' }>
type Put = RescueStep & Written & {
  now: Table
  /** The shop has changed it since */
  isTouched: boolean
}

/** `finish` commits. Throws JobFailed with `rescue-changed` where the shop has changed a row, or points at it. */
export async function undoRescue<T>(
  context: JobContext<'undo-rescue'>, rescue: Rescue, asker: Asker, finish: (shop: Transaction) => Promise<T>,
): Promise<T> {
  return inShop(context, async (shop) => {
    const rows = rescue.steps.map((step, at) => toPut(shop, step, rescue.written[at]))
    for (const [now, group] of groupBy(rows, (row) => row.now)) {
      context.progress.enter('rescue', now.name)
      await requireUnchanged(shop, now, group)
    }
    context.signal.throwIfAborted()
    await requireUnused(shop, rows.filter(({ how }) => how === 'insert'))
    await takeBack(shop, rows)
    const isLogged = await logInShop(shop, rescue.steps, 'gone', asker)
    if (!isLogged) context.remark('SaleSpider’s own log could not be written', 'warn')
    context.signal.throwIfAborted()
    return finish(shop)
  })
}

function changed(name: string, detail?: string): JobFailed {
  return new JobFailed({ code: 'rescue-changed', detail, params: { what: name } })
}

function toPut({ tables }: Side, step: RescueStep, written: Written | undefined): Put {
  const now = tables.get(quoted(step.schema, step.table))
  if (!now || !written) throw changed(step.name, `the table ${step.table} is gone`)
  return { ...step, ...written, now, isTouched: false }
}

async function requireUnchanged(shop: Side, now: Table, rows: readonly Put[]): Promise<void> {
  const md5s = await readMd5s(shop.ask, now, rows.map(({ key }) => key), 'FOR UPDATE')
  for (const [at, row] of rows.entries()) {
    if (md5s[at] === row.md5) continue
    const { name, table } = row
    if (md5s[at] === null) throw changed(name, `${table} ${name} is gone`)
    // What was revived is sold from at once. Only its mark was put back, and only that is taken: the rest stays as it is.
    if (row.how === 'insert' || (await isMarked(shop, row))) throw changed(name, `${table} ${name} has changed`)
    row.isTouched = true
  }
}

async function isMarked({ ask }: Side, { now, key }: Put): Promise<boolean> {
  const mark = markOf(now)
  const [row] = await readRows(ask, now, Object.keys(key), [Object.values(key)])
  return mark === null || (row?.[mark] ?? null) !== null
}

/** A cascade must not take with it what was sold since. */
async function requireUnused({ ask, tables }: Side, inserted: readonly Put[]): Promise<void> {
  const known = new Set(inserted.map(({ now, key }) => idOf(now, key)))
  const plain = [...tables.values()].filter(({ id, parts }) => parts.includes(id))
  const own = groupBy(inserted, (row) => row.now)
  const pointers = plain.flatMap((table) => table.foreignKeys.map((key) => ({ table, key, rows: own.get(table) ?? [] })))
  for (const [now, rows] of own) {
    const values = await readRows(ask, now, Object.keys(rows[0]?.key ?? {}), rows.map(({ key }) => Object.values(key)))
    for (const { table, key, rows: siblings } of pointers) {
      if (!tables.get(key.references)?.parts.includes(now.id)) continue
      const tuples = values.map((row) => tupleOf(row, key.referenced)).filter((tuple) => tuple !== null)
      const stranger = await findStranger(ask, table, { key, tuples, rows: siblings, known })
      if (stranger) throw changed(rows[0]?.name ?? '', `${table.name} ${stranger} points at what was put back`)
    }
  }
}

type Search = { key: ForeignKey; tuples: string[][]; rows: readonly Put[]; known: ReadonlySet<string> }

async function findStranger(ask: Side['ask'], table: Table, { key, tuples, rows, known }: Search): Promise<string | null> {
  const columns = Object.keys(rows[0]?.key ?? {})
  const name = columns.length > 0 ? columns : (table.keys[0] ?? [])
  for (const row of await readRows(ask, table, key.columns, tuples, rows.length + 1)) {
    const id = idOf(table, Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])))
    if (columns.length === 0 || !known.has(id)) return nameOf(row, name)
  }
  return null
}

const idOf = ({ id }: Table, key: RowKey) => `${id} ${JSON.stringify(key)}`

/** One statement, as when it was written: PostgreSQL looks at foreign keys at its end. */
async function takeBack(shop: Side, rows: readonly Put[]): Promise<void> {
  const values: Text[] = []
  const inserted = groupBy(rows.filter(({ how }) => how === 'insert'), (row) => row.now)
  const deletes = [...inserted].map(([now, group]) => deletion(now, group, values))
  const marks = rows.filter(({ how }) => how === 'revive').map((row) => marking(row, values))
  const parts = [...deletes, ...marks].map((sql, at) => `w${at} AS (${sql} RETURNING 1)`)
  const counts = parts.map((_, at) => `(SELECT count(*) FROM w${at})`)
  try {
    await actAs(shop, rows.map(({ now }) => ({ owner: now.owner })))
    const [[count] = []] = await shop.ask(`WITH ${parts.join(', ')} SELECT ${counts.join(' + ')}`, values)
    if (Number(count) !== rows.length) throw changed(rows[0]?.name ?? '', 'a trigger of the table kept the row')
    await shop.ask('SET CONSTRAINTS ALL IMMEDIATE')
    await shop.ask('RESET ROLE')
  } catch (error) {
    if (!(error instanceof DatabaseError) || isBusy(error)) throw error
    throw changed(rows.find(({ now }) => now.name === error.table)?.name ?? rows[0]?.name ?? '', error.message)
  }
}

function deletion(now: Table, rows: readonly Put[], values: Text[]): string {
  const columns = Object.keys(rows[0]?.key ?? {})
  const first = values.length + 1
  values.push(...rows.flatMap(({ key }) => columns.map((column) => key[column] ?? null)))
  return `DELETE FROM ${from(now)} WHERE ${matches(columns, rows.length, first)}`
}

function marking({ now, key, deletedAt, updatedAt, isTouched }: Put, values: Text[]): string {
  const columns = { ...known(markOf(now), deletedAt), ...(!isTouched && known(touchedOf(now), updatedAt)) }
  const sets = Object.entries(columns).map(([name, value]) => `${escapeIdentifier(name)} = $${values.push(value)}`)
  const first = values.length + 1
  values.push(...Object.values(key))
  return `UPDATE ${from(now)} SET ${sets.join(', ')} WHERE ${matches(Object.keys(key), 1, first)}`
}

const known = (column: string | null, value: Text): Record<string, Text> => (column ? { [column]: value } : {})
