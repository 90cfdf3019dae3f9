/** `pgbackrest info --output=json`, as types. Times are Dates, sizes bytes, system identifiers text. */
import { z } from 'zod'
import { type CatalogSet, catalogSetSchema } from '@/lib/backups/schema'
import { printable } from './log'

/** Of a backup or expire that runs now, ours or somebody else's. Sizes in bytes of the database, from 2.48 on. */
export type BackupLock = { backupHeld: boolean; sizeTotal?: number; sizeDone?: number }

export type InfoStatus = { code: number; message: string }

export type InfoStanza = {
  name: string
  status: InfoStatus
  lock: BackupLock
  /** none, aes-256-cbc, or mixed */
  cipher: string
  repos: { key: number; cipher: string; status: InfoStatus }[]
  /** Clusters the repositories know: one for each stanza-upgrade */
  databases: { id: number; repoKey: number; systemId: string; version: string }[]
  archives: { id: string; databaseId: number; repoKey: number; min: string | null; max: string | null }[]
  sets: CatalogSet[]
}

const statusSchema = z.object({ code: z.number(), message: z.string().default('').transform(printable) })
const lockSchema = z
  .object({ backup: z.object({ held: z.boolean(), size: z.number().optional(), 'size-cplt': z.number().optional() }) })
  .transform(({ backup }): BackupLock => ({ backupHeld: backup.held, sizeTotal: backup.size, sizeDone: backup['size-cplt'] }))
const databaseRefSchema = z.object({ id: z.number(), 'repo-key': z.number().default(1) })
const walRangeSchema = z.object({ start: z.string().nullish(), stop: z.string().nullish() })
const unixTime = z.number().transform((seconds) => new Date(seconds * 1000))

const backupSchema = z.object({
  annotation: z.record(z.string(), z.string()).nullish(),
  archive: walRangeSchema,
  backrest: z.object({ version: z.string() }),
  database: databaseRefSchema,
  error: z.boolean().nullish(),
  info: z.object({
    size: z.number(),
    delta: z.number(),
    repository: z.object({ size: z.number().nullish(), delta: z.number() }),
  }),
  label: z.string(),
  lsn: walRangeSchema.nullish(),
  prior: z.string().nullable(),
  reference: z.array(z.string()).nullable(),
  timestamp: z.object({ start: unixTime, stop: unixTime }),
  type: catalogSetSchema.shape.type,
})

const databaseSchema = databaseRefSchema.extend({ 'system-id': z.coerce.string(), version: z.string() })

const stanzaSchema = z.object({
  name: z.string(),
  status: statusSchema.extend({ lock: lockSchema }),
  cipher: z.string(),
  repo: z.array(z.object({ key: z.number(), cipher: z.string(), status: statusSchema })),
  db: z.array(databaseSchema),
  archive: z.array(
    z.object({ id: z.string(), database: databaseRefSchema, min: z.string().nullable(), max: z.string().nullable() }),
  ),
  backup: z.array(backupSchema),
})

/** Throws when the output is not what `info --output=json` prints. */
export function parseInfo(output: string): InfoStanza[] {
  return z.array(stanzaSchema).parse(parseJson(output)).map(toStanza)
}

const progressSchema = z.array(z.object({ name: z.string(), status: z.object({ lock: lockSchema }) }))

/** The lock of one stanza, of whatever detail level. No lock for a stanza that is not listed. */
export function parseLock(output: string, stanza: string): BackupLock {
  const found = progressSchema.parse(parseJson(output)).find(({ name }) => name === stanza)
  return found?.status.lock ?? { backupHeld: false }
}

 
const CONTROL = /[\u0000-\u001f]/g
const STRING_OR_LONG_INTEGER = /"(?:[^"\\]|\\.)*"|\d{16,}/gs

/**
 * JSON as pgBackRest writes it: system identifiers exceed 2^53, so long integers are read as text, and raw control bytes
 * stand in strings (2.45 and 2.60, with a wrong passphrase or in an annotation).
 */
function parseJson(output: string): unknown {
  const strict = output.replace(STRING_OR_LONG_INTEGER, (token) =>
    token.startsWith('"') ? token.replace(CONTROL, escapeControl) : `"${token}"`,
  )
  return JSON.parse(strict)
}

function escapeControl(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function toStanza(stanza: z.output<typeof stanzaSchema>): InfoStanza {
  const { name, status, cipher, repo, db, archive, backup } = stanza
  const databases = db.map((database) => ({
    id: database.id,
    repoKey: database['repo-key'],
    systemId: database['system-id'],
    version: database.version,
  }))
  return {
    name,
    status: { code: status.code, message: status.message },
    lock: status.lock,
    cipher,
    repos: repo,
    databases,
    archives: archive.map(({ database, ...range }) => ({ ...range, databaseId: database.id, repoKey: database['repo-key'] })),
    sets: backup.map((set) => toSet(set, databases)),
  }
}

function toSet(set: z.output<typeof backupSchema>, databases: InfoStanza['databases']): CatalogSet {
  const repoKey = set.database['repo-key']
  const database = databases.find((known) => known.id === set.database.id && known.repoKey === repoKey)
  return {
    repoKey,
    label: set.label,
    type: set.type,
    prior: set.prior,
    reference: set.reference ?? [],
    startedAt: set.timestamp.start,
    stoppedAt: set.timestamp.stop,
    archiveStart: set.archive.start ?? null,
    archiveStop: set.archive.stop ?? null,
    lsnStart: set.lsn?.start ?? null,
    lsnStop: set.lsn?.stop ?? null,
    systemId: database?.systemId ?? null,
    databaseSize: set.info.size,
    databaseDelta: set.info.delta,
    repositorySize: set.info.repository.size ?? null,
    repositoryDelta: set.info.repository.delta,
    error: set.error ?? false,
    annotation: printableAnnotation(set.annotation ?? {}),
    backrestVersion: set.backrest.version,
  }
}

/** Made by hand they may hold what PostgreSQL does not store as JSON. */
function printableAnnotation(annotation: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(annotation).map(([key, value]) => [printable(key), printable(value)]))
}
