import { isDatabaseAway } from '@/lib/database-error'
import { type Db, openDb } from '@/lib/db'
import { createFormat, type Format } from '@/lib/format'
import { LOCALE } from '@/lib/i18n'
import { logger } from '@/lib/logger'
import { type ShopProfile, shopProfileSchema } from '@/lib/salespider/schema'
import { EnvError, controlEnv } from '../env'

export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3, noWorker: 4 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export type Control = { db: Db; stanza: string; format: Format; profile: ShopProfile }

/** Opens the control database for one command, and turns how it went into an exit code. */
export async function withControl(run: (control: Control) => Promise<ExitCode>): Promise<void> {
  logger.level = 'silent'
  try {
    const env = controlEnv()
    const db = openDb(env.databaseUrl, 2)
    try {
      const profile = await readProfile(db, env.stanza)
      process.exitCode = await run({ db, stanza: env.stanza, profile, format: createFormat({ ...profile, locale: LOCALE }) })
    } finally {
      await db.$disconnect()
    }
  } catch (error) {
    process.exitCode = explain(error)
  }
}

async function readProfile(db: Db, stanza: string): Promise<ShopProfile> {
  const row = await db.stanza.findUnique({ where: { name: stanza }, select: { shop: true } })
  return shopProfileSchema.parse(row?.shop ?? {})
}

function explain(error: unknown): ExitCode {
  if (error instanceof EnvError) {
    console.error(`The environment is not usable. It comes from .data/env, or set:\n${error.message}`)
    return EXIT.usage
  }
  if (isDatabaseAway(error)) {
    console.error('The control database cannot be reached. Nothing was started. Is it running, and is BACKUP_DATABASE_URL right?')
    return EXIT.unreachable
  }
  throw error
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item), 2))
}
