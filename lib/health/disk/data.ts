import type { Db } from '@/lib/db'
import { type Position, walRate } from './rules'
import type { ClusterObservation } from '../schema'

const HOUR = 3_600_000
/** A day has the shop's busy hours and its quiet ones. */
const WINDOWS = [24 * HOUR, HOUR]

/** Bytes of WAL a second, from the marks of the WAL clock: they outlive the worker. Undefined where nothing tells. */
export async function findWalRate(
  db: Db, stanza: string, { timeline, archiveTimeout, segmentSize }: ClusterObservation, now: Date,
): Promise<number | undefined> {
  if (timeline === undefined) return undefined
  return walRate(await listPositions(db, stanza, timeline, now), { archiveTimeout, segmentSize })
}

/** The first of each window, and the newest: of one timeline, because a restore goes back to earlier positions. */
async function listPositions(db: Db, stanza: string, timeline: number, now: Date): Promise<Position[]> {
  const since = WINDOWS.map((span) => new Date(now.getTime() - span).toISOString())
  return db.$queryRaw<Position[]>`
    SELECT m."at", m."lsn" FROM unnest(${since}::text[]::timestamptz[]) AS w("since"), LATERAL (
      (SELECT "at", "lsn" FROM "wal_mark" WHERE "stanza" = ${stanza} AND "timeline" = ${timeline} AND "at" >= w."since"
       ORDER BY "at" LIMIT 1)
      UNION
      (SELECT "at", "lsn" FROM "wal_mark" WHERE "stanza" = ${stanza} AND "timeline" = ${timeline} AND "at" >= w."since"
       ORDER BY "at" DESC LIMIT 1)) AS m
    ORDER BY m."at"`
}
