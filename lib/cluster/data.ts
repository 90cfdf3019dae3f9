import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { LEASE_SECONDS, exclusiveKinds } from '@/lib/jobs/rules'
import type { ClusterSummary } from './schema'

/** The worker of a stanza that was heard of last, stopped or not. */
async function findLastWorker(db: Db, stanza: string) {
  return db.worker.findFirst({ where: { stanzaName: stanza }, orderBy: { heartbeatAt: 'desc' } })
}

type Heard = { heartbeatAt: Date; stoppedAt: Date | null } | null

function isAlive(worker: Heard, now: Date): boolean {
  return worker !== null && !worker.stoppedAt && now.getTime() - worker.heartbeatAt.getTime() < LEASE_SECONDS * 1000
}

/** Whether somebody carries out jobs of this stanza at the moment. */
export async function isWorkerAlive(db: Db, stanza: string, now: Date): Promise<boolean> {
  return isAlive(await findLastWorker(db, stanza), now)
}

/** Whether this host waits for a shop that only the repositories have. */
export async function isShopLost(db: Db, stanza: string): Promise<boolean> {
  const row = await db.stanza.findUnique({ where: { name: stanza }, select: { observation: true } })
  return clusterObservationSchema.nullable().parse(row?.observation ?? null)?.lost ?? false
}

export async function getClusterSummary(db: Db, stanza: string, now: Date): Promise<ClusterSummary> {
  const [row, worker, exchange] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { observation: true } }),
    findLastWorker(db, stanza),
    db.job.findFirst({ where: { stanzaName: stanza, status: 'RUNNING', kind: { in: [...exclusiveKinds] } }, select: { id: true } }),
  ])
  const observation = row?.observation ? clusterObservationSchema.parse(row.observation) : null
  return {
    stanza,
    postgres: observation && { up: observation.up, version: observation.version, size: observation.databaseSize },
    restoring: exchange !== null,
    pgbackrestVersion: worker?.pgbackrestVersion ?? observation?.pgbackrestVersion ?? null,
    workerSeenAt: worker?.heartbeatAt ?? null,
    workerAlive: isAlive(worker, now),
  }
}
