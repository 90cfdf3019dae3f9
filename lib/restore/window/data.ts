import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { listMarkedSpans, readClock } from '../clock/data'
import { type TimelineHistory, lineageOf, withAncestors } from '../lineage/rules'
import type { RestorableSet, StoredRange, WalFacts } from '../reach/rules'
import { type Gap, type RecoveryWindow, type TimelineView, timelineSchema } from '../schema'
import { DEFAULT_SEGMENT_SIZE } from '../wal/rules'
import { gapsOf, windowsOf } from './rules'

export type Recovery = { windows: RecoveryWindow[]; timelines: TimelineView[] }

/** Both at once: what they are made of is read once. */
export async function readRecovery(db: Db, stanza: string, now: Date): Promise<Recovery> {
  const facts = await readWalFacts(db, stanza)
  return facts ? recoveryOf(db, stanza, facts, now) : { windows: [], timelines: [] }
}

export async function recoveryOf(db: Db, stanza: string, facts: WalFacts, now: Date): Promise<Recovery> {
  const [windows, timelines] = await Promise.all([windowsOf(facts, readClock(db, stanza), now), timelinesOf(db, stanza, facts)])
  return { windows, timelines }
}

/** What can be restored, the live lineage first; empty while the shop's cluster has never been seen. */
export async function readWindows(db: Db, stanza: string, now: Date): Promise<RecoveryWindow[]> {
  const facts = await readWalFacts(db, stanza)
  return facts ? windowsOf(facts, readClock(db, stanza), now) : []
}

/** Of every repository and branch. */
export async function listGaps(db: Db, stanza: string): Promise<Gap[]> {
  const facts = await readWalFacts(db, stanza)
  return facts ? gapsOf(facts, readClock(db, stanza)) : []
}

/** Every timeline of the shop's cluster that is known, oldest first. */
export async function listTimelines(db: Db, stanza: string): Promise<TimelineView[]> {
  const facts = await readWalFacts(db, stanza)
  return facts ? timelinesOf(db, stanza, facts) : []
}

async function timelinesOf(db: Db, stanza: string, facts: WalFacts): Promise<TimelineView[]> {
  const live = lineageOf(facts.live, facts.timelines) ?? []
  const spans = await listMarkedSpans(db, stanza, facts.timelines.map(({ id }) => id))
  return facts.timelines.map(({ id, parents }) => ({
    id,
    parents: [...parents],
    beganAt: spans.get(id)?.first ?? null,
    endedAt: spans.get(id)?.last ?? null,
    isLive: id === facts.live,
    isAncestor: live.some(({ timeline }) => timeline === id),
  }))
}

/** Null while it is not known which cluster the shop is: then no set can be called its own. */
export async function readWalFacts(db: Db, stanza: string): Promise<WalFacts | null> {
  const [row, timelines, sets, ranges] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { observation: true } }),
    db.timeline.findMany({ where: { stanzaName: stanza }, orderBy: { id: 'asc' } }),
    listRestorableSets(db, stanza),
    db.walRange.findMany({ where: { stanzaName: stanza }, orderBy: { first: 'asc' } }),
  ])
  const { systemId, timeline: live, history } = clusterObservationSchema.parse(row?.observation ?? { up: false })
  if (!systemId || live === undefined) return null
  const known = timelines.filter((timeline) => timeline.systemId === systemId).map(toHistory)
  // What runs tells its own history; its file may not be readable there, though.
  const told = history.length > 0 || live === 1 ? [{ id: live, parents: history }] : []
  return {
    systemId, live, sets,
    timelines: withAncestors([{ id: live, parents: [] }, ...known, ...told]),
    ranges: ranges.map(({ repoKey, timeline, first, last }): StoredRange => ({ repoKey, timeline, first, last })),
    segmentSize: ranges[0]?.segmentSize ?? DEFAULT_SEGMENT_SIZE,
  }
}

/** The one with the highest number; null while none of the cluster is known. */
export async function findNewestTimeline(db: Db, stanza: string, systemId: string): Promise<TimelineHistory | null> {
  const row = await db.timeline.findFirst({ where: { stanzaName: stanza, systemId }, orderBy: { id: 'desc' } })
  return row && toHistory(row)
}

function toHistory({ id, parents }: { id: number; parents: unknown }): TimelineHistory {
  return { id, parents: timelineSchema.shape.parents.parse(parents) }
}

/** Oldest first. What a set refers to is left out: the chain of its priors is enough, and much less to read. */
function listRestorableSets(db: Db, stanza: string): Promise<RestorableSet[]> {
  return db.$queryRaw<RestorableSet[]>`
    SELECT "repoKey", "label", "prior", "error", "systemId", "archiveStart", "archiveStop", "lsnStop", "stoppedAt",
      "databaseSize"::float8 AS "databaseSize"
    FROM "backup_set" WHERE "stanza" = ${stanza} AND "expiredAt" IS NULL ORDER BY "stoppedAt"`
}
