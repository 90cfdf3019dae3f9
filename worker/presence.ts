/** Says in the control database that this worker lives, and writes down what dead ones left. */
import type { Db } from '@/lib/db'
import { failLostJobs } from '@/lib/jobs/lease'
import { HEARTBEAT_MS, LEASE_SECONDS } from '@/lib/jobs/rules'
import { logger } from '@/lib/logger'
import { type WorkerRow, registerWorker, retireWorker, touchWorker } from '@/lib/health/mutations'

/** Consecutive heartbeats more than this apart mean that the control database was away between them. */
const GAP_MS = HEARTBEAT_MS * 3
/** How often what dead workers left is looked for */
const SWEEP_MS = 6_000

export type Presence = { stop(): Promise<void> }

export async function startPresence(db: Db, worker: WorkerRow): Promise<Presence> {
  await registerWorker(db, worker)
  let connectedSince = Date.now()
  let lastBeat = connectedSince
  let lastSweep = 0
  let beating: Promise<void> | null = null

  async function beat(): Promise<void> {
    await touchWorker(db, worker.id)
    const now = Date.now()
    if (now - lastBeat > GAP_MS) connectedSince = now
    lastBeat = now
    // After an outage every lease looks old, also those of workers that live: give them one lease to speak up.
    if (now - connectedSince < LEASE_SECONDS * 1000 || now - lastSweep < SWEEP_MS) return
    lastSweep = now
    const ended = await failLostJobs(db, worker.stanzaName)
    if (ended.length > 0) logger.warn({ jobs: ended.map(String) }, 'jobs of a silent worker were ended as failed')
  }

  const timer = setInterval(() => {
    beating ??= beat()
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'heartbeat not written'))
      .finally(() => (beating = null))
  }, HEARTBEAT_MS)

  return {
    async stop() {
      clearInterval(timer)
      await beating
      await retireWorker(db, worker.id).catch((error: unknown) => logger.warn({ error: String(error) }, 'could not sign off'))
    },
  }
}
