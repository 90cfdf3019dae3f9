/**
 * Terminology. A *repository* is a place where pgBackRest keeps backup sets and archived WAL. A *test* writes, lists, reads and
 * deletes a file of its own there, the *probe*, each a step with its own result.
 */
import { z } from 'zod'

/** What pgBackRest is told about a repository, as far as it is no secret. */
export const repositorySettingsSchema = z.object({
  /** Host of the provider, or the account's name */
  endpoint: z.string().nullable(),
  region: z.string().nullable(),
  caFile: z.string().nullable(),
  /** Whether the server's certificate is verified */
  isVerified: z.boolean(),
  /** How many full sets, or days of them, and how many differential ones are kept; null for all */
  retention: z.object({ full: z.number().nullable(), unit: z.enum(['sets', 'days']), diff: z.number().nullable() }),
})
export type RepositorySettings = z.infer<typeof repositorySettingsSchema>
