import type { Db } from '@/lib/db'
import { formatLsn } from '@/lib/restore/wal/rules'
import type { RestorePoint } from '../schema'

const SHOWN = 200

/** Newest first. */
export async function listRestorePoints(db: Db, stanza: string): Promise<RestorePoint[]> {
  const rows = await db.restorePoint.findMany({ where: { stanzaName: stanza }, orderBy: { at: 'desc' }, take: SHOWN })
  return rows.map(({ id, name, at, lsn, timeline, actorName }) => ({ id: id.toString(), name, at, lsn: formatLsn(lsn), timeline, by: actorName }))
}
