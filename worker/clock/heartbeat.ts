/** The beat of the WAL clock: a commit of our own whose time and place we know. */
import { logger } from '@/lib/logger'
import { writeMarks } from '@/lib/restore/clock/mutations'
import type { Mark } from '@/lib/restore/clock/schema'
import type { WorkerContext } from '../context'
import { type Connection, openConnection } from '../postgres/connection'

export type Beat = {
  mark: Mark
  /** The segment it lies in */
  segment: bigint
  /** Seconds after which PostgreSQL should close it; 0 for never */
  archiveTimeout: number
}

/**
 * One round trip. The time is the server's, taken inside the transaction: its commit is later, so that recovery to that time
 * finds something to stop before. The position is taken after the commit.
 */
const BEAT = `
  BEGIN;
  SELECT pg_current_xact_id()::text AS xid, pg_logical_emit_message(true, 'salespider', '')::text AS message,
    date_trunc('milliseconds', clock_timestamp()) AS at;
  COMMIT;
  SELECT lsn::text, div(lsn, pg_size_bytes(current_setting('wal_segment_size')))::text AS segment,
    ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int AS timeline,
    extract(epoch FROM current_setting('archive_timeout')::interval)::int AS "archiveTimeout"
  FROM (SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS lsn) AS position`

/** One for each statement, which the driver's types do not tell. */
type Answers = [
  begin: unknown,
  inside: { rows: [{ xid: string; at: Date }] },
  commit: unknown,
  after: { rows: [{ lsn: string; segment: string; timeline: number; archiveTimeout: number }] },
]

/** Null while the shop is down or in recovery: the clock stands still then, and nobody needs to be told. */
export async function beat(shop: Connection): Promise<Beat | null> {
  try {
    const answers = (await shop.run((client) => client.query(BEAT))) as unknown as Answers
    const [[inside], [after]] = [answers[1].rows, answers[3].rows]
    return {
      mark: { timeline: after.timeline, lsn: BigInt(after.lsn), at: inside.at, xid: BigInt(inside.xid) },
      segment: BigInt(after.segment),
      archiveTimeout: after.archiveTimeout,
    }
  } catch (error) {
    logger.debug({ error: String(error) }, 'no mark of the WAL clock')
    return null
  }
}

/** A mark out of turn. Where there can be none, the next beat makes it. */
export async function markNow({ db, env }: WorkerContext): Promise<void> {
  const shop = openConnection(env.shopUrl, 'salespider-backup clock')
  try {
    const now = await beat(shop)
    if (now) await writeMarks(db, env.stanza, [now.mark])
  } catch (error) {
    logger.debug({ error: String(error) }, 'a mark of the WAL clock could not be written')
  } finally {
    await shop.close()
  }
}

/** Closes the current segment, so that it is archived. */
export async function closeSegment(shop: Connection): Promise<void> {
  await shop.run((client) => client.query('SELECT pg_switch_wal()')).catch((error: unknown) =>
    logger.debug({ error: String(error) }, 'the WAL segment could not be closed'))
}

const LAST_ARCHIVED = 'SELECT last_archived_wal AS name FROM pg_stat_archiver'

/** What PostgreSQL's archiver calls archived last; also a `.history` or `.backup` file's name. Null when it does not answer. */
export async function lastArchived(shop: Connection): Promise<string | null> {
  try {
    const { rows } = await shop.run((client) => client.query<{ name: string | null }>(LAST_ARCHIVED))
    return rows[0]?.name ?? null
  } catch (error) {
    logger.debug({ error: String(error) }, 'the archiver could not be asked')
    return null
  }
}
