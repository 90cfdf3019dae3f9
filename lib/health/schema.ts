/**
 * Terminology. An *observation* is what the worker saw of the protected cluster. A *check* asks one question of what is
 * known; what it finds wrong is a *reason*. The *verdict* is the one word all reasons together allow.
 */
import { z } from 'zod'
import {
  backupTypeSchema, failureCodeSchema, jobFailureSchema, jobKindSchema, jobPhaseSchema, jobStatusSchema, jobTriggerSchema,
} from '@/lib/jobs/schema'
import { policySchema, scheduleShapeSchema } from '@/lib/policy/schema'
import { targetSchema } from '@/lib/restore/schema'

/** PostgreSQL's own view of archiving, from pg_stat_archiver; times are ISO 8601 UTC. */
export const archiverSchema = z.object({
  mode: z.string(),
  commandSet: z.boolean(),
  lastArchivedWal: z.string().nullable(),
  lastArchivedAt: z.iso.datetime().nullable(),
  lastFailedWal: z.string().nullable(),
  lastFailedAt: z.iso.datetime().nullable(),
  failedCount: z.number(),
  /** WAL segments that wait to be archived (.ready files) */
  waiting: z.number().int(),
})

/** What the worker saw of the protected cluster. Bytes, ISO 8601 UTC. */
export const clusterObservationSchema = z.object({
  up: z.boolean(),
  /** PostgreSQL's words when it does not answer */
  error: z.string().optional(),
  /** The host was set up for a shop whose sets are in the repositories: nothing of it is here yet */
  lost: z.boolean().optional(),
  inRecovery: z.boolean().optional(),
  version: z.string().optional(),
  systemId: z.string().optional(),
  timeline: z.number().int().optional(),
  /** Ancestors of the live timeline, oldest first: it left `timeline` at `switchLsn` */
  history: z.array(z.object({ timeline: z.number().int(), switchLsn: z.string() })).default([]),
  databaseSize: z.number().optional(),
  archiveTimeout: z.number().int().optional(),
  archiver: archiverSchema.optional(),
  pgbackrestVersion: z.string().optional(),
  /** Of the volume with the shop's clusters, where a copy would lie */
  volume: z.object({ free: z.number(), total: z.number() }).optional(),
  /** Of the volume that pg_wal lies on, most often the same one */
  walVolume: z.object({ free: z.number(), total: z.number() }).optional(),
  /** What pg_wal holds */
  walSize: z.number().optional(),
  /** Bytes of WAL a second, as the shop writes it at its busier times */
  walRate: z.number().optional(),
  segmentSize: z.number().int().optional(),
  /** WAL that this host did not write has reached a repository: that segment, of that timeline, at that time */
  otherHost: z.object({ wal: z.string(), timeline: z.number().int(), at: z.iso.datetime() }).optional(),
})
export type ClusterObservation = z.infer<typeof clusterObservationSchema>

/** Dates cross the wire as ISO text, and are dates again on both sides. */
const instant = z.coerce.date()

/** `restoring`: the shop is away because it is being exchanged */
export const verdictStates = ['protected', 'at-risk', 'unprotected', 'not-yet', 'restoring', 'unknown'] as const
export const verdictStateSchema = z.enum(verdictStates)
export type VerdictState = z.infer<typeof verdictStateSchema>

export const severities = ['bad', 'unknown', 'warn'] as const
export type Severity = (typeof severities)[number]

const reason = <C extends string, S extends z.ZodRawShape>(code: C, shape: S) =>
  z.object({ code: z.literal(code), severity: z.enum(severities), ...shape })
const setShape = { label: z.string(), repoKey: z.number().int(), stoppedAt: instant }

/** What stands against "protected", with what its words need. Words: messages/<locale>/overview.json, `reasons`. */
export const reasonSchema = z.discriminatedUnion('code', [
  reason('worker-silent', { since: instant.nullable() }),
  reason('observation-stale', { since: instant.nullable() }),
  reason('no-set', {}),
  reason('no-usable-set', { sets: z.number().int() }),
  reason('set-too-old', { ...setShape, maxAge: z.number() }),
  reason('set-damaged', setShape),
  reason('archive-off', { mode: z.string() }),
  reason('archive-command-missing', {}),
  reason('archive-failing', {
    /** The last segment that did arrive; null when none ever did */
    since: instant.nullable(),
    failedAt: instant,
    wal: z.string().nullable(),
    waiting: z.number().int(),
    failures: z.number().int(),
  }),
  reason('archive-behind', { since: instant.nullable(), waiting: z.number().int() }),
  reason('archive-unread', {}),
  reason('shop-lost', {}),
  reason('database-down', { detail: z.string().nullable() }),
  reason('database-in-recovery', {}),
  /** A switch, undo or restore in place is what keeps PostgreSQL away */
  reason('shop-exchange', { kind: jobKindSchema, jobId: z.string(), since: instant }),
  reason('repository-failed', { key: z.number().int(), statusCode: z.number().int(), statusMessage: z.string() }),
  reason('repository-full', { key: z.number().int(), free: z.number(), needed: z.number() }),
  /** `place`: this host has no shop yet, or both are on one timeline, or on two */
  reason('other-host', {
    place: z.enum(['lost', 'same', 'apart']), at: instant, wal: z.string(), timeline: z.number().int(), own: z.number().int(),
  }),
  /** WAL is kept because it cannot be archived; `rate` is in bytes a second, null where it is not known */
  reason('disk-filling', {
    free: z.number(), total: z.number(), secondsLeft: z.number().nullable(), rate: z.number().nullable(),
    walSize: z.number().nullable(), waiting: z.number().int(),
  }),
  /** `secondsLeft`: how long it would last if archiving stopped now */
  reason('disk-low', { free: z.number(), total: z.number(), secondsLeft: z.number().nullable(), isFull: z.boolean() }),
  reason('backup-failed', {
    jobId: z.string(),
    type: backupTypeSchema,
    repo: z.number().int(),
    startedAt: instant,
    failedAt: instant,
    failure: jobFailureSchema,
  }),
  reason('schedule-overdue', { tick: instant, type: backupTypeSchema }),
  reason('schedule-missing', {}),
])
export type Reason = z.infer<typeof reasonSchema>
export type ReasonCode = Reason['code']

export const checkIds = ['archive', 'newest-set', 'last-backup', 'schedule', 'repository', 'space', 'database', 'worker'] as const
export const checkSchema = z.object({
  id: z.enum(checkIds),
  status: z.enum(['ok', 'warn', 'fail', 'unknown']),
  reasons: z.array(reasonSchema),
})
export type Check = z.infer<typeof checkSchema>
export type CheckId = Check['id']

export const verdictSchema = z.object({
  state: verdictStateSchema,
  /** Worst first */
  reasons: z.array(reasonSchema),
  checks: z.array(checkSchema),
  /** When the state is unknown: what was true when the worker last spoke */
  lastKnown: z.object({ state: verdictStateSchema, at: instant }).nullable(),
})
export type Verdict = z.infer<typeof verdictSchema>

export const stripStates = ['before', 'none', 'backed-up', 'failed', 'missed', 'running'] as const
export const stripSchema = z.object({
  days: z.array(z.object({
    /** Noon of that day in the shop's zone */
    at: instant,
    state: z.enum(stripStates),
    /** The largest type that was taken, or runs */
    type: backupTypeSchema.nullable(),
  })),
  /** Days whose planned backups are due, and those of them on which all came in time */
  planned: z.number().int(),
  kept: z.number().int(),
  /** One for each day that was not as planned */
  notes: z.array(z.object({
    state: z.enum(['failed', 'missed', 'cancelled']),
    at: instant,
    failure: failureCodeSchema.nullable(),
    jobId: z.string().nullable(),
    /** When the set that made up for it was finished */
    goodAt: instant.nullable(),
  })),
})
export type Strip = z.infer<typeof stripSchema>
export type StripDay = Strip['days'][number]
export type StripNote = Strip['notes'][number]

const setFactSchema = z.object({
  ...setShape, type: backupTypeSchema, startedAt: instant,
  /** What the set itself added to the repository, bytes */
  size: z.number(),
})
export type SetFact = z.infer<typeof setFactSchema>

const overviewJobSchema = z.object({
  id: z.string(), kind: jobKindSchema, status: jobStatusSchema, lost: z.boolean(),
  type: backupTypeSchema.nullable(), repo: z.number().int().nullable(),
  /** The point it is about, if it is about one */
  target: targetSchema.nullable(),
  trigger: jobTriggerSchema, reason: z.string().nullable(), actorName: z.string(),
  createdAt: instant, claimedAt: instant.nullable(), heartbeatAt: instant.nullable(), finishedAt: instant.nullable(),
  cancelRequestedAt: instant.nullable(),
  progress: z.object({
    phase: jobPhaseSchema.nullable(), percent: z.number().nullable(), bytesDone: z.number().nullable(),
    bytesTotal: z.number().nullable(), rate: z.number().nullable(), secondsLeft: z.number().nullable(),
    replayedAt: instant.nullable(),
  }).nullable(),
  /** What a backup added to the repository, bytes */
  size: z.number().nullable(),
  /** For how long the shop was closed, milliseconds */
  downtime: z.number().nullable(),
  failure: failureCodeSchema.nullable(),
})
export type OverviewJob = z.infer<typeof overviewJobSchema>

const overviewRepositorySchema = z.object({
  key: z.number().int(), type: z.string(), location: z.string(), cipher: z.string(),
  statusCode: z.number().int(), statusMessage: z.string(), checkedAt: instant,
  diskTotal: z.number().nullable(), diskFree: z.number().nullable(),
  /** Sets that stand there, and what they occupy together; WAL is not counted */
  sets: z.number().int(), size: z.number(),
})
export type OverviewRepository = z.infer<typeof overviewRepositorySchema>

/** Everything the overview shows, read at `now`. */
export const overviewSchema = z.object({
  now: instant,
  stanza: z.string(),
  /** Since when this stanza is looked after */
  since: instant,
  verdict: verdictSchema,
  policy: policySchema.nullable(),
  next: z.object({ at: instant, type: backupTypeSchema, schedule: scheduleShapeSchema }).nullable(),
  worker: z.object({ name: z.string(), heartbeatAt: instant, stoppedAt: instant.nullable() }).nullable(),
  observedAt: instant.nullable(),
  cluster: clusterObservationSchema.nullable(),
  /** The newest set that can bring back the running shop, and the newest full of that kind */
  newest: setFactSchema.nullable(),
  newestFull: setFactSchema.nullable(),
  /** When the backup job that ended last did so */
  lastBackupAt: instant.nullable(),
  active: z.array(overviewJobSchema),
  recent: z.array(overviewJobSchema),
  strip: stripSchema,
  /** What each backup of the strip's window added to the repository of the newest set, bytes, oldest first */
  sizes: z.array(z.number()),
  repositories: z.array(overviewRepositorySchema),
})
export type Overview = z.infer<typeof overviewSchema>

/** What the header's chip says. */
export const statusSchema = z.object({
  now: instant,
  verdict: verdictSchema.omit({ checks: true }),
  newestAt: instant.nullable(),
  archivedAt: instant.nullable(),
  active: z.number().int(),
})
export type Status = z.infer<typeof statusSchema>
