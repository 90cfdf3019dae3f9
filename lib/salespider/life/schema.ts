/**
 * Terminology. The *life* of the shop is what its own tables tell of a stretch of time: *sales*, and *events* from SaleSpider's
 * audit log. A *reading* says whether the shop's database could be asked; nothing is ever made up where it could not.
 */
import { z } from 'zod'

/** `slow`: it did not answer in time; `foreign`: it has none of SaleSpider's tables; `unset`: the dashboard was given no address. */
export const readingSchema = z.enum(['ok', 'down', 'slow', 'foreign', 'unset'])
export type Reading = z.infer<typeof readingSchema>

export const shopEventKinds = [
  'product-created', 'product-repriced', 'product-restocked', 'product-changed', 'product-deleted', 'product-restored',
  'deshelved', 'user-created', 'user-changed', 'user-deleted', 'user-restored', 'other',
] as const
export const shopEventSchema = z.object({
  id: z.string(),
  at: z.coerce.date(),
  kind: z.enum(shopEventKinds),
  /** Who did it, by name where the shop knows one; and to what: a product's or a person's name, else its id */
  who: z.string(),
  what: z.string(),
  /** Prices as decimal text, units as numbers, the reason as SaleSpider writes it: what the kind has */
  detail: z.object({ from: z.string().nullable(), to: z.string().nullable(), quantity: z.number().nullable(), reason: z.string().nullable() }).partial(),
  /** The moment to restore to for the shop without it: the whole second before; where a sale lies in that second, 1 ms before. ISO, UTC */
  before: z.string(),
})
export type ShopEvent = z.infer<typeof shopEventSchema>

export const saleSchema = z.object({
  id: z.string(),
  at: z.coerce.date(),
  /** Decimal text, in the shop's currency */
  amount: z.string(),
  cashier: z.string(),
  payment: z.string(),
})
export type Sale = z.infer<typeof saleSchema>

/** Sales, and what they brought in, as decimal text. */
export const tallySchema = z.object({ count: z.number().int(), takings: z.string() })
export type Tally = z.infer<typeof tallySchema>

/** What happened nearest to a moment, on its both sides; in order of time. */
export type Around = {
  sales: { before: Sale[]; after: Sale[] }
  events: { before: ShopEvent[]; after: ShopEvent[] }
  /** Products and people that went after it and have not come back */
  deletedSince: number
}
