/** From a wish to what a restore will do, or to why it cannot. */
import { chainOf } from '@/lib/backups/rules'
import { type Aim, type Course, aimAt } from '../aim/rules'
import type { ClockReader } from '../clock/schema'
import { isOn, lineageOf, serves } from '../lineage/rules'
import { type Base, type WalFacts, basesOf, reachOf } from '../reach/rules'
import type { PlanRefusal, RestorePlan, RestoreWish } from '../schema'
import { DEFAULT_SEGMENT_SIZE, segmentOf } from '../wal/rules'

/** WAL that a server keeps while it replays, at most, and what it writes besides: bytes */
const WAL_KEPT = 2 ** 30
const MARGIN = 64 * 2 ** 20

/** Bytes that a copy of the set needs while it is replayed. */
export function spaceNeeded({ databaseSize, segments }: Pick<RestorePlan, 'databaseSize' | 'segments'>): number {
  return databaseSize + Math.min((segments + 2) * DEFAULT_SEGMENT_SIZE, WAL_KEPT) + MARGIN
}

export type PlanOutcome = { plan: RestorePlan } | { refusal: PlanRefusal }

export async function planOf(facts: WalFacts, wish: RestoreWish, clock: ClockReader, now: Date): Promise<PlanOutcome> {
  const tip = wish.timeline ?? facts.live
  const lineage = lineageOf(tip, facts.timelines)
  if (!lineage || !facts.timelines.some(({ id }) => id === tip)) return refuse('timeline-unknown', { timeline: tip })
  const bases = basesOf(facts).filter(({ set }) => wish.repo === undefined || set.repoKey === wish.repo)
  const label = wish.target.type === 'set' ? wish.target.label : wish.set
  const refusal = label === undefined ? null : refusalOfSet(label, wish, facts, bases)
  if (refusal) return { refusal }
  const asked = bases.filter(({ set }) => label === undefined || set.label === label)
  const candidates = asked.filter(({ set }) => serves(set, lineage, facts.systemId))
  if (wish.target.type === 'set') return planSet(wish, facts, wish.timeline === undefined ? asked : candidates, tip)
  const course = { wish, facts, clock, now, lineage, tip, candidates }
  const outcome = await aimAt(wish.target, course)
  return 'refusal' in outcome ? outcome : choose(outcome.aim, course)
}

function refuse(code: PlanRefusal['code'], params: PlanRefusal['params'] = {}): { refusal: PlanRefusal } {
  return { refusal: { code, params } }
}

function refuseWithoutSet({ sets, systemId }: WalFacts): { refusal: PlanRefusal } {
  const newest = sets.at(-1)
  const isForeign = newest && sets.every((set) => set.systemId !== systemId)
  return isForeign ? refuse('set-of-another-cluster', { label: newest.label }) : refuse('no-set')
}

/** What stands against a set by itself, wherever it shall lead. */
function refusalOfSet(
  label: string, { repo }: RestoreWish, { sets, systemId }: WalFacts, bases: readonly Base[],
): PlanRefusal | null {
  const known = sets.filter((set) => set.label === label && (repo === undefined || set.repoKey === repo))
  if (known.length === 0) return { code: 'set-unknown', params: { label } }
  if (!known.some((set) => set.systemId === systemId)) return { code: 'set-of-another-cluster', params: { label } }
  return bases.some(({ set }) => set.label === label) ? null : { code: 'set-unusable', params: { label } }
}

/** A set of whatever branch: naming it is choosing that one. */
function planSet({ target }: RestoreWish, facts: WalFacts, bases: readonly Base[], timeline: number): PlanOutcome {
  const base = newestOf(bases)
  if (!base) return refuse('set-off-lineage', { label: target.type === 'set' ? target.label : '', timeline })
  const live = lineageOf(facts.live, facts.timelines)
  return {
    plan: {
      ...partsOf(base, facts), target, timeline: base.timeline, time: null,
      segments: Number(base.end - base.start) + 1,
      isOnLiveLineage: live !== null && serves(base.set, live, facts.systemId),
    },
  }
}

async function choose(aim: Aim, course: Course): Promise<PlanOutcome> {
  const { wish, facts, lineage, tip, candidates } = course
  if (candidates.length === 0) {
    return wish.set ? refuse('set-off-lineage', { label: wish.set, timeline: tip }) : refuseWithoutSet(facts)
  }
  const before = candidates.filter(aim.isBefore)
  if (before.length === 0) {
    return wish.set ? refuse('set-too-late', { label: wish.set }) : refuse('before-window', { earliest: earliestOf(candidates) })
  }
  const { proof } = aim
  const base = proof && newestOf(before.filter((candidate) => reachOf(candidate, lineage, facts) >= proof.lsn))
  if (!proof || !base) return { refusal: await unreached(aim, before, course) }
  const live = lineageOf(facts.live, facts.timelines)
  return {
    plan: {
      ...partsOf(base, facts), target: wish.target, time: aim.time,
      timeline: timelineOf(base, proof, course),
      segments: Number(segmentOf(proof.lsn - 1n, facts.segmentSize) - base.start) + 1,
      isOnLiveLineage: live !== null && serves(base.set, live, facts.systemId) && isOn(live, proof),
    },
  }
}

/**
 * The one the target lies on, so that the timeline that a restore opens names as its parent what it grew from. Where that
 * one's own segments do not lead there (the last one is only in the newer one's first), the one that was asked for.
 */
function timelineOf(base: Base, { timeline, lsn }: NonNullable<Aim['proof']>, { facts, tip }: Course): number {
  const own = lineageOf(timeline, facts.timelines)
  return own && serves(base.set, own, facts.systemId) && reachOf(base, own, facts) >= lsn ? timeline : tip
}

function partsOf({ set }: Base, { sets }: WalFacts): Pick<RestorePlan, 'repo' | 'label' | 'chain' | 'databaseSize'> {
  const linked = sets.map((other) => ({ ...other, reference: [] }))
  const chain = chainOf({ ...set, reference: [] }, linked) ?? []
  return { repo: set.repoKey, label: set.label, chain: chain.map(({ label }) => label), databaseSize: set.databaseSize }
}

/** By when it was finished, then by the lower key of its repository. */
function newestOf(bases: readonly Base[]): Base | null {
  const [newest] = bases.toSorted(({ set: a }, { set: b }) => b.stoppedAt.getTime() - a.stoppedAt.getTime() || a.repoKey - b.repoKey)
  return newest ?? null
}

function earliestOf(bases: readonly Base[]): string {
  return new Date(Math.min(...bases.map(({ from }) => from.getTime()))).toISOString()
}

/** Either the WAL ends before the target, or it is interrupted and goes on behind it. */
async function unreached({ proof }: Aim, before: readonly Base[], course: Course): Promise<PlanRefusal> {
  const { facts, clock, lineage, candidates } = course
  const reaches = (bases: readonly Base[]) => bases.map((base) => ({ base, reach: reachOf(base, lineage, facts) }))
  const beyond = proof ? reaches(candidates).filter(({ reach }) => reach >= proof.lsn).map(({ base }) => base) : []
  const furthest = reaches(beyond.length > 0 ? before : candidates).reduce((far, { reach }) => (reach > far ? reach : far), 0n)
  const [last = null] = await clock.lastUpTo(lineage, [furthest])
  const end = (last?.at ?? before.at(-1)?.set.stoppedAt ?? new Date(0)).toISOString()
  return beyond.length === 0
    ? { code: 'after-window', params: { latest: end } }
    : { code: 'in-gap', params: { from: end, to: earliestOf(beyond) } }
}
