/**
 * pgBackRest's commands as data. Every value is one `--option=value` argument, so that no value can become an option;
 * what pgBackRest would refuse, or takes but should not, is refused here. Secrets never come through here.
 */
import { z } from 'zod'
import { backupTypeSchema, jobTriggerSchema, repoKeySchema, stanzaNameSchema } from '@/lib/jobs/schema'
import type { Command } from '../process'
import { configOption } from './config'
import { type BackupLock, type InfoStanza, parseInfo, parseLock } from './info'
import { parseLog } from './log'
import { type BackupFacts, advance, beginBackup } from './progress'
import { type PgbackrestFeatures, type PgbackrestVersion, parseVersion } from './version'

 
const oneLine = z.string().regex(/^[^\u0000-\u001f\u007f\u2028\u2029]*$/)
/** pgBackRest's own ranges */
const retentionSchema = z.number().int().min(1).max(9_999_999).nullish()
const targetSchema = z.object({
  /** Absolute path of pgbackrest.conf; without it, pgBackRest's default */
  config: oneLine.startsWith('/').optional(),
  stanza: stanzaNameSchema,
})
export type Target = z.input<typeof targetSchema>

const backupOptionsSchema = targetSchema.extend({
  repo: repoKeySchema,
  type: backupTypeSchema,
  /** Kept with the set, for the day the control database is lost. Empty ones are left out. */
  annotations: z.object({
    job: z.string().regex(/^\d+$/),
    by: oneLine.trim().max(500),
    reason: oneLine.trim().max(500).nullish(),
    trigger: jobTriggerSchema,
  }),
  processMax: z.number().int().min(1).max(999).optional(),
  /** Sets of this repository to keep; where null, what the configuration says */
  retention: z.object({ full: retentionSchema, diff: retentionSchema }),
})
export type BackupOptions = z.input<typeof backupOptionsSchema>

/** All on stdout, with times, whatever the version: 2.45 would write warnings and errors to stderr, without. */
export const LOGGED = ['--log-level-console=detail', '--log-level-stderr=off', '--log-timestamp']
/** Nothing but the answer on stdout. A repository that is not reachable must not hold it up for a minute. */
const ANSWERED = ['--output=json', '--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5']

export function version(): Command<PgbackrestVersion> {
  return { args: ['version'], parse: parseVersion }
}

/** Exits with 0 also when a repository fails: read the status of each. */
export function info(target: Partial<Target> = {}): Command<InfoStanza[]> {
  return { args: [...targetOptions(targetSchema.partial().parse(target)), ...ANSWERED, 'info'], parse: parseInfo }
}

/** The backup that runs now. From 2.56 on it does not touch the repositories; before 2.48 it tells no sizes. */
export function infoProgress(target: Target, features: PgbackrestFeatures): Command<BackupLock> {
  const { stanza, ...rest } = targetSchema.parse(target)
  const level = features.progressDetailLevel ? ['--detail-level=progress'] : []
  const args = [...targetOptions({ stanza, ...rest }), ...level, ...ANSWERED, 'info']
  return { args, parse: (stdout) => parseLock(stdout, stanza) }
}

/** Takes a backup, then expires what retention no longer keeps. */
export function backup(options: BackupOptions): Command<BackupFacts> {
  const { repo, type, annotations, processMax, retention, ...target } = backupOptionsSchema.parse(options)
  const args = [
    ...targetOptions(target),
    ...option('repo', repo),
    ...option('type', type),
    '--start-fast',
    ...Object.entries(annotations).flatMap(([key, value]) => option('annotation', value && `${key}=${value}`)),
    ...option(`repo${repo}-retention-full`, retention.full),
    ...option(`repo${repo}-retention-diff`, retention.diff),
    ...option('process-max', processMax),
    ...LOGGED,
    'backup',
  ]
  return { args, parse: parseBackup }
}

/** Archives a WAL segment to every repository and waits for it. */
export function check(target: Target): Command<void> {
  return { args: [...targetOptions(targetSchema.parse(target)), ...LOGGED, 'check'], parse: () => undefined }
}

export function stanzaCreate(target: Target): Command<{ created: boolean }> {
  return { args: [...targetOptions(targetSchema.parse(target)), ...LOGGED, 'stanza-create'], parse: parseStanzaCreate }
}

const listSchema = targetSchema.extend({
  repo: repoKeySchema,
  /** Below the repository's root */
  path: oneLine.min(1).refine((path) => !path.startsWith('-')),
  recurse: z.boolean(),
})

/** One name a line, as text: a year of WAL is too much for one JSON. What does not exist is an empty list. */
export function repoLs(options: z.input<typeof listSchema>): Command<string[]> {
  const { repo, path, recurse, ...target } = listSchema.parse(options)
  const args = [
    ...targetOptions(target), ...option('repo', repo), ...(recurse ? ['--recurse'] : []), '--sort=none', '--output=text',
    '--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5', 'repo-ls', path,
  ]
  return { args, parse: (stdout) => stdout.split('\n').filter((name) => name !== '') }
}

/** As `repoLs`, of one directory and with when each file was written. */
export function repoTimes(options: Omit<z.input<typeof listSchema>, 'recurse'>): Command<StoredFile[]> {
  const { repo, path, ...target } = listSchema.omit({ recurse: true }).parse(options)
  return { args: [...targetOptions(target), ...option('repo', repo), ...ANSWERED, 'repo-ls', path], parse: parseTimes }
}

const getSchema = targetSchema.extend({
  /** A segment's or a `.history` file's name */
  name: z.string().regex(/^[0-9A-F]{24}$|^[0-9A-F]{8}\.history$/),
  destination: oneLine.startsWith('/'),
})

/** Fetches a file of the archive, from whichever repository has it. Exits with 1 where none has. */
export function archiveGet(options: z.input<typeof getSchema>): Command<void> {
  const { name, destination, ...target } = getSchema.parse(options)
  const args = [
    ...targetOptions(target), '--no-archive-async', '--log-level-console=off', '--log-level-stderr=warn', '--io-timeout=5',
    'archive-get', name, destination,
  ]
  return { args, parse: () => undefined }
}

function targetOptions({ config, stanza }: Partial<Target>): string[] {
  return [...configOption(config), ...option('stanza', stanza)]
}

function option(name: string, value: string | number | null | undefined): string[] {
  return value === undefined || value === null || value === '' ? [] : [`--${name}=${value}`]
}

export type StoredFile = { name: string; at: Date }

const storedSchema = z.record(z.string(), z.object({ type: z.string(), time: z.number().optional() }))

function parseTimes(stdout: string): StoredFile[] {
  return Object.entries(storedSchema.parse(JSON.parse(stdout))).flatMap(([name, { type, time }]) =>
    type === 'file' && time !== undefined ? [{ name, at: new Date(time * 1_000) }] : [])
}

function parseBackup(stdout: string): BackupFacts {
  const lines = parseLog(stdout)
  return lines.reduce((state, line) => advance(state, line, new Date(0)), beginBackup({ steps: [] })).facts
}

/** Where it exists already in every repository, nothing was created. */
function parseStanzaCreate(stdout: string): { created: boolean } {
  const messages = parseLog(stdout).map(({ message }) => message)
  const asked = messages.filter((message) => /^stanza-create for stanza /.test(message))
  const existing = messages.filter((message) => /already exists on repo\d+ and is valid$/.test(message))
  return { created: asked.length > existing.length }
}
