import type { Db } from '@/lib/db'
import type { Reached, RestorePlan } from '../schema'

type Made = { id: string; plan: RestorePlan; actorName: string; jobId: bigint; expiresAt: Date }

export async function createRehearsal(db: Db, stanza: string, { plan, ...row }: Made): Promise<void> {
  await db.rehearsal.create({ data: { ...row, stanzaName: stanza, plan, target: plan.target } })
}

/** It is being moved: what it showed is no longer so. */
export async function moveRehearsal(db: Db, id: string, { plan, jobId, expiresAt }: Pick<Made, 'plan' | 'jobId' | 'expiresAt'>): Promise<void> {
  const data = { status: 'preparing', plan, target: plan.target, jobId, expiresAt, comparedAt: null } as const
  await forgetRows(db, id)
  await db.$executeRaw`UPDATE "rehearsal" SET "comparison" = NULL, "reached" = NULL WHERE "id" = ${id}`
  await db.rehearsal.update({ where: { id }, data })
}

export async function readyRehearsal(db: Db, id: string, { reached, size }: { reached: Reached; size: number }, now: Date): Promise<void> {
  await db.rehearsal.update({ where: { id }, data: { status: 'ready', reached, size: BigInt(size), readyAt: now } })
}

/** Its files are still there: it can be moved or discarded. */
export async function failRehearsal(db: Db, id: string): Promise<void> {
  await db.rehearsal.update({ where: { id }, data: { status: 'failed' } })
}

/** Its files are gone, or have become the shop. */
export async function endRehearsal(db: Db, id: string, status: 'failed' | 'switched' | 'discarded' | 'expired', now: Date): Promise<void> {
  await db.rehearsal.update({ where: { id }, data: { status, endedAt: now } })
  await forgetRows(db, id)
}

/** They are of the shop's own data: they stay no longer than the copy they were seen in. */
async function forgetRows(db: Db, id: string): Promise<void> {
  await db.differenceRow.deleteMany({ where: { rehearsalId: id } })
}
