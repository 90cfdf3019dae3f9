import { z } from 'zod'

/** When and how long: as the worker was told by its environment. */
export const policySchema = z.object({
  /** Five-field cron, or null for none */
  schedules: z.object({ full: z.string().nullable(), diff: z.string().nullable() }),
  /** The zone the schedules are read in */
  timeZone: z.string(),
  retention: z.object({ full: z.number().int().nullable(), diff: z.number().int().nullable() }),
  /** How long the cluster that a switch left is kept, days; absent from older workers */
  keepDays: z.number().int().positive().optional(),
  /** Since when these schedules hold: nothing was missed before. ISO 8601 UTC */
  since: z.iso.datetime().optional(),
})
export type Policy = z.infer<typeof policySchema>

/** A schedule as people say it, where it is one time on certain weekdays of the shop; else the expression itself. */
export const scheduleShapeSchema = z.discriminatedUnion('kind', [
  /** 0 is Sunday; all seven for every day */
  z.object({ kind: z.literal('weekly'), days: z.array(z.number().int().min(0).max(6)) }),
  z.object({ kind: z.literal('other'), cron: z.string() }),
])
export type ScheduleShape = z.infer<typeof scheduleShapeSchema>
