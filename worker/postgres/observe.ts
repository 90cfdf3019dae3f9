/** What the protected cluster says of itself. Asks little: a shop's till comes first. */
import type { Client } from 'pg'
import { logger } from '@/lib/logger'
import { type ClusterObservation, clusterObservationSchema } from '@/lib/health/schema'
import { type TimelineHistory, parseHistory } from '@/lib/restore/lineage/rules'
import { type ShopProfile, shopProfileSchema } from '@/lib/salespider/schema'
import { openConnection } from './connection'
import { LIVE_TIMELINE } from './live-timeline'

const STATE = `
  SELECT pg_is_in_recovery() AS "inRecovery", current_setting('server_version') AS version,
    (SELECT system_identifier::text FROM pg_control_system()) AS "systemId",
    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
      ELSE ${LIVE_TIMELINE} END AS timeline,
    current_setting('archive_mode') AS mode,
    current_setting('archive_command') NOT IN ('', '(disabled)') AS "commandSet",
    extract(epoch FROM current_setting('archive_timeout')::interval)::int AS "archiveTimeout",
    pg_size_bytes(current_setting('wal_segment_size'))::int AS "segmentSize",
    left(a.last_archived_wal, 24) AS "lastArchivedWal", a.last_archived_time AS "lastArchivedAt",
    a.last_failed_wal AS "lastFailedWal", a.last_failed_time AS "lastFailedAt", a.failed_count::int AS "failedCount",
    (SELECT count(*)::int FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS waiting
  FROM pg_stat_archiver a`

const WAL = `
  SELECT (SELECT system_identifier::text FROM pg_control_system()) AS "systemId",
    pg_size_bytes(current_setting('wal_segment_size'))::int AS "segmentSize",
    ${LIVE_TIMELINE} AS timeline`
const SIZES = `
  SELECT (SELECT sum(pg_database_size(oid))::float8 FROM pg_database) AS "databaseSize",
    (SELECT sum(size)::float8 FROM pg_ls_waldir()) AS "walSize"`
const HISTORY = `SELECT pg_read_file('pg_wal/' || $1 || '.history', 0, 1000000, true) AS text`
const SETTINGS = `SELECT "appName" AS name, timezone AS "timeZone", "dateFormat", "timeFormat", language, currency, "currencySymbol"
  FROM "AppSettings" LIMIT 1`

/** The files' sizes are looked up less often than the rest: it touches every file. */
const SIZES_EVERY_MS = 60_000

type Sizes = Required<Pick<ClusterObservation, 'databaseSize' | 'walSize'>>

/** Whose WAL it is that the shop writes, and how it is cut. */
export type WalIdentity = { systemId: string; live: TimelineHistory; segmentSize: number }

export type ObservedShop = {
  observe(now: Date): Promise<ClusterObservation>
  /** Null while the shop is down or in recovery */
  wal(): Promise<WalIdentity | null>
  profile(): Promise<ShopProfile | null>
  close(): Promise<void>
}

export function openShop(url: string): ObservedShop {
  const connection = openConnection(url, 'salespider-backup worker')
  let known: { at: number; sizes: Sizes } | null = null

  async function sizesOf(client: Client, now: Date): Promise<Sizes> {
    if (!known || now.getTime() - known.at > SIZES_EVERY_MS) {
      const { rows } = await client.query<Sizes>(SIZES)
      known = { at: now.getTime(), sizes: rows[0] ?? { databaseSize: 0, walSize: 0 } }
    }
    return known.sizes
  }

  async function state(client: Client, now: Date): Promise<ClusterObservation> {
    const { rows } = await client.query(STATE)
    const { mode, commandSet, lastArchivedWal, lastArchivedAt, lastFailedWal, lastFailedAt, failedCount, waiting, ...seen } = rows[0]
    return clusterObservationSchema.parse({
      ...seen,
      up: true,
      version: String(seen.version).split(' ')[0],
      history: await readHistory(client, seen.timeline),
      ...(await sizesOf(client, now)),
      archiver: {
        mode, commandSet, lastArchivedWal, lastFailedWal, failedCount, waiting,
        lastArchivedAt: lastArchivedAt?.toISOString() ?? null, lastFailedAt: lastFailedAt?.toISOString() ?? null,
      },
    })
  }

  return {
    async observe(now) {
      try {
        return await connection.run((client) => state(client, now))
      } catch (error) {
        return { up: false, error: error instanceof Error ? error.message : String(error), history: [] }
      }
    },
    async wal() {
      try {
        return await connection.run(async (client) => {
          const { rows: [row] } = await client.query<{ systemId: string; segmentSize: number; timeline: number }>(WAL)
          return row ? { ...row, live: { id: row.timeline, parents: await readHistory(client, row.timeline) } } : null
        })
      } catch (error) {
        logger.debug({ error: String(error) }, 'the shop does not tell about its WAL')
        return null
      }
    },
    async profile() {
      try {
        const { rows } = await connection.run((client) => client.query(SETTINGS))
        return shopProfileSchema.parse(rows[0] ?? {})
      } catch (error) {
        logger.debug({ error: String(error) }, 'shop settings could not be read')
        return null
      }
    },
    close: connection.close,
  }
}

/** The `.history` file of the live timeline. */
async function readHistory(client: Client, timeline: number): Promise<ClusterObservation['history']> {
  if (timeline <= 1) return []
  const { rows } = await client.query<{ text: string | null }>(HISTORY, [timeline.toString(16).toUpperCase().padStart(8, '0')])
  return parseHistory(rows[0]?.text ?? '')
}
