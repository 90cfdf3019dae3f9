/** Says in the control database that this worker lives, hears what there is to do, and writes down what dead ones left. */
import type { Db } from '@/lib/db'
import { beat, failLostJobs } from '@/lib/jobs/lease'
import { HEARTBEAT_MS, LEASE_SECONDS } from '@/lib/jobs/rules'
import type { JobLane } from '@/lib/jobs/schema'
import { logger } from '@/lib/logger'
import { type WorkerRow, registerWorker, retireWorker } from '@/lib/health/mutations'
import type { Vitals } from './vitals'

/** Consecutive heartbeats more than this apart mean that the control database was away between them. */
const GAP_MS = HEARTBEAT_MS * 3

export type Presence = { stop(): Promise<void> }

export async function startPresence(
  db: Db, worker: WorkerRow, vitals: Vitals, onWork: (lanes: readonly JobLane[]) => void,
): Promise<Presence> {
  await registerWorker(db, worker)
  let connectedSince = Date.now()
  let lastBeat = connectedSince
  let beating: Promise<void> | null = null

  async function live(): Promise<void> {
    const { lanes, isAnyLost } = await beat(db, worker.stanzaName, worker.id)
    onWork(lanes)
    await vitals.show('claims')
    const now = Date.now()
    if (now - lastBeat > GAP_MS) connectedSince = now
    lastBeat = now
    // After an outage every lease looks old, also those of workers that live: give them one lease to speak up.
    if (!isAnyLost || now - connectedSince < LEASE_SECONDS * 1000) return
    const ended = await failLostJobs(db, worker.stanzaName)
    if (ended.length > 0) logger.warn({ jobs: ended.map(String) }, 'jobs of a silent worker were ended as failed')
  }

  function tick(): void {
    beating ??= live()
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'heartbeat not written'))
      .finally(() => (beating = null))
  }

  tick()
  const timer = setInterval(tick, HEARTBEAT_MS)

  return {
    async stop() {
      clearInterval(timer)
      await beating
      await retireWorker(db, worker.id).catch((error: unknown) => logger.warn({ error: String(error) }, 'could not sign off'))
    },
  }
}
