/** What a worker writes of itself and of what it sees. Nobody else writes these rows. */
import type { Db } from '@/lib/db'
import { isSameSchedule } from '@/lib/policy/rules'
import { type Policy, policySchema } from '@/lib/policy/schema'
import type { TimelineHistory } from '@/lib/restore/lineage/rules'
import type { ShopProfile } from '@/lib/salespider/schema'
import type { ClusterObservation } from './schema'

export type WorkerRow = {
  /** New with every start: it fences the jobs of the last one */
  id: string
  stanzaName: string
  name: string
  pid: number
  version: string
  pgbackrestVersion: string | null
}

export async function registerWorker(db: Db, worker: WorkerRow): Promise<void> {
  await db.worker.create({ data: worker })
}

export async function retireWorker(db: Db, id: string): Promise<void> {
  await db.$executeRaw`UPDATE "worker" SET "stoppedAt" = clock_timestamp() WHERE "id" = ${id}`
}

/** A changed schedule counts from now on: what it did not ask for before was not missed. */
export async function publishPolicy(db: Db, stanza: string, policy: Policy, now: Date): Promise<Policy> {
  const row = await db.stanza.findUniqueOrThrow({ where: { name: stanza }, select: { policy: true } })
  const last = row.policy ? policySchema.parse(row.policy) : null
  const since = last && (isSameSchedule(last, policy) ? last.since : now.toISOString())
  const published = { ...policy, ...(since && { since }) }
  await db.stanza.update({ where: { name: stanza }, data: { policy: published } })
  return published
}

/** Which cluster it is and on which timeline stays as last seen while PostgreSQL does not answer: its sets are still its own. */
export async function publishObservation(db: Db, stanza: string, observation: ClusterObservation, now: Date): Promise<void> {
  const { history, ...unanswered } = observation
  const seen = JSON.stringify(observation.up ? { history, ...unanswered } : unanswered)
  await db.$executeRaw`
    UPDATE "stanza" SET "observedAt" = ${now}, "observation" = ${seen}::jsonb || CASE WHEN ${observation.up} THEN '{}' ELSE (
      SELECT COALESCE(jsonb_object_agg("key", "value"), '{}') FROM jsonb_each("observation")
      WHERE "key" IN ('systemId', 'timeline', 'history')) END
    WHERE "name" = ${stanza}`
}

/** Of a shop that this host has never seen running, told by its repositories. */
export async function publishIdentity(db: Db, stanza: string, systemId: string, { id, parents }: TimelineHistory): Promise<void> {
  const identity = JSON.stringify({ systemId, timeline: id, history: parents })
  await db.$executeRaw`
    UPDATE "stanza" SET "observation" = COALESCE("observation", '{"up":false}') || ${identity}::jsonb WHERE "name" = ${stanza}`
}

export async function publishShop(db: Db, stanza: string, shop: ShopProfile): Promise<void> {
  await db.stanza.update({ where: { name: stanza }, data: { shop } })
}
