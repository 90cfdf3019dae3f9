import { z } from 'zod'

/** When and how long: as the worker was told by its environment. */
export const policySchema = z.object({
  /** Five-field cron, or null for none */
  schedules: z.object({ full: z.string().nullable(), diff: z.string().nullable() }),
  /** The zone the schedules are read in */
  timeZone: z.string(),
  retention: z.object({ full: z.number().int().nullable(), diff: z.number().int().nullable() }),
  /** Since when these schedules hold: nothing was missed before. ISO 8601 UTC */
  since: z.iso.datetime().optional(),
})
export type Policy = z.infer<typeof policySchema>
