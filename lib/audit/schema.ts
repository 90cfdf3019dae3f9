import { z } from 'zod'

/** Who does something. A schedule is as good an actor as a person. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string(), name: z.string(), address: z.string().optional() }),
  z.object({ kind: z.literal('schedule'), name: z.string() }),
  z.object({ kind: z.literal('cli'), name: z.string() }),
  z.object({ kind: z.literal('system'), name: z.string() }),
])
export type Actor = z.infer<typeof actorSchema>

export const auditActions = [
  'job.enqueue', 'job.cancel', 'auth.sign-in', 'auth.sign-out', 'auth.sign-in-refused', 'auth.confirmation-refused', 'auth.first-admin',
  'auth.break-glass', 'auth.access-changed',
] as const
export type AuditAction = (typeof auditActions)[number]
