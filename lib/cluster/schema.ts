import { z } from 'zod'

/** What the shell says about the protected cluster. Bytes; dates cross as ISO text and are revived here. */
export const clusterSummarySchema = z.object({
  stanza: z.string(),
  /** PostgreSQL's answer to the worker; null before the first */
  postgres: z.object({ up: z.boolean(), version: z.string().optional(), size: z.number().optional() }).nullable(),
  /** A switch, undo or restore in place runs: PostgreSQL may be away for it */
  restoring: z.boolean(),
  pgbackrestVersion: z.string().nullable(),
  workerSeenAt: z.coerce.date().nullable(),
  workerAlive: z.boolean(),
})
export type ClusterSummary = z.infer<typeof clusterSummarySchema>
