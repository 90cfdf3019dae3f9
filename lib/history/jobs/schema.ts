import { z } from 'zod'
import { backupTypeSchema, jobFailureSchema, jobKindSchema, jobStatusSchema, jobTriggerSchema } from '@/lib/jobs/schema'
import { targetSchema } from '@/lib/restore/schema'

const instant = z.coerce.date()

/** A job as one line of a list. */
export const jobSummarySchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  status: jobStatusSchema,
  lost: z.boolean(),
  type: backupTypeSchema.nullable(),
  repo: z.number().int().nullable(),
  /** The point it is about, if it is about one */
  target: targetSchema.nullable(),
  trigger: jobTriggerSchema,
  reason: z.string().nullable(),
  actorName: z.string(),
  createdAt: instant,
  claimedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  cancelRequestedAt: instant.nullable(),
  /** 0–100 of what it copies or compares */
  percent: z.number().nullable(),
  /** What a backup added to the repository, bytes */
  stored: z.number().nullable(),
  /** For how long the shop was closed, milliseconds */
  downtime: z.number().nullable(),
  failure: jobFailureSchema.pick({ code: true, params: true }).nullable(),
})
export type JobSummary = z.infer<typeof jobSummarySchema>

/** A page of the job list, newest first, read at `now`; ids where the pages beside it begin. */
export const jobListSchema = z.object({
  now: instant,
  jobs: z.array(jobSummarySchema),
  next: z.string().nullable(),
  previous: z.string().nullable(),
  searchedTo: z.string().nullable(),
  /** Counted only so far */
  total: z.object({ count: z.number().int(), capped: z.boolean() }).nullable(),
})
export type JobList = z.infer<typeof jobListSchema>
