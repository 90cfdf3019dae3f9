/** The timeline that a cluster writes on, as SQL: pg_control tells it only with the next checkpoint. Not while it is in recovery. */
export const LIVE_TIMELINE = `('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int`
