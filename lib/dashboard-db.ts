import { type Db, openDb } from '@/lib/db'
import { env } from '@/lib/env'

// Kept on globalThis: while developing, modules are loaded again and again, and each would open a pool of its own.
const shared = globalThis as typeof globalThis & { dashboardDb?: Db }

/** The dashboard's one client of the control database. */
export function db(): Db {
  return (shared.dashboardDb ??= openDb(env().BACKUP_DATABASE_URL))
}

/** The stanza this dashboard shows. */
export function stanzaName(): string {
  return env().PGBACKREST_STANZA
}
