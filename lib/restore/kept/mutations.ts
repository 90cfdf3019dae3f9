import type { Db } from '@/lib/db'
import type { KeptCluster } from '../schema'

/** Again for one that was kept before: an undo can be undone. */
export async function keepCluster(db: Db, stanza: string, { jobId, size, ...kept }: KeptCluster): Promise<void> {
  const data = { ...kept, stanzaName: stanza, size: BigInt(size), jobId: jobId === null ? null : BigInt(jobId), endedAt: null }
  await db.keptCluster.upsert({ where: { id: kept.id }, create: data, update: data })
}

/** What the volume shows of it now. */
export async function measureKeptCluster(db: Db, id: string, { size, unarchived }: Pick<KeptCluster, 'size' | 'unarchived'>): Promise<void> {
  await db.keptCluster.update({ where: { id }, data: { size: BigInt(size), unarchived } })
}

/** Purged, or the running shop again. */
export async function endKeptCluster(db: Db, id: string, now: Date): Promise<void> {
  await db.keptCluster.updateMany({ where: { id, endedAt: null }, data: { endedAt: now } })
}
