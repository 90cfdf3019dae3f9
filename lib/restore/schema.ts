/**
 * Terminology. A *target* is the point recovery stops at. A *timeline* is one line of the shop's life: every promotion opens
 * a new one, its *history* says which ones it grew from. The *lineage* of a timeline is itself and its ancestors up to where
 * they were left; a *dead branch* is what an ancestor held after that. The *WAL clock* maps times to positions in the WAL by
 * marks that the worker writes into the shop. The *recovery window* is what can be restored now. A *rehearsal* is a copy
 * restored beside the running shop. A *switch* puts it in the shop's place; what was there becomes a *kept cluster*, to which
 * an *undo* goes back.
 */
import { z } from 'zod'

/** A path's last part below `clusters/`; the supervisor takes nothing else. */
export const clusterIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
export const lsnSchema = z.string().regex(/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/)
/** pgBackRest's own labels: full, or full_diff or full_incr */
export const labelSchema = z.string().regex(/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/)
/** PostgreSQL keeps 63 bytes of a restore point's name; control characters would break recovery's settings. */
export const restorePointNameSchema = z
  .string()
  .trim()
  .min(1)
  .regex(/^[^\u0000-\u001f\u007f\u2028\u2029'\\]*$/)
  .refine((name) => new TextEncoder().encode(name).length <= 63)
/** UTC, up to microseconds */
export const momentSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/)

export const targetTypes = ['time', 'latest', 'set', 'name', 'xid', 'lsn'] as const
export const targetSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('time'), at: momentSchema }),
  /** The newest mark of the WAL clock that is archived */
  z.object({ type: z.literal('latest') }),
  /** This backup exactly: nothing after its end is replayed */
  z.object({ type: z.literal('set'), label: labelSchema }),
  z.object({ type: z.literal('name'), name: restorePointNameSchema }),
  z.object({ type: z.literal('xid'), xid: z.string().regex(/^[1-9]\d{0,18}$/) }),
  z.object({ type: z.literal('lsn'), lsn: lsnSchema }),
])
export type Target = z.infer<typeof targetSchema>

/** What a restore is asked for; where set, repository or timeline are left open, the plan chooses on the live lineage. */
export const restoreWishSchema = z.object({
  target: targetSchema,
  repo: z.number().int().min(1).max(256).optional(),
  set: labelSchema.optional(),
  /** Needed to reach a dead branch: never chosen by itself */
  timeline: z.number().int().positive().optional(),
})
export type RestoreWish = z.infer<typeof restoreWishSchema>

/** What a restore will do: set and timeline are always explicit, because pgBackRest picks both blind to lineage. */
export const restorePlanSchema = z.object({
  target: targetSchema,
  repo: z.number().int(),
  label: z.string(),
  /** The labels a restore reads, oldest first, itself last */
  chain: z.array(z.string()),
  timeline: z.number().int(),
  /** A time target as PostgreSQL takes it; for `latest` the time of the newest archived mark. UTC */
  time: momentSchema.nullable(),
  /** WAL segments from the set's start to the target, and 0 where the position is not known */
  segments: z.number().int(),
  /** Bytes of the database in that set: what the copy will occupy, WAL apart */
  databaseSize: z.number(),
  isOnLiveLineage: z.boolean(),
})
export type RestorePlan = z.infer<typeof restorePlanSchema>

/** Why a target cannot be reached. Words: messages/<locale>/restore.json, `refusals`. */
export const refusalCodes = [
  'no-set', 'before-window', 'after-window', 'in-future', 'in-gap', 'on-dead-branch', 'not-on-timeline', 'timeline-unknown',
  'set-unknown', 'set-unusable', 'set-too-late', 'set-of-another-cluster', 'set-off-lineage', 'name-unknown', 'database-unknown',
] as const
export const planRefusalSchema = z.object({
  code: z.enum(refusalCodes),
  /** Values for the words: times as ISO text, labels, timelines */
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
export type PlanRefusal = z.infer<typeof planRefusalSchema>

/** Dates cross the wire as ISO text, and are dates again on both sides. */
const instant = z.coerce.date()

export const timelineSchema = z.object({
  id: z.number().int(),
  /** Ancestors, oldest first: it left `timeline` at `switchLsn` */
  parents: z.array(z.object({ timeline: z.number().int(), switchLsn: lsnSchema })),
  /** First and last mark of the WAL clock on it; null where none is known */
  beganAt: instant.nullable(),
  endedAt: instant.nullable(),
  isLive: z.boolean(),
  /** On the live lineage: at least a part of it leads to the running shop */
  isAncestor: z.boolean(),
})
export type TimelineView = z.infer<typeof timelineSchema>

export const gapSchema = z.object({
  repo: z.number().int(),
  timeline: z.number().int(),
  /** First and last segment that is missing */
  first: z.string(),
  last: z.string(),
  /** What cannot be reached because of it, as far as the clock tells */
  from: instant.nullable(),
  to: instant.nullable(),
})
export type Gap = z.infer<typeof gapSchema>

/** What can be restored on the lineage that ends in `timeline`. */
export const windowSchema = z.object({
  timeline: z.number().int(),
  isLive: z.boolean(),
  /** Of the repository that reaches furthest */
  repo: z.number().int().nullable(),
  /** One second after the oldest usable set stopped */
  earliest: instant.nullable(),
  /** The newest mark of the WAL clock that is archived without a gap */
  latest: instant.nullable(),
  latestLsn: lsnSchema.nullable(),
  gaps: z.array(gapSchema),
  /** What would be lost if the machine died now, in seconds; null when nothing is recoverable */
  rpoSeconds: z.number().nullable(),
})
export type RecoveryWindow = z.infer<typeof windowSchema>

export const rehearsalStatuses = ['preparing', 'ready', 'failed', 'switched', 'discarded', 'expired'] as const
export const rehearsalStatusSchema = z.enum(rehearsalStatuses)

/** Where recovery stopped. */
export const reachedSchema = z.object({
  /** Commit time of the last transaction replayed; null when the log tells none */
  at: z.iso.datetime({ offset: true }).nullable(),
  lsn: lsnSchema,
  timeline: z.number().int(),
})
export type Reached = z.infer<typeof reachedSchema>

export const rehearsalSchema = z.object({
  id: clusterIdSchema,
  status: rehearsalStatusSchema,
  target: targetSchema,
  plan: restorePlanSchema,
  reached: reachedSchema.nullable(),
  actorName: z.string(),
  /** The job that made or moved it last */
  jobId: z.string().nullable(),
  createdAt: instant,
  readyAt: instant.nullable(),
  /** Discarded by itself then */
  expiresAt: instant,
  /** Bytes on disk */
  size: z.number().nullable(),
  comparedAt: instant.nullable(),
})
export type Rehearsal = z.infer<typeof rehearsalSchema>

export const keptClusterSchema = z.object({
  id: clusterIdSchema,
  /** Why it was left */
  leftBy: z.enum(['switch', 'undo']),
  leftAt: instant,
  jobId: z.string().nullable(),
  timeline: z.number().int(),
  size: z.number(),
  /** Purged by itself then */
  keepUntil: instant,
  /** `.ready` files: WAL that is in no repository yet */
  unarchived: z.number().int(),
})
export type KeptCluster = z.infer<typeof keptClusterSchema>

export const restorePointSchema = z.object({
  id: z.string(), name: z.string(), at: instant, lsn: lsnSchema, timeline: z.number().int(), by: z.string(),
})
export type RestorePoint = z.infer<typeof restorePointSchema>

/** What a switch carries from the running shop into the restored one. */
export const carryOverSchema = z.object({
  /** postgresql.conf and what it includes, ALTER SYSTEM, pg_hba.conf, pg_ident.conf */
  configuration: z.boolean(),
  passwords: z.boolean(),
})
export type CarryOver = z.infer<typeof carryOverSchema>
