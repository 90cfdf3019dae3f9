/**
 * Terminology. A *family* is a full and every set that goes back to it: their labels begin with its label. Families are
 * read and shown as one; a *folded* one shows its full and the sum of the rest.
 */
import { z } from 'zod'
import { backupTypeSchema } from '@/lib/jobs/schema'

/** What the list of sets is narrowed to; null is everything. */
export type HistoryFilter = {
  type: z.infer<typeof backupTypeSchema> | null
  repo: number | null
  /** `schedule`, `pgbackrest` for sets made by hand, else a name */
  by: string | null
  /** Part of a label, of a name or of a reason */
  text: string | null
  /** The first day, as yyyy-MM-dd in the shop's zone */
  since: string | null
}

export type HistoryQuery = HistoryFilter & {
  /** Families that are shown in full, as `<repository>/<label of the full>` */
  unfold: string[]
  /** The set whose panel is open, as `<repository>/<label>`: its family is shown in full */
  open: string | null
  /** How many families are listed */
  families: number
}

/** Dates cross the wire as ISO text, and are dates again on both sides. */
const instant = z.coerce.date()

export const startSchema = z.object({
  /** Null for a set made by hand with pgBackRest */
  trigger: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
export type Start = z.infer<typeof startSchema>

/** Plain facts about a set. Nothing here claims that a restore of it was tried. */
export const setStates = ['usable', 'checksum-error', 'incomplete', 'other-cluster', 'other-timeline'] as const
export type SetState = (typeof setStates)[number]

/** Where a row stands: `parent` is the index of the row it builds on, within its family. */
const place = { lane: z.number().int(), parent: z.number().int().nullable() }

const setRowSchema = z.object({
  kind: z.literal('set'),
  ...place,
  /** `<repository>/<label>` */
  id: z.string(),
  label: z.string(),
  type: backupTypeSchema,
  startedAt: instant,
  stoppedAt: instant,
  /** What the set itself added to the repository, bytes */
  stored: z.number(),
  state: z.enum(setStates),
  start: startSchema,
  /** The newest of its repository */
  newest: z.boolean(),
  /** Shown only because a set that matches builds on it */
  context: z.boolean(),
})
export type SetRow = z.infer<typeof setRowSchema>

const jobRowSchema = z.object({
  kind: z.literal('job'),
  ...place,
  id: z.string(),
  jobId: z.string(),
  type: backupTypeSchema,
  /** Its worker is silent */
  lost: z.boolean(),
  startedAt: instant,
  percent: z.number().nullable(),
  bytesDone: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  start: startSchema,
})
export type JobRow = z.infer<typeof jobRowSchema>

const foldRowSchema = z.object({
  kind: z.literal('fold'),
  ...place,
  id: z.string(),
  diffs: z.number().int(),
  incrs: z.number().int(),
  stored: z.number(),
  /** False when even the unfolded family is too long to show all of it */
  canOpen: z.boolean(),
})
export type FoldRow = z.infer<typeof foldRowSchema>

/** Stands where a full stood that is no longer in the repository, while sets that need it are. */
const goneRowSchema = z.object({ kind: z.literal('gone'), ...place, id: z.string(), label: z.string() })

export const rowSchema = z.discriminatedUnion('kind', [setRowSchema, jobRowSchema, foldRowSchema, goneRowSchema])
export type Row = z.infer<typeof rowSchema>

export const familySchema = z.object({
  /** `<repository>/<label of the full>` */
  key: z.string(),
  repoKey: z.number().int(),
  /** When retention is about to remove it, by the schedule; null when it is not known */
  keptUntil: instant.nullable(),
  /** Shown in full because it was asked for, so that it can be folded again */
  unfolded: z.boolean(),
  rows: z.array(rowSchema),
})
export type FamilyView = z.infer<typeof familySchema>

export const repositoryNameSchema = z.object({ key: z.number().int(), type: z.string(), location: z.string() })
export type RepositoryName = z.infer<typeof repositoryNameSchema>

/** Everything the list of backup sets shows, read at `now`. */
export const historySchema = z.object({
  now: instant,
  /** False before the first backup */
  hasSets: z.boolean(),
  /** Of all sets that match, also those not listed */
  matching: z.object({ sets: z.number().int(), stored: z.number(), families: z.number().int() }),
  families: z.array(familySchema),
  repositories: z.array(repositoryNameSchema),
  /** What one may filter `by` */
  starters: z.array(z.string()),
  lastExpired: z.object({ stoppedAt: instant, expiredAt: instant }).nullable(),
})
export type History = z.infer<typeof historySchema>

const linkSchema = z.object({ id: z.string(), label: z.string(), type: backupTypeSchema, stoppedAt: instant, stored: z.number() })

/** One set, with what its restore reads and what hangs from it. */
export const setDetailSchema = z.object({
  id: z.string(),
  label: z.string(),
  repository: repositoryNameSchema,
  stoppedAt: instant,
  archiveStart: z.string().nullable(),
  archiveStop: z.string().nullable(),
  lsnStart: z.string().nullable(),
  lsnStop: z.string().nullable(),
  databaseSize: z.number(),
  /** What a restore reads; an upper bound where pgBackRest does not say */
  reads: z.object({ bytes: z.number(), exact: z.boolean() }),
  error: z.boolean(),
  backrestVersion: z.string(),
  jobId: z.string().nullable(),
  start: startSchema,
  /** Oldest first, the set itself last; as far back as sets are there */
  chain: z.array(linkSchema),
  /** Labels it needs that are gone */
  missing: z.array(z.string()),
  dependents: z.object({ diffs: z.number().int(), incrs: z.number().int() }),
  keptUntil: z.object({ at: instant, goesWith: z.enum(['full', 'diff']).nullable() }).nullable(),
})
export type SetDetail = z.infer<typeof setDetailSchema>

export const expiredSetSchema = z.object({
  id: z.string(),
  label: z.string(),
  type: backupTypeSchema,
  startedAt: instant,
  stoppedAt: instant,
  expiredAt: instant,
  stored: z.number(),
  start: startSchema,
})
export type ExpiredSet = z.infer<typeof expiredSetSchema>

