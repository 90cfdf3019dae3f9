/** What an exchange leaves behind and brings back: as it was compared before, and as it was counted when the shop closed. */
import { z } from 'zod'
import { tallySchema } from '@/lib/salespider/life/schema'

const instant = z.coerce.date()

/** What only one side has. `sales`: null where the database has none; then they are among the rows. */
const sideSchema = z.object({
  sales: tallySchema.nullable(),
  /** Other tables, most rows first */
  rows: z.array(z.object({ table: z.string(), count: z.number().int(), isCapped: z.boolean() })),
})
export type Side = z.infer<typeof sideSchema>

/** As it was compared last. `countedTo`: sales after that are not among them. */
export const changesSchema = z.object({ comparedAt: instant, countedTo: instant, behind: sideSchema, back: sideSchema })
export type Changes = z.infer<typeof changesSchema>

export const countedSchema = z.object({
  /** By the shop's clock: what was sold between that and its stop is not among them */
  countedAt: instant,
  /** Sales, products and people are counted to the end, other tables are as they were then; null where nothing was compared */
  comparedAt: instant.nullable(),
  behind: sideSchema,
  /** Null where it is not known: what an undo brings back, only the cluster has that was left */
  back: sideSchema.nullable(),
})
export type Counted = z.infer<typeof countedSchema>
