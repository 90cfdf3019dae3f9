import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { readClock } from '../clock/data'
import { findCurrentRehearsal } from '../rehearsal/data'
import type { RestorePlan, RestoreWish } from '../schema'
import { readWalFacts } from '../window/data'
import { type PlanOutcome, planOf, spaceNeeded } from './rules'
import type { ChainSet, PlanAnswer, PlanDetails } from './schema'

/** What a restore would do if it was asked for now, or why it cannot. */
export async function planFor(db: Db, stanza: string, wish: RestoreWish, now: Date): Promise<PlanOutcome> {
  const facts = await readWalFacts(db, stanza)
  return facts ? planOf(facts, wish, readClock(db, stanza), now) : { refusal: { code: 'database-unknown', params: {} } }
}

/** The same, with what it reads and whether there is room. */
export async function answerPlan(db: Db, stanza: string, wish: RestoreWish, now: Date): Promise<PlanAnswer> {
  const outcome = await planFor(db, stanza, wish, now)
  return 'plan' in outcome ? { plan: outcome.plan, details: await detailsOf(db, stanza, outcome.plan) } : outcome
}

async function detailsOf(db: Db, stanza: string, plan: RestorePlan): Promise<PlanDetails> {
  const [chain, row, rehearsal, to] = await Promise.all([
    listChain(db, stanza, plan),
    db.stanza.findUnique({ where: { name: stanza }, select: { observation: true } }),
    findCurrentRehearsal(db, stanza),
    findEnd(db, stanza, plan),
  ])
  const { volume } = clusterObservationSchema.parse(row?.observation ?? { up: false })
  return {
    chain, to, from: chain.at(-1)?.stoppedAt ?? null, free: volume?.free ?? null,
    needed: Math.max(0, spaceNeeded(plan) - (rehearsal?.size ?? 0)),
  }
}

async function listChain(db: Db, stanza: string, { repo, chain }: RestorePlan): Promise<ChainSet[]> {
  const rows = await db.backupSet.findMany({
    where: { stanzaName: stanza, repoKey: repo, label: { in: chain } },
    select: { label: true, type: true, stoppedAt: true, repositoryDelta: true, annotation: true }, orderBy: { stoppedAt: 'asc' },
  })
  return rows.map(({ label, type, stoppedAt, repositoryDelta, annotation }) => {
    const { by = null, reason = null } = annotation as Record<string, string>
    return { label, type: backupTypeSchema.parse(type), stoppedAt, size: Number(repositoryDelta), by, reason }
  })
}

async function findEnd(db: Db, stanza: string, { target, time }: RestorePlan): Promise<Date | null> {
  if (time) return new Date(time)
  const point = target.type === 'name' ? await readClock(db, stanza).point(target.name) : null
  return point?.at ?? null
}
