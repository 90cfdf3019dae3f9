/** What the protected cluster says of itself. Asks little: a shop's till comes first. */
import { Client } from 'pg'
import { logger } from '@/lib/logger'
import { type ClusterObservation, clusterObservationSchema } from '@/lib/health/schema'
import { type ShopProfile, shopProfileSchema } from '@/lib/salespider/schema'

const STATE = `
  SELECT pg_is_in_recovery() AS "inRecovery", current_setting('server_version') AS version,
    (SELECT system_identifier::text FROM pg_control_system()) AS "systemId",
    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
      ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline,
    current_setting('archive_mode') AS mode,
    current_setting('archive_command') NOT IN ('', '(disabled)') AS "commandSet",
    extract(epoch FROM current_setting('archive_timeout')::interval)::int AS "archiveTimeout",
    left(a.last_archived_wal, 24) AS "lastArchivedWal", a.last_archived_time AS "lastArchivedAt",
    a.last_failed_wal AS "lastFailedWal", a.last_failed_time AS "lastFailedAt", a.failed_count::int AS "failedCount",
    (SELECT count(*)::int FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS waiting
  FROM pg_stat_archiver a`

const SIZE = 'SELECT sum(pg_database_size(oid))::float8 AS size FROM pg_database'
const HISTORY = `SELECT pg_read_file('pg_wal/' || $1 || '.history', 0, 1000000, true) AS text`
const SETTINGS = `SELECT "appName" AS name, timezone AS "timeZone", "dateFormat", "timeFormat", language, currency, "currencySymbol"
  FROM "AppSettings" LIMIT 1`

/** The files' sizes are looked up less often than the rest: it touches every file. */
const SIZE_EVERY_MS = 60_000
const TIMEOUT_MS = 5_000

export type ObservedShop = {
  observe(now: Date): Promise<ClusterObservation>
  profile(): Promise<ShopProfile | null>
  close(): Promise<void>
}

/** One connection, opened again when it is lost: a restore cuts every connection, and the worker must not die of it. */
export function openShop(url: string): ObservedShop {
  let client: Client | null = null
  let size: { at: number; bytes: number } | null = null

  async function connect(): Promise<Client> {
    if (client) return client
    const opened = new Client({
      connectionString: url, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS, application_name: 'salespider-backup worker',
    })
    opened.on('error', (error) => {
      logger.warn({ error: error.message }, 'shop database: the connection was lost')
      client = null
    })
    await opened.connect()
    return (client = opened)
  }

  async function drop(): Promise<void> {
    const last = client
    client = null
    await last?.end().catch((error: Error) => logger.debug({ error: error.message }, 'shop database: closing failed'))
  }

  async function databaseSize(now: Date): Promise<number> {
    if (!size || now.getTime() - size.at > SIZE_EVERY_MS) {
      const { rows } = await (await connect()).query<{ size: number }>(SIZE)
      size = { at: now.getTime(), bytes: rows[0]?.size ?? 0 }
    }
    return size.bytes
  }

  return {
    async observe(now) {
      try {
        const { rows } = await (await connect()).query(STATE)
        const { mode, commandSet, lastArchivedWal, lastArchivedAt, lastFailedWal, lastFailedAt, failedCount, waiting, ...state } = rows[0]
        return clusterObservationSchema.parse({
          ...state,
          up: true,
          version: String(state.version).split(' ')[0],
          history: await readHistory(await connect(), state.timeline),
          databaseSize: await databaseSize(now),
          archiver: {
            mode, commandSet, lastArchivedWal, lastFailedWal, failedCount, waiting,
            lastArchivedAt: lastArchivedAt?.toISOString() ?? null, lastFailedAt: lastFailedAt?.toISOString() ?? null,
          },
        })
      } catch (error) {
        await drop()
        return { up: false, error: error instanceof Error ? error.message : String(error), history: [] }
      }
    },
    async profile() {
      try {
        const { rows } = await (await connect()).query(SETTINGS)
        return shopProfileSchema.parse(rows[0] ?? {})
      } catch (error) {
        logger.debug({ error: String(error) }, 'shop settings could not be read')
        return null
      }
    },
    close: drop,
  }
}

/** The `.history` file of the live timeline: one line an ancestor, `timeline <tab> LSN <tab> reason`. */
async function readHistory(client: Client, timeline: number): Promise<ClusterObservation['history']> {
  if (timeline <= 1) return []
  const { rows } = await client.query<{ text: string | null }>(HISTORY, [timeline.toString(16).toUpperCase().padStart(8, '0')])
  return parseHistory(rows[0]?.text ?? '')
}

export function parseHistory(text: string): ClusterObservation['history'] {
  return [...text.matchAll(/^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/gim)].map(([, timeline, switchLsn]) => ({
    timeline: Number(timeline), switchLsn: switchLsn ?? '',
  }))
}
