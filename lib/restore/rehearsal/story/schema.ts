/**
 * The *story* of rehearsals is what their rows alone do not tell: who ended or moved one, and what was rescued from the
 * current one.
 */
import { z } from 'zod'
import { clusterIdSchema, restorePlanSchema, targetSchema } from '../../schema'

const instant = z.coerce.date()

export const endedRehearsalSchema = z.object({
  id: clusterIdSchema,
  target: targetSchema,
  plan: restorePlanSchema,
  how: z.enum(['switched', 'discarded', 'expired', 'failed']),
  endedAt: instant,
  /** Who asked for what ended it; null where nobody did */
  by: z.string().nullable(),
  jobId: z.string().nullable(),
})
export type EndedRehearsal = z.infer<typeof endedRehearsalSchema>

export const rescuedSchema = z.object({
  jobId: z.string(),
  at: instant,
  by: z.string(),
  /** Rows that were chosen, and those that came along */
  chosen: z.number().int(),
  along: z.number().int(),
  /** Of the first few that were chosen */
  names: z.array(z.string()),
  undo: z.object({ jobId: z.string(), at: instant, by: z.string() }).nullable(),
})
export type Rescued = z.infer<typeof rescuedSchema>

export const rehearsalStorySchema = z.object({
  /** The current one was made, or moved last, by */
  madeBy: z.string().nullable(),
  /** Milliseconds until it was ready, as its job measured it */
  readyIn: z.number().nullable(),
  /** The rehearsal that ended last */
  ended: endedRehearsalSchema.nullable(),
  /** From the current one, the newest first */
  rescues: z.array(rescuedSchema),
})
export type RehearsalStory = z.infer<typeof rehearsalStorySchema>
