import type { Db } from '@/lib/db'

/** The last segment of a timeline that an archive was seen to hold. */
export type ArchiveTip = { repoKey: number; archiveId: string; timeline: number; last: bigint; segmentSize: number }

/** Of every archive of the shop's cluster. */
export async function listArchiveTips(db: Db, stanza: string): Promise<ArchiveTip[]> {
  return db.$queryRaw<ArchiveTip[]>`
    SELECT DISTINCT ON ("repoKey", "archiveId", "timeline") "repoKey", "archiveId", "timeline", "last", "segmentSize"
    FROM "wal_range" WHERE "stanza" = ${stanza} ORDER BY "repoKey", "archiveId", "timeline", "last" DESC`
}

/** When the WAL clock began to run on a timeline; null where it never did. */
export async function findTimelineStart(db: Db, stanza: string, timeline: number): Promise<Date | null> {
  const mark = await db.walMark.findFirst({ where: { stanzaName: stanza, timeline }, orderBy: { lsn: 'asc' }, select: { at: true } })
  return mark?.at ?? null
}
