import { z } from 'zod'
import { catalogRepositorySchema } from '@/lib/backups/schema'
import { jobFailureSchema, jobKindSchema, jobProgressSchema, jobStatusSchema } from '@/lib/jobs/schema'
import { policySchema } from '@/lib/policy/schema'

const instant = z.coerce.date()

/** A test that waits, runs or has ended: what its steps are told from. */
const repositoryTestSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  status: jobStatusSchema,
  lost: z.boolean(),
  progress: jobProgressSchema.nullable(),
  failure: jobFailureSchema.nullable(),
  workerName: z.string().nullable(),
  actorName: z.string(),
  createdAt: instant,
  finishedAt: instant.nullable(),
})
export type RepositoryTest = z.infer<typeof repositoryTestSchema>

const repositorySchema = catalogRepositorySchema.extend({
  checkedAt: instant,
  lastTest: repositoryTestSchema.nullable(),
  runningTest: repositoryTestSchema.nullable(),
})
export type TestedRepository = z.infer<typeof repositorySchema>

export const repositoriesViewSchema = z.object({
  now: instant,
  /** Whether a worker has read the configuration and the catalog yet */
  isRead: z.boolean(),
  isWorkerAlive: z.boolean(),
  /** What the environment says, for every repository; it wins over each one's own */
  retention: policySchema.shape.retention.nullable(),
  repositories: z.array(repositorySchema),
})
export type RepositoriesView = z.infer<typeof repositoriesViewSchema>
