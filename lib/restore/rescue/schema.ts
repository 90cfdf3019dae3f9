/**
 * Terminology. A *rescue* puts chosen rows of a rehearsal back into the running shop, in one transaction and without a switch.
 * A deleted row is *inserted* as it was; a row that SaleSpider only marked deleted is *revived*: its mark goes, everything else
 * stays as it is today. What a row needs and lacks is *brought along*: the rows its foreign keys point at, and those that were
 * deleted with it. A *conflict* is why a row cannot be put back.
 */
import { z } from 'zod'

/** Values of the key's columns, as PostgreSQL prints them. */
export const rowKeySchema = z.record(z.string(), z.string())
export type RowKey = z.infer<typeof rowKeySchema>

export const rowChoiceSchema = z.object({ schema: z.string().max(63), table: z.string().max(63), key: rowKeySchema })
export type RowChoice = z.infer<typeof rowChoiceSchema>

/** More than this is not a rescue but a switch. */
export const MOST_ROWS = 200
/** What comes back together, with all that is brought along. */
export const MOST_STEPS = 2_000
export const rescueChoiceSchema = z.array(rowChoiceSchema).min(1).max(MOST_ROWS)

export const rescueStepSchema = rowChoiceSchema.extend({
  how: z.enum(['insert', 'revive']),
  /** What the shop calls it: a product's or a person's name; else its key */
  name: z.string(),
  /** `chosen` by a person; `parent`: another row points at it; `child`: it was deleted with another row */
  why: z.enum(['chosen', 'parent', 'child']),
})
export type RescueStep = z.infer<typeof rescueStepSchema>

export const conflictCodes = [
  /** The row is there already, and not marked deleted */
  'present',
  /** Another row has taken a value that has to be unique: `columns`, and the row that has it as `holder` */
  'unique-taken',
  /** It points at a row that neither the rehearsal nor the shop has: `columns`, and what they point at as `reason` */
  'parent-missing',
  /** A check, an exclusion, a trigger or a column of today refuses it: PostgreSQL's own words in `reason` */
  'refused',
  /** The rehearsal does not have it, or has it marked deleted as well */
  'not-there',
  /** The table is not there on both sides, or has no key that is the same on both */
  'table',
  /** More than MOST_STEPS rows would come with it */
  'too-many',
] as const
export const conflictSchema = rowChoiceSchema.extend({
  code: z.enum(conflictCodes),
  name: z.string(),
  /** Of the chosen rows, those that cannot come back because of it: their places in the choice, from 0 */
  chosen: z.array(z.number().int()).default([]),
  columns: z.array(z.string()).default([]),
  holder: z.string().nullable().default(null),
  reason: z.string().max(500).nullable().default(null),
})
export type Conflict = z.infer<typeof conflictSchema>

/** What a rescue would do. With conflicts it does nothing: they are left out by choosing again. */
export const rescuePlanSchema = z.object({
  /** In the order they are written, each after what it points at */
  steps: z.array(rescueStepSchema),
  conflicts: z.array(conflictSchema),
  /** Names that the shop has changed since: a revived product keeps today's */
  renamed: z.array(z.object({ then: z.string(), now: z.string() })),
  /** Names of what rows that come back point at, and that stays marked deleted */
  stillDeleted: z.array(z.string()).default([]),
})
export type RescuePlan = z.infer<typeof rescuePlanSchema>

/** How a step left its row, so that an undo can tell whether the shop has changed it since; never its contents. */
export const writtenSchema = z.object({
  md5: z.string(),
  /** Of a revived row: what its columns of these names said before, where it has them */
  deletedAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
})
export type Written = z.infer<typeof writtenSchema>
