/**
 * The shop's own database, as the dashboard reads it: gently, and never taken for granted. Nothing here throws because the
 * shop is down, slow or being exchanged; it says so.
 */
import { Client, DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'

export type ShopQuery = <R extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<R[]>

/** `foreign`: it answered, and is not what was expected: other tables, other types, or none we may read. */
export type Answer<T> = { reading: 'ok'; value: T } | { reading: Trouble }
export type Trouble = 'down' | 'slow' | 'foreign' | 'unset'

export type ShopDb = {
  /** One piece of work on one connection. While the shop is down it is asked again every few seconds at most. */
  read<T>(work: (query: ShopQuery) => Promise<T>): Promise<Answer<T>>
  /** Which start of the shop's server answered last: what was read from an earlier one may be of another cluster. */
  startedAt(): string | null
  close(): Promise<void>
}

const CONNECT_MS = 1_500
const STATEMENT_MS = 3_000
/** For a connection, while others have them: they are given back in time, or taken away. */
const QUEUE_MS = 6_000
const PROBE_MS = 3_000
const CONNECTIONS = 2

/** The till comes first: nothing is written, nothing is waited for, one core at most. Times are UTC in SaleSpider's tables. */
const SETTINGS = `
  SET default_transaction_read_only = on; SET statement_timeout = ${STATEMENT_MS}; SET lock_timeout = 300;
  SET max_parallel_workers_per_gather = 0; SET jit = off; SET TimeZone = 'UTC'`
const STARTED = 'SELECT extract(epoch FROM pg_postmaster_start_time())::text AS "startedAt"'

/** The pool's own patience is with its queue; a connection has less. One may be cut while it is used, too: nobody dies of it. */
class ShopClient extends Client {
  constructor(config: object) {
    super({ ...config, connectionTimeoutMillis: CONNECT_MS, query_timeout: STATEMENT_MS + 500 })
    this.on('error', (error) => logger.debug({ error: error.message }, 'shop database: a connection was lost'))
  }
}

/** Without an address there is nothing to read. */
export function openShopDb(url: string | undefined): ShopDb {
  if (!url) return { read: async () => ({ reading: 'unset' }), startedAt: () => null, close: async () => undefined }
  const pool = new Pool({
    connectionString: url, max: CONNECTIONS, connectionTimeoutMillis: QUEUE_MS, application_name: 'salespider-backups dashboard',
    Client: ShopClient as unknown as new () => Client,
  })
  pool.on('error', () => undefined)
  const searchPath = searchPathOf(url)
  const prepared = new WeakSet<PoolClient>()
  let startedAt: string | null = null
  let downUntil = 0

  async function prepare(client: PoolClient): Promise<void> {
    if (prepared.has(client)) return
    await client.query(SETTINGS)
    if (searchPath) await client.query('SELECT set_config($1, $2, false)', ['search_path', searchPath])
    const { rows: [server] } = await client.query<{ startedAt: string }>(STARTED)
    startedAt = server?.startedAt ?? null
    prepared.add(client)
  }

  async function attempt<T>(work: (query: ShopQuery) => Promise<T>): Promise<T> {
    // A dashboard that was busy itself takes an answer for late: only the second time it is.
    const client = await pool.connect().catch((error: unknown) => (isLate(error) ? pool.connect() : Promise.reject(error)))
    try {
      await prepare(client)
      const value = await work(async (text, values = []) => (await client.query(text, [...values])).rows)
      client.release()
      return value
    } catch (error) {
      // It may be in the middle of anything.
      client.release(true)
      throw error
    }
  }

  return {
    async read(work) {
      if (Date.now() < downUntil) return { reading: 'down' }
      // Whoever comes next waits for what this one finds.
      if (downUntil > 0) downUntil = Date.now() + PROBE_MS
      try {
        const value = await attempt(work)
        downUntil = 0
        return { reading: 'ok', value }
      } catch (error) {
        const reading = troubleOf(error)
        downUntil = reading === 'down' ? Date.now() + PROBE_MS : 0
        logger.debug({ error: String(error), reading }, 'the shop could not be read')
        return { reading }
      }
    },
    startedAt: () => startedAt,
    close: () => pool.end(),
  }
}

function isLate(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout expired'
}

/** Prisma's own way of naming a schema. */
function searchPathOf(url: string): string | null {
  const schema = new URL(url).searchParams.get('schema')
  return schema && `"${schema.replaceAll('"', '""')}"`
}

/** SQLSTATE: undefined tables and columns, other types, no permission. A shop, but not as we know it. */
const FOREIGN = /^(42|22)/
/** Cancelled by its timeout or by a standby's replay; a lock was not to be had. */
const SLOW = /^(57014|55P03|40001)$/
/** Connections, sign-in, no such database, no room, stopping or starting, files */
const DOWN = /^(08|28|3D|53|57P|58)/

/** Throws what is none of these: a bug is not an outage. */
function troubleOf(error: unknown): Exclude<Trouble, 'unset'> {
  if (!(error instanceof Error)) throw error
  if (error instanceof DatabaseError) {
    const { code = '' } = error
    const trouble = SLOW.test(code) ? 'slow' : FOREIGN.test(code) ? 'foreign' : DOWN.test(code) ? 'down' : null
    if (!trouble) throw error
    return trouble
  }
  if (/^(Query read timeout|timeout exceeded when trying to connect)$/.test(error.message)) return 'slow'
  const isConnection = 'code' in error || /terminated|timeout|ended|closed|not queryable|SSL|SASL/i.test(error.message)
  if (isConnection) return 'down'
  throw error
}

// Kept on globalThis: while developing, modules are loaded again and again, and each would open a pool of its own.
const shared = globalThis as typeof globalThis & { dashboardShopDb?: ShopDb }

/** The dashboard's one client of the shop. */
export function shopDb(): ShopDb {
  return (shared.dashboardShopDb ??= openShopDb(env().DATABASE_URL))
}
