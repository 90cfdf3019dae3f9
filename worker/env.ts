import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import type { Policy } from '@/lib/policy/schema'
import { stanzaNameSchema } from '@/lib/jobs/schema'

const count = z.coerce.number().int().positive()
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/ })

const controlSchema = z.object({ BACKUP_DATABASE_URL: databaseUrl, PGBACKREST_STANZA: stanzaNameSchema.default('salespider') })

const workerSchema = controlSchema.extend({
  /** The protected cluster, as a role that may read settings and statistics, best over its socket */
  SHOP_ADMIN_URL: z.string().regex(/^postgres(ql)?:\/\//),
  PGBACKREST_CONFIG: z.string().startsWith('/').default('/etc/pgbackrest/pgbackrest.conf'),
  BACKUP_SCHEDULE_FULL: z.string().default('0 2 * * 0'),
  BACKUP_SCHEDULE_DIFF: z.string().default('0 2 * * 1-6'),
  BACKUP_RETENTION_FULL: count.optional(),
  BACKUP_RETENTION_DIFF: count.optional(),
  BACKUP_TIME_ZONE: z.string().optional(),
  /** PostgreSQL's programs; where unset, Debian's place for the version of the shop's cluster */
  PG_BIN: z.string().startsWith('/').optional(),
  /** How long a rehearsal lives, hours */
  RESTORE_REHEARSAL_HOURS: count.default(24),
  /** How long the cluster that a switch left is kept, days */
  RESTORE_KEEP_DAYS: count.default(7),
  WORKER_NAME: z.string().max(100).default(hostname()),
  /** Where signs of life are left for a health check */
  VITALS_DIR: z.string().startsWith('/').optional(),
})

export type ControlEnv = { databaseUrl: string; stanza: string }
export type WorkerEnv = ControlEnv & {
  shopUrl: string
  config: string
  schedules: Policy['schedules']
  retention: Policy['retention']
  timeZone: string | null
  pgBin: string | null
  rehearsalHours: number
  keepDays: number
  workerName: string
  vitalsDirectory: string | null
}

/** What is wrong with the environment, each problem with its variable's name. */
export class EnvError extends Error {}

/** Compose files pass `NAME=` for what nobody filled in: empty means unset. */
function filled(source: NodeJS.Dict<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(source).filter((entry): entry is [string, string] => !!entry[1]))
}

function parse<T extends z.ZodType>(schema: T, source: Record<string, string>): z.output<T> {
  const result = schema.safeParse(source)
  if (result.success) return result.data
  throw new EnvError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

/** For the worker. `off` switches a schedule off. */
export function workerEnv(): WorkerEnv {
  const env = parse(workerSchema, filled(process.env))
  const schedule = (cron: string) => (cron === 'off' ? null : cron)
  return {
    databaseUrl: env.BACKUP_DATABASE_URL,
    stanza: env.PGBACKREST_STANZA,
    shopUrl: env.SHOP_ADMIN_URL,
    config: env.PGBACKREST_CONFIG,
    schedules: { full: schedule(env.BACKUP_SCHEDULE_FULL), diff: schedule(env.BACKUP_SCHEDULE_DIFF) },
    retention: { full: env.BACKUP_RETENTION_FULL ?? null, diff: env.BACKUP_RETENTION_DIFF ?? null },
    timeZone: env.BACKUP_TIME_ZONE ?? null,
    pgBin: env.PG_BIN ?? null,
    rehearsalHours: env.RESTORE_REHEARSAL_HOURS,
    keepDays: env.RESTORE_KEEP_DAYS,
    workerName: env.WORKER_NAME,
    vitalsDirectory: env.VITALS_DIR ?? null,
  }
}

/** For the command line: the environment, or what `make start` wrote beside the checkout. */
export function controlEnv(): ControlEnv {
  const file = path.resolve(process.env.DATA_DIR || '.data', 'env')
  const written = !process.env.BACKUP_DATABASE_URL && existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const env = parse(controlSchema, { ...filled(written), ...filled(process.env) })
  return { databaseUrl: env.BACKUP_DATABASE_URL, stanza: env.PGBACKREST_STANZA }
}

/** For the setup service. Without a password it makes no cluster: the database is somebody else's. */
export function setupEnv() {
  const variables = filled(process.env)
  return {
    variables,
    template: variables.SETUP_TEMPLATE ?? '/usr/share/salespider/pgbackrest.conf',
    password: variables.POSTGRES_PASSWORD ?? null,
    database: variables.POSTGRES_DB ?? 'salespider',
  }
}

/** Who uses the command line: for the job log. */
export function commandLineUser(): string {
  return process.env.SUDO_USER || process.env.USER || process.env.LOGNAME || 'command line'
}

/**
 * What a child process gets: a path, a home, UTC and plain English, and pgBackRest's own variables where they are
 * filled in. An empty PGBACKREST_* variable makes every command fail with 032.
 */
export function childEnv(): Record<string, string> {
  const { PATH = '/usr/bin:/bin', HOME = '/', ...rest } = filled(process.env)
  const pgbackrest = Object.entries(rest).filter(
    ([name]) => name.startsWith('PGBACKREST_') && name !== 'PGBACKREST_CONFIG' && name !== 'PGBACKREST_STANZA',
  )
  return { PATH, HOME, TZ: 'UTC', LC_ALL: 'C', ...Object.fromEntries(pgbackrest) }
}
