import { z } from 'zod'
import { eventLevels, eventSources } from '../event/schema'
import {
  jobCommandSchema,
  jobFailureSchema,
  jobKindSchema,
  jobProgressSchema,
  jobRequestSchema,
  jobResultSchema,
  jobStatusSchema,
  jobTriggerSchema,
} from '../schema'

/** Dates cross the wire as ISO text, and are dates again on both sides. */
const instant = z.coerce.date()

const jobSchema = z.object({
  id: z.string(),
  stanza: z.string(),
  kind: jobKindSchema,
  status: jobStatusSchema,
  /** Running by its row, its worker silent */
  lost: z.boolean(),
  request: jobRequestSchema,
  progress: jobProgressSchema.nullable(),
  result: jobResultSchema.nullable(),
  failure: jobFailureSchema.nullable(),
  command: jobCommandSchema.nullable(),
  trigger: jobTriggerSchema,
  reason: z.string().nullable(),
  actorName: z.string(),
  workerName: z.string().nullable(),
  retryOf: z.string().nullable(),
  createdAt: instant,
  claimedAt: instant.nullable(),
  heartbeatAt: instant.nullable(),
  cancelRequestedAt: instant.nullable(),
  cancelRequestedBy: z.string().nullable(),
  finishedAt: instant.nullable(),
})
export type TailJob = z.infer<typeof jobSchema>

const eventSchema = z.object({
  seq: z.number().int(),
  at: instant,
  source: z.enum(eventSources),
  level: z.enum(eventLevels),
  process: z.string().nullable(),
  message: z.string(),
})
export type TailEvent = z.infer<typeof eventSchema>

/** What a queued job waits for. */
const queuePlaceSchema = z.object({
  /** Queued jobs of the same lane that came before it */
  ahead: z.number().int(),
  /** The job that has to end first */
  running: z.string().nullable(),
  worker: z.object({ seenAt: instant, alive: z.boolean() }).nullable(),
})
export type QueuePlace = z.infer<typeof queuePlaceSchema>

/** The job and the part of its log that was asked for, read at `now` in one snapshot. */
export const jobTailSchema = z.object({
  now: instant,
  job: jobSchema,
  events: z.array(eventSchema),
  /** There are further events, not sent this time */
  more: z.boolean(),
  queue: queuePlaceSchema.nullable(),
})
export type JobTail = z.infer<typeof jobTailSchema>
