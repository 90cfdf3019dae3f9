import { z } from 'zod'
import { carryOverSchema, keptClusterSchema, rehearsalSchema, restorePointSchema, timelineSchema, windowSchema } from '../schema'
import { jobFailureSchema, jobKindSchema, jobPhaseSchema, jobStatusSchema } from '@/lib/jobs/schema'

const instant = z.coerce.date()

/** A job of the cluster's lane that waits or runs. */
export const clusterJobSchema = z.object({
  id: z.string(), kind: jobKindSchema, status: jobStatusSchema, actorName: z.string(), createdAt: instant, claimedAt: instant.nullable(),
  phase: jobPhaseSchema.nullable(),
  /** Phases it was in so far: it may skip some that its kind has */
  entered: z.array(jobPhaseSchema),
  percent: z.number().nullable(), replayedAt: instant.nullable(), secondsLeft: z.number().nullable(),
  cancelRequestedAt: instant.nullable(),
})
export type ClusterJob = z.infer<typeof clusterJobSchema>

/** The switch, undo or restore in place that ended last. */
export const lastExchangeSchema = z.object({
  jobId: z.string(), kind: z.enum(['switch', 'undo', 'restore-in-place']), status: jobStatusSchema, actorName: z.string(), finishedAt: instant,
  downtimeMs: z.number().nullable(), timeline: z.number().nullable(),
  /** The cluster it left, while that can still be gone back to */
  keptId: z.string().nullable(),
})

/** The newest job of the cluster's lane that ended, where it failed: nothing has succeeded since. */
export const lastFailureSchema = z.object({
  jobId: z.string(), kind: jobKindSchema, actorName: z.string(), finishedAt: instant, failure: jobFailureSchema,
})
export type LastFailure = z.infer<typeof lastFailureSchema>

/** By the medians of past rehearsals on this machine; null before the first. */
export const estimateSchema = z.object({
  /** Bytes a second of a restore, segments a second of a replay */
  restoreRate: z.number().nullable(), replayRate: z.number().nullable(),
  /** Until the copy's server replays; comparing it afterwards; a switch: milliseconds */
  startMs: z.number().nullable(), checkMs: z.number().nullable(), downtimeMs: z.number().nullable(),
  samples: z.number().int(),
})

/** Everything the restore page shows, read at `now`; the comparison comes by itself. */
export const restoreViewSchema = z.object({
  now: instant,
  stanza: z.string(),
  isWorkerAlive: z.boolean(),
  /** The host waits for a shop that only the repositories have: it can be restored in place alone */
  isShopLost: z.boolean(),
  timeZone: z.string(),
  currency: z.object({ code: z.string(), symbol: z.string() }),
  /** The live lineage first */
  windows: z.array(windowSchema),
  timelines: z.array(timelineSchema),
  /** Sets to restore exactly, newest first, at most 100 */
  sets: z.array(z.object({
    label: z.string(), repo: z.number().int(), type: z.enum(['full', 'diff', 'incr']), stoppedAt: instant, databaseSize: z.number(),
    timeline: z.number().int().nullable(), isOnLiveLineage: z.boolean(), isUsable: z.boolean(),
  })),
  restorePoints: z.array(restorePointSchema),
  rehearsal: rehearsalSchema.nullable(),
  kept: z.array(keptClusterSchema),
  jobs: z.array(clusterJobSchema),
  /** Of the repository's lane: a switch waits for it */
  runningBackup: z.object({ id: z.string() }).nullable(),
  lastExchange: lastExchangeSchema.nullable(),
  lastFailure: lastFailureSchema.nullable(),
  estimate: estimateSchema,
})
export type RestoreView = z.infer<typeof restoreViewSchema>

/** What a person types to prove that they mean it; the password is checked against their own account. */
export const confirmationSchema = z.object({ stanza: z.string(), password: z.string().min(1).max(1_000) })
export const switchInputSchema = confirmationSchema.extend({ rehearsal: z.string(), carryOver: carryOverSchema })
