/**
 * Terminology, pgBackRest's own. A *backup set* is what one backup made, named by its *label*. A *full* needs nothing, a
 * *diff* needs its full, an *incr* needs its *prior* and all that needs; *reference* lists every set it takes files from.
 * The *catalog* is our projection of `pgbackrest info`: the repository is the truth.
 */
import { z } from 'zod'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { repositorySettingsSchema } from '@/lib/repositories/schema'

/** A set as `info` tells it. Sizes in bytes. */
export const catalogSetSchema = z.object({
  repoKey: z.number().int(),
  label: z.string(),
  type: backupTypeSchema,
  prior: z.string().nullable(),
  reference: z.array(z.string()),
  startedAt: z.date(),
  stoppedAt: z.date(),
  archiveStart: z.string().nullable(),
  archiveStop: z.string().nullable(),
  lsnStart: z.string().nullable(),
  lsnStop: z.string().nullable(),
  /** Over 2^53, hence text */
  systemId: z.string().nullable(),
  databaseSize: z.number(),
  databaseDelta: z.number(),
  /** With all it depends on; absent with block incremental */
  repositorySize: z.number().nullable(),
  repositoryDelta: z.number(),
  /** A page checksum failed while it was taken */
  error: z.boolean(),
  annotation: z.record(z.string(), z.string()),
  backrestVersion: z.string(),
})
export type CatalogSet = z.infer<typeof catalogSetSchema>

export const catalogRepositorySchema = z.object({
  key: z.number().int(),
  type: z.string(),
  location: z.string(),
  cipher: z.string(),
  statusCode: z.number().int(),
  statusMessage: z.string(),
  diskTotal: z.number().nullable(),
  diskFree: z.number().nullable(),
  archiveMin: z.string().nullable(),
  archiveMax: z.string().nullable(),
  /** Absent from older workers */
  settings: repositorySettingsSchema.optional(),
})
export type CatalogRepository = z.infer<typeof catalogRepositorySchema>

export type Catalog = { repositories: CatalogRepository[]; sets: CatalogSet[] }
