import { z } from 'zod'
import { backupTypeSchema, reasonSchema, repoKeySchema } from '@/lib/jobs/schema'

const instant = z.coerce.date()

/** What a backup of one type to one repository would do. */
export const backupChoiceSchema = z.object({
  type: backupTypeSchema,
  /** The set it would build on; null for a full, and where there is none: then pgBackRest makes a full */
  base: z.object({ type: backupTypeSchema, stoppedAt: instant }).nullable(),
  /** How many sets a restore of it would need besides itself */
  needs: z.number().int(),
  /** What retention removes afterwards, oldest first; what builds on them goes too */
  expires: z.array(z.object({ type: backupTypeSchema, stoppedAt: instant })),
  /** Medians of this repository's newest sets of the type: bytes added, milliseconds taken; null without one */
  size: z.number().nullable(),
  duration: z.number().nullable(),
})
export type BackupChoice = z.infer<typeof backupChoiceSchema>

export const repositoryChoicesSchema = z.object({
  key: z.number().int(),
  type: z.string(),
  location: z.string(),
  /** Whether it answered when it was last asked */
  isReadable: z.boolean(),
  /** What the policy would take there: a full where nothing can be built upon, else the quickest */
  preferred: backupTypeSchema,
  choices: z.array(backupChoiceSchema),
})
export type RepositoryChoices = z.infer<typeof repositoryChoicesSchema>

export const backupChoicesSchema = z.object({
  /** Where a backup goes unless told otherwise */
  preferred: z.number().int(),
  repositories: z.array(repositoryChoicesSchema),
})
export type BackupChoices = z.infer<typeof backupChoicesSchema>

/** What "Back up now" sends, as its form checks it and its action again. What is left out, the policy chooses. */
export const backUpNowSchema = z.object({
  type: backupTypeSchema.optional(),
  repo: repoKeySchema.optional(),
  reason: reasonSchema.optional(),
})
export type BackUpNow = z.infer<typeof backUpNowSchema>
