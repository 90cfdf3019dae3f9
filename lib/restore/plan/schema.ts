import { z } from 'zod'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { planRefusalSchema, restorePlanSchema } from '../schema'

const instant = z.coerce.date()

/** A set that the restore reads. */
export const chainSetSchema = z.object({
  label: z.string(), type: backupTypeSchema, stoppedAt: instant,
  /** What the set itself added to the repository, bytes */
  size: z.number(),
  /** From its annotations: who made it, and why */
  by: z.string().nullable(), reason: z.string().nullable(),
})
export type ChainSet = z.infer<typeof chainSetSchema>

/** What a plan means on this machine now. */
export const planDetailsSchema = z.object({
  /** Oldest first, the one that is restored last */
  chain: z.array(chainSetSchema),
  /** What is replayed, from the set's end to the target, where the clock tells that */
  from: instant.nullable(), to: instant.nullable(),
  /** Bytes on the shop's volume: what the copy takes on top of a rehearsal that is there, and what is free; null where unseen */
  needed: z.number(), free: z.number().nullable(),
})
export type PlanDetails = z.infer<typeof planDetailsSchema>

export const planAnswerSchema = z.union([
  z.object({ plan: restorePlanSchema, details: planDetailsSchema }), z.object({ refusal: planRefusalSchema }),
])
export type PlanAnswer = z.infer<typeof planAnswerSchema>
