import type { Db } from '@/lib/db'
import type { KeptCluster as Row } from '@/lib/generated/prisma/client'
import { type KeptCluster, keptClusterSchema } from '../schema'

function toKeptCluster(row: Row): KeptCluster {
  return keptClusterSchema.parse({ ...row, jobId: row.jobId?.toString() ?? null, size: Number(row.size) })
}

/** The clusters that can be gone back to, the one left last first. */
export async function listKeptClusters(db: Db, stanza: string): Promise<KeptCluster[]> {
  const rows = await db.keptCluster.findMany({ where: { stanzaName: stanza, endedAt: null }, orderBy: { leftAt: 'desc' } })
  return rows.map(toKeptCluster)
}

export async function findKeptCluster(db: Db, stanza: string, id: string): Promise<KeptCluster | null> {
  const row = await db.keptCluster.findFirst({ where: { id, stanzaName: stanza, endedAt: null } })
  return row && toKeptCluster(row)
}
