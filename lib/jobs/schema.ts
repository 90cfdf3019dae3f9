/**
 * Terminology. A *job* is one piece of work for one stanza. Its *request* says what to do, its *progress* how far it
 * is, its *result* or *failure* how it ended. A *lane* is what a job occupies: one job runs in a lane at a time. A
 * *lease* is a worker's right to a running job, kept alive by heartbeats. An *event* is one line of the job's log.
 */
import { z } from 'zod'
import { actorSchema } from '@/lib/audit/schema'
import {
  carryOverSchema, clusterIdSchema, keptClusterSchema, lsnSchema, reachedSchema, restorePlanSchema, restorePointNameSchema, restoreWishSchema,
} from '@/lib/restore/schema'
import { countedSchema } from '@/lib/restore/exchange/changes/schema'
import { rescueChoiceSchema, rescuePlanSchema, rescueStepSchema, writtenSchema } from '@/lib/restore/rescue/schema'

export const backupTypes = ['full', 'diff', 'incr'] as const
export const backupTypeSchema = z.enum(backupTypes)
export type BackupType = z.infer<typeof backupTypeSchema>

export const jobKinds = [
  'backup', 'check', 'stanza-create', 'sync-catalog', 'check-archive',
  'rehearse', 'compare', 'discard', 'switch', 'undo', 'restore-in-place', 'restore-point', 'purge',
  'plan-rescue', 'rescue', 'undo-rescue',
  'test-repository',
] as const
export const jobKindSchema = z.enum(jobKinds)
export type JobKind = z.infer<typeof jobKindSchema>

export const jobStatuses = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const
export const jobStatusSchema = z.enum(jobStatuses)
export type JobStatus = z.infer<typeof jobStatusSchema>
export type JobLane = 'repository' | 'cluster'

/** pgBackRest's own rule for a stanza's name, minus what would look like an option or a path. */
export const stanzaNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/)
export const repoKeySchema = z.number().int().min(1).max(256)

/** Free text that becomes a pgBackRest annotation: one line, no control characters. */
export const reasonSchema = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/)

export const backupRequestSchema = z.object({ kind: z.literal('backup'), type: backupTypeSchema, repo: repoKeySchema })
export const jobRequestSchema = z.discriminatedUnion('kind', [
  backupRequestSchema,
  z.object({ kind: z.literal('check') }),
  z.object({ kind: z.literal('stanza-create') }),
  z.object({ kind: z.literal('sync-catalog') }),
  /** Lists every segment the repositories hold, and finds the gaps */
  z.object({ kind: z.literal('check-archive') }),
  z.object({
    kind: z.literal('rehearse'),
    wish: restoreWishSchema,
    /** The one to move, later or earlier; without it a new one is made */
    rehearsal: clusterIdSchema.optional(),
  }),
  z.object({ kind: z.literal('compare'), rehearsal: clusterIdSchema }),
  z.object({ kind: z.literal('discard'), rehearsal: clusterIdSchema }),
  z.object({ kind: z.literal('switch'), rehearsal: clusterIdSchema, carryOver: carryOverSchema }),
  z.object({ kind: z.literal('undo'), cluster: clusterIdSchema }),
  z.object({ kind: z.literal('restore-in-place'), wish: restoreWishSchema }),
  z.object({ kind: z.literal('restore-point'), name: restorePointNameSchema }),
  z.object({ kind: z.literal('purge'), cluster: clusterIdSchema }),
  /** Looks at what a rescue would do, and does nothing */
  z.object({ kind: z.literal('plan-rescue'), rehearsal: clusterIdSchema, rows: rescueChoiceSchema }),
  z.object({ kind: z.literal('rescue'), rehearsal: clusterIdSchema, rows: rescueChoiceSchema }),
  /** Takes back what the rescue of that job put in */
  z.object({ kind: z.literal('undo-rescue'), rescue: z.string().regex(/^\d+$/) }),
  /** Writes, lists, reads and deletes a file of its own there */
  z.object({ kind: z.literal('test-repository'), repo: repoKeySchema }),
])
export type JobRequest = z.infer<typeof jobRequestSchema>
export type RequestOf<K extends JobKind> = Extract<JobRequest, { kind: K }>

/** What a job goes through, in order. A kind uses some of them: see phasesOf in rules.ts. */
export const jobPhases = [
  'claim', 'stanza', 'start', 'copy', 'wal', 'label', 'expire', 'check', 'catalog',
  'plan', 'disk', 'restore', 'replay', 'ready', 'compare', 'integrity', 'wait', 'safety', 'promote', 'drain', 'switch', 'archive', 'remove', 'mark',
  'rescue', 'write', 'list', 'read', 'delete', 'decrypt',
] as const
export const jobPhaseSchema = z.enum(jobPhases)
export type JobPhase = z.infer<typeof jobPhaseSchema>

const isoTime = z.iso.datetime()

/** Why a job failed. Each code has its words in messages/<locale>/failures.json: title, meaning, steps. */
export const failureCodes = [
  'worker-lost', 'lease-lost', 'queue-expired', 'internal', 'pgbackrest-missing', 'configuration-unreadable',
  'stanza-not-configured',
  'archive-mode-off', 'archive-command-missing', 'archive-mode-always', 'archive-timeout', 'archive-of-another-cluster',
  'stanza-missing', 'stanza-of-another-cluster', 'lock-held', 'lock-permission', 'stopped',
  'repository-missing', 'repository-read-only', 'repository-permission', 'repository-full', 'repository-unreachable',
  'repository-refused', 'repository-untrusted', 'repository-damaged', 'repository-unknown',
  'repository-keys-wrong', 'repository-region-wrong', 'repository-clock-skew', 'repository-not-allowed', 'repository-undeletable',
  'repository-altered', 'repository-certificate-expired', 'repository-ca-unreadable',
  'passphrase-wrong',
  'database-down', 'database-refused', 'database-in-recovery', 'database-query', 'database-interrupted', 'database-mismatch',
  'database-unreadable',
  'postgres-unsupported', 'clock-behind', 'option-invalid', 'expire-failed', 'terminated',
  'target-unreachable', 'target-not-reached', 'target-unsupported',
  'rehearsal-missing', 'rehearsal-exists', 'rehearsal-cannot-start', 'rehearsal-broken',
  'cluster-missing', 'cluster-unarchived', 'cluster-of-another-shop',
  'tablespaces',
  'disk-short', 'disk-full',
  'wal-missing',
  'archive-behind-switch',
  'supervisor-absent',
  'switch-refused', 'switch-rolled-back', 'switch-stuck', 'switch-interrupted',
  'shop-role-refused', 'restore-point-exists', 'in-place-incomplete',
  'rescue-conflict', 'rescue-changed', 'rescue-missing', 'rescue-busy', 'rescue-unknown',
  'outcome-unknown', 'pgbackrest-error',
] as const
export const failureCodeSchema = z.enum(failureCodes)
export type FailureCode = z.infer<typeof failureCodeSchema>

export const jobFailureSchema = z.object({
  code: failureCodeSchema,
  /** pgBackRest's exit code, where it has one */
  pgbackrestCode: z.number().int().optional(),
  /** pgBackRest's or PostgreSQL's own words, secrets removed, paths kept */
  detail: z.string().max(4000).optional(),
  /** Values for the words: path, free bytes, pid … */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type JobFailure = z.infer<typeof jobFailureSchema>

export const jobStepSchema = z.object({
  phase: jobPhaseSchema,
  startedAt: isoTime,
  endedAt: isoTime.optional(),
  /** pgBackRest's own figures for this step, such as an LSN or a label */
  detail: z.string().optional(),
  /** Why this step failed, where the job went on to others */
  failure: jobFailureSchema.optional(),
})
export type JobStep = z.infer<typeof jobStepSchema>

export const jobProgressSchema = z.object({
  /** Steps in the order they were entered; the last one without endedAt is the current one. */
  steps: z.array(jobStepSchema),
  /** 0–100 of the copy; absent before it is known */
  percent: z.number().min(0).max(100).optional(),
  /** Bytes of the database read so far, and to be read */
  bytesDone: z.number().nonnegative().optional(),
  bytesTotal: z.number().nonnegative().optional(),
  /** Bytes a second, over the copy so far */
  rate: z.number().nonnegative().optional(),
  secondsLeft: z.number().nonnegative().optional(),
  filesDone: z.number().int().nonnegative().optional(),
  /** Commit time of the last transaction that was replayed, while WAL is */
  replayedAt: isoTime.optional(),
})
export type JobProgress = z.infer<typeof jobProgressSchema>

/** Of the transaction in the shop: as PostgreSQL's pg_current_xact_id() counts. */
const xidSchema = z.string().regex(/^\d{1,20}$/)

/** Of a switch or an undo. */
const switchedShape = {
  /** The cluster that runs now, and the one that was left */
  cluster: clusterIdSchema,
  kept: keptClusterSchema.pick({ id: true, keepUntil: true, size: true }),
  /** As an independent probe saw it: from the last answer before to the first one after, milliseconds; null when none watched */
  downtimeMs: z.number().nullable(),
  timeline: z.number().int(),
  /** Names of what was carried over */
  carried: z.array(z.string()),
  counted: countedSchema.optional(),
}

export const jobResultSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    label: z.string(),
    /** May differ from the request: without a full to build on, pgBackRest makes a full */
    type: backupTypeSchema,
    databaseSize: z.number(),
    databaseDelta: z.number(),
    repositoryDelta: z.number(),
    /** Continued what an earlier, interrupted backup left */
    resumed: z.boolean(),
    /** Labels that retention removed afterwards */
    expired: z.array(z.string()),
    warnings: z.number().int(),
    /** Page checksums that did not match: the set has an error */
    error: z.boolean(),
  }),
  z.object({ kind: z.literal('check') }),
  z.object({ kind: z.literal('stanza-create'), created: z.boolean() }),
  z.object({ kind: z.literal('sync-catalog'), sets: z.number().int(), appeared: z.number().int(), expired: z.number().int() }),
  z.object({ kind: z.literal('check-archive'), segments: z.number().int(), gaps: z.number().int() }),
  z.object({
    kind: z.literal('rehearse'), rehearsal: clusterIdSchema, plan: restorePlanSchema, reached: reachedSchema,
    /** Bytes on disk */
    size: z.number(),
    /** Milliseconds of each phase: what the next estimate is made of */
    took: z.object({ restore: z.number(), replay: z.number() }),
  }),
  z.object({ kind: z.literal('compare'), rehearsal: clusterIdSchema, tables: z.number().int(), lost: z.number().int(), returns: z.number().int() }),
  z.object({ kind: z.literal('discard'), rehearsal: clusterIdSchema, freed: z.number() }),
  z.object({ kind: z.literal('switch'), ...switchedShape }),
  z.object({ kind: z.literal('undo'), ...switchedShape }),
  z.object({
    kind: z.literal('restore-in-place'), plan: restorePlanSchema, reached: reachedSchema, downtimeMs: z.number().nullable(), safetyLabel: z.string(),
    counted: countedSchema.optional(),
  }),
  z.object({ kind: z.literal('restore-point'), name: z.string(), lsn: lsnSchema, timeline: z.number().int(), at: isoTime }),
  z.object({ kind: z.literal('purge'), cluster: clusterIdSchema, freed: z.number() }),
  z.object({ kind: z.literal('plan-rescue'), rehearsal: clusterIdSchema, outcome: rescuePlanSchema }),
  z.object({
    kind: z.literal('rescue'), rehearsal: clusterIdSchema, transaction: xidSchema, steps: z.array(rescueStepSchema),
    /** As many as steps, in their order */
    written: z.array(writtenSchema),
  }),
  z.object({ kind: z.literal('undo-rescue'), rescue: z.string(), transaction: xidSchema, steps: z.array(rescueStepSchema) }),
  z.object({ kind: z.literal('test-repository'), repo: repoKeySchema }),
])
export type JobResult = z.infer<typeof jobResultSchema>

/** The command as run: program, arguments, and the environment it was given; secrets are `hidden`. */
export const jobCommandSchema = z.object({ argv: z.array(z.string()), env: z.record(z.string(), z.string()).default({}) })
export type JobCommand = z.infer<typeof jobCommandSchema>

export const jobTriggers = ['manual', 'schedule', 'catch-up', 'cli', 'retry', 'system'] as const
export const jobTriggerSchema = z.enum(jobTriggers)
export type JobTrigger = z.infer<typeof jobTriggerSchema>

export const enqueueInputSchema = z.object({
  stanza: stanzaNameSchema,
  request: jobRequestSchema,
  actor: actorSchema,
  trigger: jobTriggerSchema,
  reason: reasonSchema.optional(),
  retryOf: z.bigint().optional(),
  dedupeKey: z.string().max(200).optional(),
  /** How long it may wait in the queue before it is not started any more */
  expiresInSeconds: z.number().int().positive().optional(),
})
export type EnqueueInput = z.infer<typeof enqueueInputSchema>
