/**
 * What the restore timeline draws. A *view* is a stretch of time; a *slice* is everything in it, binned here and never in the
 * browser. Times are epoch milliseconds, so that a slice stays small. *Reach* is what WAL covers; a *branch* is the end of a
 * timeline that a restore left; a *bar* is the sales of one bin.
 */
import { z } from 'zod'
import { readingSchema, saleSchema, shopEventSchema, tallySchema } from '@/lib/salespider/life/schema'

const ms = z.number().int()
const instant = z.coerce.date()

/** Seconds of a bin, the smallest first; a day and a week are the shop's own, whatever its clocks do. */
export const binSeconds = [10, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 86_400, 604_800] as const

/** `bars`: at most so many bins. `from` < `to`; the server widens both to whole bins. */
export const timelineQuerySchema = z.object({
  from: z.coerce.number().int(), to: z.coerce.number().int(), bars: z.coerce.number().int().min(20).max(250).default(200),
}).refine(({ from, to }) => from < to && to - from <= 5 * 366 * 86_400_000)
export type TimelineQuery = z.infer<typeof timelineQuerySchema>

/** Start of a bin, sales, takings. Empty bins are left out. */
export const barSchema = z.tuple([ms, z.number().int(), z.number()])
export type Bar = z.infer<typeof barSchema>

/** A set, at its stop; where many fall on one place the fullest stands for them and counts them. */
export const setMarkSchema = z.object({
  repo: z.number().int(), label: z.string(), type: z.enum(['full', 'diff', 'incr']), at: ms, timeline: z.number().int().nullable(),
  isOnLiveLineage: z.boolean(), isUsable: z.boolean(), count: z.number().int(),
})
export type SetMark = z.infer<typeof setMarkSchema>

/** Where WAL reaches, without a gap, on one timeline. */
export const reachSchema = z.object({ timeline: z.number().int(), from: ms, to: ms, isLive: z.boolean() })
export type Reach = z.infer<typeof reachSchema>

/** `from` and `to` as far as the clock tells; first and last missing segment. */
export const gapMarkSchema = z.object({ timeline: z.number().int(), from: ms, to: ms, first: z.string(), last: z.string() })

/** A timeline's end that a restore left at `leftAt`: it goes on from `from`, still restorable up to `to`; the shop went on as `next`. */
export const branchSchema = z.object({ timeline: z.number().int(), from: ms, to: ms, next: z.number().int().nullable(), leftAt: ms.nullable() })
export type Branch = z.infer<typeof branchSchema>

/** Events of one bin that are drawn as one: how many, how many deletions among them, and the first of those, else the first. */
export const eventGroupSchema = z.object({ at: ms, to: ms, count: z.number().int(), deletions: z.number().int(), first: shopEventSchema })
export type EventGroup = z.infer<typeof eventGroupSchema>

export const timelineSliceSchema = z.object({
  /** What was read, in whole bins */
  from: ms, to: ms,
  now: ms,
  bin: z.number().int(),
  reading: readingSchema,
  /** When the shop was read: what comes from a cache may be older than `now` */
  readAt: ms.nullable(),
  bars: z.array(barSchema),
  /** Every sale by itself, where they are few (at most 400 in at most 2 h); else empty */
  sales: z.array(saleSchema),
  events: z.array(eventGroupSchema),
  sets: z.array(setMarkSchema),
  reach: z.array(reachSchema),
  gaps: z.array(gapMarkSchema),
  branches: z.array(branchSchema),
  /** WAL segments and the marks of the WAL clock in each, where the view is at most an hour wide; else empty */
  segments: z.array(z.object({ name: z.string(), marks: z.array(ms) })),
  /** Named restore points in view */
  points: z.array(z.object({ name: z.string(), at: ms, timeline: z.number().int() })),
  /** The whole window, daily: for the strip below. Empty where the shop could not be read */
  all: z.object({ from: ms, to: ms, days: z.array(barSchema) }),
})
export type TimelineSlice = z.infer<typeof timelineSliceSchema>

export const momentQuerySchema = z.object({ at: z.iso.datetime() })

/** What lies around a moment, and what a switch to it would leave behind. */
export const momentViewSchema = z.object({
  at: instant,
  reading: readingSchema,
  readAt: instant.nullable(),
  /** Nearest first and last: at most three things before, at most eight after */
  before: z.array(z.discriminatedUnion('type', [
    z.object({ type: z.literal('sale'), sale: saleSchema }), z.object({ type: z.literal('event'), event: shopEventSchema }),
  ])),
  after: z.array(z.discriminatedUnion('type', [
    z.object({ type: z.literal('sale'), sale: saleSchema }), z.object({ type: z.literal('event'), event: shopEventSchema }),
  ])),
  /** Sales made since then, that a switch would leave behind; null where the shop could not be read */
  since: tallySchema.nullable(),
  /** Products and people deleted since then, that a switch would bring back */
  deletedSince: z.number().int().nullable(),
})
export type MomentView = z.infer<typeof momentViewSchema>

/** `search` in who, what, kind and details; newest first, 50 at a time, older than `before` (an event's time in ms and its id). */
export const eventQuerySchema = z.object({
  search: z.string().trim().max(200).default(''),
  onlyDeletions: z.stringbool().default(false),
  beforeAt: z.coerce.number().int().optional(), beforeId: z.string().optional(),
})
export const eventListSchema = z.object({ reading: readingSchema, events: z.array(shopEventSchema), hasMore: z.boolean() })
export type EventList = z.infer<typeof eventListSchema>
