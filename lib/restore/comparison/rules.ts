/** What the samples of a comparison mean in SaleSpider's own terms. */
import type { Comparison, DifferenceRow, GoneRow, Row, TableDifference } from './schema'

export const SALES = 'Sale'
export const ITEMS = 'SaleItem'
export const LOG = 'audit_logs'
/** Nobody deletes from these, and nobody wants them back one by one. */
const BOOKKEEPING = [LOG, '_prisma_migrations', 'AppSettings']

/** Above this, bringing rows back one by one is no longer the first thing to offer. */
export const FEW_ROWS = 20

/** Whether its rows can be put back one by one. */
export function isRescuable({ schema, name, key, rowsThen, rowsNow, skipped }: TableDifference): boolean {
  const isBookkeeping = schema === 'public' && BOOKKEEPING.includes(name)
  return key.length > 0 && rowsThen !== null && rowsNow !== null && skipped === null && !isBookkeeping
}

/** Whether there may be deleted rows that were not counted. */
export function mayHideRows({ tables }: Pick<Comparison, 'tables'>): boolean {
  const unread: TableDifference['skipped'][] = ['timeout', 'locked', 'failed']
  return tables.some((table) => unread.includes(table.skipped) || (isRescuable(table) && table.isCapped))
}

/** A sample, and the table it is of. */
export type Sample = DifferenceRow & Pick<TableDifference, 'schema' | 'key'> & { table: string }

/** `returning`: what comes back, of all tables; `log`: entries of SaleSpider's own log that would be lost. */
export function goneRows(returning: readonly Sample[], log: readonly DifferenceRow[]): GoneRow[] {
  const isItem = ({ schema, table }: Sample) => schema === 'public' && table === ITEMS
  const sales = new Set(returning.filter(({ table }) => table === SALES).map(({ then }) => textOf(then, 'id')))
  const sold = returning.filter((sample) => isItem(sample) && sales.has(textOf(sample.then, 'saleId')))
  const partsOf = ({ table, then }: Sample) =>
    table === SALES ? sold.filter((item) => textOf(item.then, 'saleId') === textOf(then, 'id')).length : 0
  return returning.filter((sample) => !sold.includes(sample)).map((sample) => toGoneRow(sample, log, partsOf(sample)))
}

function toGoneRow({ schema, table, key, then, now, names }: Sample, log: readonly DifferenceRow[], parts: number): GoneRow {
  const row = then ?? {}
  const entry = log.find(({ now: logged }) =>
    logged?.action === 'DELETE' && textOf(logged, 'entityId') !== '' && textOf(logged, 'entityId') === textOf(row, 'id'))
  const marked = pgTime(now?.deletedAt) ?? pgTime(entry?.now?.timestamp)
  return {
    schema, table, row, names, parts,
    key: Object.fromEntries(key.map((column) => [column, textOf(row, column)])),
    deletedAt: marked, deletedBy: entry ? (entry.names.userId ?? (textOf(entry.now, 'userEmail') || null)) : null,
  }
}

function textOf(row: Row | null | undefined, column: string): string {
  const value = row?.[column]
  return value === null || value === undefined ? '' : String(value)
}

const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:([+-]\d\d)(?::?(\d\d))?)?$/

/** A time as PostgreSQL prints it in UTC; null for anything else. */
export function pgTime(value: unknown): Date | null {
  const parts = typeof value === 'string' ? TIME.exec(value) : null
  if (!parts) return null
  const [, date, time, hours, minutes = '00'] = parts
  const at = new Date(`${date}T${time}${hours ? `${hours}:${minutes}` : 'Z'}`)
  return Number.isNaN(at.getTime()) ? null : at
}
