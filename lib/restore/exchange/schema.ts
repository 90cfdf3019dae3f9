/**
 * Terminology. An *exchange* changes what the shop runs on: a switch, an undo, or a restore in place. Its *point* is what the
 * shop goes to. The shop is *closed* from its phase `switch` until the shop answers again. The *way back* is what an undo of the
 * last exchange would go to. The *outlook* is what one has to know before asking for an exchange.
 */
import { z } from 'zod'
import { backupTypeSchema, jobFailureSchema, jobKindSchema, jobPhaseSchema, jobStatusSchema } from '@/lib/jobs/schema'
import { keptClusterSchema, targetSchema } from '@/lib/restore/schema'
import { readingSchema, tallySchema } from '@/lib/salespider/life/schema'
import { changesSchema, countedSchema } from './changes/schema'

const instant = z.coerce.date()

export const exchangeKinds = ['switch', 'undo', 'restore-in-place'] as const
export const exchangeKindSchema = z.enum(exchangeKinds)
export type ExchangeKind = z.infer<typeof exchangeKindSchema>

/** `at` where the point is a moment, or is known as one; for an undo the moment the shop was left. Both null: nobody knows it any more. */
export const pointSchema = z.object({ at: instant.nullable(), target: targetSchema.nullable() })
export type ExchangePoint = z.infer<typeof pointSchema>

export const stepSchema = z.object({ phase: jobPhaseSchema, startedAt: instant, endedAt: instant.nullable() })
export type Step = z.infer<typeof stepSchema>

const backupSchema = z.object({
  id: z.string(), type: backupTypeSchema, repo: z.number().int(), status: jobStatusSchema,
  percent: z.number().nullable(), secondsLeft: z.number().nullable(),
})
export type ExchangeBackup = z.infer<typeof backupSchema>

const otherJobSchema = z.object({ id: z.string(), kind: jobKindSchema, actorName: z.string() })
export type OtherJob = z.infer<typeof otherJobSchema>

/** The last exchange, while its undo is possible. */
export const wayBackSchema = z.object({
  jobId: z.string(), kind: z.enum(['switch', 'undo']),
  point: pointSchema,
  exchangedAt: instant,
  kept: keptClusterSchema,
  /** Sales after this moment are in the running shop alone; null where that is not known */
  givesUpSince: instant.nullable(),
})
export type WayBack = z.infer<typeof wayBackSchema>

/** One exchange, read at `now`. Nothing of it comes from the shop's own database: that one is away meanwhile. */
export const exchangeSchema = z.object({
  now: instant,
  stanza: z.string(),
  currency: z.object({ code: z.string(), symbol: z.string() }),
  job: z.object({
    id: z.string(), kind: exchangeKindSchema, status: jobStatusSchema,
    /** Running by its row, its worker silent */
    lost: z.boolean(),
    actorName: z.string(), createdAt: instant, claimedAt: instant.nullable(), finishedAt: instant.nullable(), heartbeatAt: instant.nullable(),
    cancelRequestedAt: instant.nullable(), cancelRequestedBy: z.string().nullable(),
    steps: z.array(stepSchema),
    percent: z.number().nullable(), replayedAt: instant.nullable(), secondsLeft: z.number().nullable(),
    failure: jobFailureSchema.nullable(),
  }),
  point: pointSchema,
  /** Null before it was compared, and for what cannot be compared */
  changes: changesSchema.nullable(),
  /** Null where it could not be counted, or was not yet in those days */
  counted: countedSchema.nullable(),
  result: z.object({
    /** Milliseconds, as the probe measured it; null where none watched to the end */
    downtimeMs: z.number().nullable(),
    timeline: z.number().int().nullable(),
    carried: z.array(z.string()),
    /** Of a restore in place */
    safetyLabel: z.string().nullable(),
    /** What was left; its row is gone when `endedAt` is set, or it was the shop again */
    kept: z.object({ id: z.string(), size: z.number(), keepUntil: instant, isThere: z.boolean() }).nullable(),
  }).nullable(),
  /** While an undo of this one is possible, and nothing was exchanged since */
  wayBack: wayBackSchema.nullable(),
  /** The next exchange that came about: the shop does not run on this one any more */
  nextId: z.string().nullable(),
  /** Of what it opened, in every repository */
  backups: z.array(backupSchema),
  /** What it waits for: a job before it, or what runs in the repository */
  waitsFor: otherJobSchema.nullable(),
  runningBackup: backupSchema.nullable(),
  isWorkerAlive: z.boolean(),
  /** Whether PostgreSQL answered the worker, and when that was */
  seen: z.object({ up: z.boolean(), at: instant }).nullable(),
  /** Milliseconds of earlier ones of its kind, newest first */
  downtimes: z.array(z.number()),
})
export type Exchange = z.infer<typeof exchangeSchema>

/** Everything a confirmation says that the restore page does not know already. */
export const outlookSchema = z.object({
  now: instant,
  /** Milliseconds of past switches and undos, newest first */
  downtimes: z.array(z.number()),
  /** How long what is left is kept, days */
  keepDays: z.number().int().nullable(),
  /** Bytes of the shop's database, WAL apart: what will be kept */
  size: z.number().nullable(),
  runningBackup: backupSchema.nullable(),
  jobs: z.array(otherJobSchema),
  isWorkerAlive: z.boolean(),
})
export type Outlook = z.infer<typeof outlookSchema>

/** What every page tells: that the shop is being exchanged, or that the last exchange can be undone. */
export const noticeSchema = z.object({
  running: z.object({ jobId: z.string(), kind: exchangeKindSchema, actorName: z.string(), point: pointSchema }).nullable(),
  wayBack: wayBackSchema.nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

/** What the shop sold since a moment. */
export const soldSchema = z.object({ since: instant, reading: readingSchema, tally: tallySchema.nullable() })
export type Sold = z.infer<typeof soldSchema>
