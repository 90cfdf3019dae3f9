/** Where a target lies in the WAL, as far as the clock tells. */
import type { ClockReader, Mark } from '../clock/schema'
import { type Lineage, isOn } from '../lineage/rules'
import { type Base, type WalFacts, reachOf } from '../reach/rules'
import type { PlanRefusal, RestoreWish, Target } from '../schema'
import { parseLsn } from '../wal/rules'

export type Aim = {
  /** With the WAL up to here the target is reached; null where nothing on the lineage lies behind it */
  proof: Pick<Mark, 'timeline' | 'lsn'> | null
  /** Whether the set was finished before the target */
  isBefore(base: Base): boolean
  /** A time target as PostgreSQL takes it */
  time: string | null
}

export type Course = {
  wish: RestoreWish
  facts: WalFacts
  clock: ClockReader
  now: Date
  /** The lineage that is asked for, and the timeline it ends in */
  lineage: Lineage
  tip: number
  /** The sets that serve it and that the wish leaves to choose from, oldest first */
  candidates: readonly Base[]
}

type Outcome = { aim: Aim } | { refusal: PlanRefusal }
const LAST = 0x7fff_ffff_ffff_ffffn
const XIDS_OF_AN_EPOCH = 1n << 32n

/** For every target but `set`, which says itself where it lies. */
export async function aimAt(target: Exclude<Target, { type: 'set' }>, course: Course): Promise<Outcome> {
  switch (target.type) {
    case 'time':
      return aimAtTime(target.at, course)
    case 'latest':
      return aimAtLatest(course)
    case 'name':
      return aimAtPoint(target.name, course)
    case 'xid':
      return { aim: await aimAtXid(BigInt(target.xid), course) }
    case 'lsn':
      return { aim: await aimAtPosition(parseLsn(target.lsn), course) }
  }
}

async function aimAtTime(at: string, course: Course): Promise<Outcome> {
  const { clock, now, lineage } = course
  const instant = new Date(at)
  if (instant > now) return { refusal: { code: 'in-future', params: {} } }
  const lived = await clock.lastBy(instant)
  if (lived && !isOn(lineage, lived)) return { refusal: await elsewhere(lived, course) }
  // A mark has milliseconds: one of the same is not later.
  const isFiner = /\.\d{3}\d*[1-9]/.test(at)
  const proof = await clock.firstSince(lineage, isFiner ? new Date(instant.getTime() + 1) : instant)
  return { aim: { proof, time: at, isBefore: ({ from }) => from <= instant } }
}

type Lived = Pick<Mark, 'timeline' | 'lsn' | 'at'>

/** The shop lived it on another branch: never chosen by itself, and not to be found on the one that was asked for. */
async function elsewhere(
  { timeline, at }: Lived, { wish, clock, lineage, tip }: Pick<Course, 'wish' | 'clock' | 'lineage' | 'tip'>,
): Promise<PlanRefusal> {
  if (wish.timeline !== undefined) return { code: 'not-on-timeline', params: { timeline: tip } }
  const left = lineage.find((stretch) => stretch.timeline === timeline)?.to ?? 0n
  const ends = await clock.ends(timeline, left)
  const [from, to] = [ends?.first.at ?? at, ends?.last.at ?? at]
  return { code: 'on-dead-branch', params: { timeline, from: from.toISOString(), to: to.toISOString() } }
}

/** The newest mark that some set leads to. */
async function aimAtLatest({ clock, lineage, facts, candidates }: Course): Promise<Outcome> {
  const marks = await clock.lastUpTo(lineage, candidates.map((base) => reachOf(base, lineage, facts)))
  const proof = marks.reduce((best, mark, n) => {
    const from = candidates[n]?.from
    return mark && from && from <= mark.at && (!best || mark.lsn > best.lsn) ? mark : best
  }, null)
  if (proof) return { aim: { proof, time: proof.at.toISOString(), isBefore: ({ from }) => from <= proof.at } }
  const newest = candidates.at(-1)
  if (newest) return { refusal: { code: 'after-window', params: { latest: newest.set.stoppedAt.toISOString() } } }
  return { aim: { proof: null, time: null, isBefore: () => false } }
}

async function aimAtPoint(name: string, course: Course): Promise<Outcome> {
  const point = await course.clock.point(name)
  if (!point) return { refusal: { code: 'name-unknown', params: { name } } }
  if (!isOn(course.lineage, point)) return { refusal: await elsewhere(point, course) }
  return { aim: { proof: point, time: null, isBefore: ({ stop }) => stop <= point.lsn } }
}

/** Recovery stops behind the first record at or after the position: there must be one. */
async function aimAtPosition(position: bigint, { clock, lineage }: Course): Promise<Aim> {
  return { proof: await clock.firstPast(lineage, position), time: null, isBefore: ({ stop }) => stop <= position }
}

/** A transaction commits some time after it was given its number, which was behind the last mark with a smaller one. */
async function aimAtXid(asked: bigint, { clock, lineage }: Course): Promise<Aim> {
  const [newest = null] = await clock.lastUpTo(lineage, [LAST])
  const { before, since } = await clock.aroundXid(lineage, withEpoch(asked, newest?.xid ?? 0n))
  return { proof: since, time: null, isBefore: ({ stop }) => before !== null && stop <= before.lsn }
}

/** Rows and logs show 32 bits of a transaction's number: the newest that ends in them is meant. */
export function withEpoch(xid: bigint, newest: bigint): bigint {
  if (xid >= XIDS_OF_AN_EPOCH) return xid
  const same = newest - (newest % XIDS_OF_AN_EPOCH) + xid
  return same <= newest || same < XIDS_OF_AN_EPOCH ? same : same - XIDS_OF_AN_EPOCH
}
