/** One line of a job's log. */
import { z } from 'zod'

export const eventSources = ['worker', 'pgbackrest', 'postgres'] as const
export const eventLevels = ['detail', 'info', 'warn', 'error'] as const
export const jobEventSchema = z.object({
  at: z.date(),
  source: z.enum(eventSources),
  level: z.enum(eventLevels),
  process: z.string().optional(),
  message: z.string(),
})
export type JobEventInput = z.infer<typeof jobEventSchema>
export type EventLevel = (typeof eventLevels)[number]
