/**
 * Terminology. *Then* is the rehearsal, *now* the running shop. A row is *lost* when only now has it, *returns* when only then
 * has it, and is *changed* when both have its key with other contents: what a switch would do to it.
 */
import { z } from 'zod'

/** A row as JSON; long texts are cut, secrets `hidden` with a mark that differs where they do. */
export const rowSchema = z.record(z.string(), z.json())
export type Row = z.infer<typeof rowSchema>

/** SaleSpider's own figures; money as decimal text in the shop's currency, times ISO 8601 UTC. Deleted rows do not count. */
export const shopNumbersSchema = z.object({
  sales: z.number().int(),
  takings: z.string(),
  newestSaleAt: z.iso.datetime().nullable(),
  products: z.number().int(),
  /** Units on the shelves, and what they would sell for */
  stock: z.number(),
  stockValue: z.string(),
  people: z.number().int(),
})
export type ShopNumbers = z.infer<typeof shopNumbersSchema>

export const tableDifferenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** In the table's own order; of both sides where they differ */
  columns: z.array(z.string()),
  /** Null where the table does not exist on that side, or was not counted */
  rowsThen: z.number().nullable(),
  rowsNow: z.number().nullable(),
  lost: z.number().int(),
  returns: z.number().int(),
  changed: z.number().int(),
  /** There are more differences than were counted */
  isCapped: z.boolean(),
  /** Columns that identify a row; empty for a table without a key, in which nothing counts as changed */
  key: z.array(z.string()),
  /**
   * Why it was not compared to its end. `locked`: somebody changes it, or did at that moment; `definition`: no column in common.
   * What was found before counts, and is capped.
   */
  skipped: z.enum(['timeout', 'locked', 'unlogged', 'definition', 'failed']).nullable(),
  /** PostgreSQL's own words for `failed` */
  reason: z.string().nullable(),
  /** A few of each, newest last as far as the key tells */
  rows: z.object({
    lost: z.array(rowSchema),
    returns: z.array(rowSchema),
    changed: z.array(z.object({ then: rowSchema, now: rowSchema })),
  }),
})
export type TableDifference = z.infer<typeof tableDifferenceSchema>

const sideSchema = z.enum(['only-then', 'only-now', 'differs'])

export const comparisonSchema = z.object({
  comparedAt: z.iso.datetime(),
  /** Null when the database has none of SaleSpider's tables, has them in another shape, or they could not be read (see `unread`) */
  shop: z.object({
    then: shopNumbersSchema,
    now: shopNumbersSchema,
    /** Sales that a switch would lose, and those it would bring back */
    lostSales: z.object({ count: z.number().int(), takings: z.string() }),
    returningSales: z.object({ count: z.number().int(), takings: z.string() }),
  }).nullable(),
  /** Only those that differ or were skipped, most differences first */
  tables: z.array(tableDifferenceSchema),
  /** How many tables were looked at */
  tableCount: z.number().int(),
  /** Tables, columns, indexes, constraints, functions … that are not the same */
  definitions: z.array(z.object({ kind: z.string(), name: z.string(), side: sideSchema, then: z.string().nullable(), now: z.string().nullable() })),
  roles: z.array(z.object({ name: z.string(), side: sideSchema, /** password, attributes */ what: z.array(z.string()) })),
  settings: z.array(z.object({ name: z.string(), then: z.string().nullable(), now: z.string().nullable() })),
  /** `shop`, and kinds of definitions, that could not be read: locked, or not in time */
  unread: z.array(z.string()),
  /** Files that a switch rewinds and that differ: pg_hba.conf, pg_ident.conf */
  files: z.array(z.string()),
  amcheck: z.object({
    status: z.enum(['ok', 'damaged', 'skipped']),
    relations: z.number().int(),
    /** What it found, or said when it failed */
    problems: z.array(z.string()),
    /** Why it was skipped */
    reason: z.enum(['not-installed', 'timeout', 'failed']).nullable(),
  }),
  /** Milliseconds */
  took: z.number().int(),
})
export type Comparison = z.infer<typeof comparisonSchema>
