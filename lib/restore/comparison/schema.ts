/**
 * Terminology. *Then* is the rehearsal, *now* the running shop. What a switch would do to a row: it is *lost* when only now
 * has it, or has it unmarked while then it was marked deleted (`deletedAt`); it *returns* the other way round; it is *changed*
 * when both have its key with other contents. Of each *sort* a *sample* is kept to be looked at.
 */
import { z } from 'zod'
import { clusterIdSchema } from '../schema'

/** A row as JSON; long texts are cut, secrets `hidden` with a mark that differs where they do. */
export const rowSchema = z.record(z.string(), z.json())
export type Row = z.infer<typeof rowSchema>

/** In the order they are shown in. */
export const sorts = ['returns', 'lost', 'changed'] as const
export const sortSchema = z.enum(sorts)
export type Sort = z.infer<typeof sortSchema>

/** Samples of each sort in a table, and of all tables together. */
export const SAMPLES = 1_000
export const ALL_SAMPLES = 20_000

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
  /** How many rows are kept to be looked at */
  samples: z.number().int(),
})
export type TableDifference = z.infer<typeof tableDifferenceSchema>

/** What must hold in every shop, whatever was sold in it. Words: messages/<locale>/rehearsal.json, `checks`. */
export const shopChecks = [
  'item-without-sale', 'item-without-product', 'sale-without-cashier', 'deshelving-without-product', 'wrong-total', 'negative-stock',
  'negative-price',
] as const

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
    /** Products that both have, at another price; at least, where their table is capped. Comparisons of before do not tell */
    repriced: z.number().int().optional(),
    /** The running shop's first sale after the newest one of then */
    nextSaleAt: z.iso.datetime().nullable(),
  }).nullable(),
  /** Only those that differ or were skipped, most differences first */
  tables: z.array(tableDifferenceSchema),
  /** How many tables were looked at */
  tableCount: z.number().int(),
  /** Tables, columns, indexes, constraints, functions … that are not the same */
  definitions: z.array(z.object({ kind: z.string(), name: z.string(), side: sideSchema, then: z.string().nullable(), now: z.string().nullable() })),
  /** The newest migration that the rehearsal's tables have; null where none is known */
  migration: z.string().nullable(),
  roles: z.array(z.object({ name: z.string(), side: sideSchema, /** password, attributes */ what: z.array(z.string()) })),
  settings: z.array(z.object({ name: z.string(), then: z.string().nullable(), now: z.string().nullable() })),
  /** `shop`, and kinds of definitions, that could not be read: locked, or not in time */
  unread: z.array(z.string()),
  /** Files that a switch rewinds and that differ: pg_hba.conf, pg_ident.conf */
  files: z.array(z.string()),
  /** Null, as `checks`, while they are still being made: what differs is known before */
  amcheck: z.object({
    status: z.enum(['ok', 'damaged', 'skipped']),
    relations: z.number().int(),
    /** What it found, or said when it failed */
    problems: z.array(z.string()),
    /** Why it was skipped */
    reason: z.enum(['not-installed', 'timeout', 'failed']).nullable(),
    /** Milliseconds */
    took: z.number().int(),
  }).nullable(),
  /** Of the rehearsal: how many rows break each; null where it could not be counted in time. Empty where it is no shop */
  checks: z.array(z.object({ name: z.enum(shopChecks), found: z.number().int().nullable() })).nullable(),
  /** Milliseconds */
  took: z.number().int(),
})
export type Comparison = z.infer<typeof comparisonSchema>

/** A sample: a row of one side, or of both. */
export const differenceRowSchema = z.object({
  ordinal: z.number().int(),
  sort: sortSchema,
  then: rowSchema.nullable(),
  now: rowSchema.nullable(),
  /** Column → the name of what it points at: a product's, a person's */
  names: z.record(z.string(), z.string()),
})
export type DifferenceRow = z.infer<typeof differenceRowSchema>

/** `search` in all values; `after` is the last ordinal of the page before. */
export const rowQuerySchema = z.object({
  rehearsal: clusterIdSchema,
  schema: z.string().max(63),
  table: z.string().max(63),
  sort: sortSchema.optional(),
  search: z.string().trim().max(200).default(''),
  after: z.coerce.number().int().min(-1).default(-1),
})
export type RowQuery = z.infer<typeof rowQuerySchema>

export const rowPageSchema = z.object({
  rows: z.array(differenceRowSchema),
  /** Samples that match, on all pages */
  total: z.number().int(),
  hasMore: z.boolean(),
  /** Of a page of sales: the sold items that differ as well, by sale */
  items: z.record(z.string(), z.array(differenceRowSchema)),
})
export type RowPage = z.infer<typeof rowPageSchema>

/** A row that was deleted since, and could be rescued. */
export const goneRowSchema = z.object({
  schema: z.string(),
  table: z.string(),
  key: z.record(z.string(), z.string()),
  row: rowSchema,
  names: z.record(z.string(), z.string()),
  /** As far as the shop's own log or the row itself tells */
  deletedAt: z.coerce.date().nullable(),
  deletedBy: z.string().nullable(),
  /** Rows that were deleted with it, and come back with it: a sale's items */
  parts: z.number().int(),
})
export type GoneRow = z.infer<typeof goneRowSchema>

/** `isComplete`: these are all that were deleted. */
export const goneSchema = z.object({ rows: z.array(goneRowSchema), isComplete: z.boolean() })
export type Gone = z.infer<typeof goneSchema>
