import type { Db } from '@/lib/db'
import { readAround, readEventSearch, readEvents, readTallySince } from '@/lib/salespider/life/data'
import { noteCluster } from '@/lib/salespider/life/memory/data'
import { worstOf } from '@/lib/salespider/life/rules'
import { type ShopDb, shopDb } from '@/lib/shop-db'
import { readBackdrop } from './backdrop/data'
import { longest } from './ribbon/rules'
import { aroundOf, binsOf, thinnedSets } from './rules'
import type { Bar, EventList, MomentView, TimelineQuery, TimelineSlice } from './schema'
import { readSegments } from './segments/data'
import { daysOf, readBars, readStrip } from './strip/data'

const HOUR = 3_600_000
/** Sales by themselves: so many at most, in a view that is no wider */
const SALES = 400
const SALES_VIEW = 2 * HOUR
/** Events by themselves: so many at most, in a view that is no wider; else in so many groups at most, which is four months of days */
const EVENTS = 100
const EVENTS_VIEW = 36 * HOUR
const GROUPS = 130
const SETS = 200
const SPANS = 200
const POINTS = 50
const [BEFORE, AFTER] = [3, 8]
const LISTED = 50

/** Everything that is drawn of a view. Where the shop cannot be read, what is remembered of it. */
export async function readTimeline(
  db: Db, stanza: string, { from, to, bars }: TimelineQuery, now: Date, shop: ShopDb = shopDb(),
): Promise<TimelineSlice> {
  const { zone, cluster, segmentSize, earliest, sets, ribbon } = await readBackdrop(db, stanza, now)
  if (cluster) noteCluster(shop, cluster)
  const bins = binsOf({ from, to }, bars, zone)
  const view = { from: bins.edges[0] ?? from, to: bins.edges.at(-1) ?? to }
  const strip = await readStrip(shop, earliest, zone, now)
  const [points, segments, sales, events] = await Promise.all([
    listPoints(db, stanza, view),
    readSegments(db, stanza, { from, to }, segmentSize),
    readBars(shop, bins, to - from <= SALES_VIEW ? SALES : 0, strip, now),
    readEvents(shop, binsOf(view, GROUPS, zone).edges, to - from <= EVENTS_VIEW ? EVENTS : 0, now),
  ])
  // What is remembered of the past may be fresh while the shop is down: today tells.
  const { reading } = worstOf([sales, events, strip.today])
  return {
    ...view, now: now.getTime(), bin: bins.bin, reading, readAt: worstOf([sales, events]).readAt?.getTime() ?? null, points, segments,
    all: { from: strip.from, to: now.getTime(), days: daysOf(strip).map(toBar) },
    bars: (sales.value?.bins ?? []).map(toBar),
    sales: sales.value?.sales ?? [],
    events: (events.value ?? []).map((cell) => ({ ...cell, at: cell.at.getTime(), to: cell.to.getTime() })),
    sets: thinnedSets(sets, view, SETS),
    reach: longest(ribbon.reach, SPANS), gaps: longest(ribbon.gaps, SPANS), branches: longest(ribbon.branches, SPANS),
  }
}

function toBar({ at, count, takings }: { at: number; count: number; takings: number }): Bar {
  return [at, count, takings]
}

async function listPoints(db: Db, stanza: string, { from, to }: { from: number; to: number }): Promise<TimelineSlice['points']> {
  const rows = await db.restorePoint.findMany({
    where: { stanzaName: stanza, at: { gte: new Date(from), lt: new Date(to) } }, orderBy: { at: 'desc' }, take: POINTS,
    select: { name: true, at: true, timeline: true },
  })
  return rows.toReversed().map(({ name, at, timeline }) => ({ name, at: at.getTime(), timeline }))
}

/** What lies around a moment. Read of the shop alone. */
export async function readMoment(at: Date, now: Date, shop: ShopDb = shopDb()): Promise<MomentView> {
  const [around, since] = await Promise.all([readAround(shop, at, BEFORE, AFTER), readTallySince(at, now, shop)])
  return {
    at, ...worstOf([around, since]), ...aroundOf(around.value, BEFORE, AFTER),
    since: since.tally, deletedSince: around.value?.deletedSince ?? null,
  }
}

export type EventQuestion = { search: string; onlyDeletions: boolean; beforeAt?: number; beforeId?: string }

/** Newest first. */
export async function listEvents({ beforeAt, beforeId = '', ...asked }: EventQuestion, shop: ShopDb = shopDb()): Promise<EventList> {
  const before = beforeAt === undefined ? null : { at: new Date(beforeAt), id: beforeId }
  const { reading, value } = await readEventSearch(shop, { ...asked, before }, LISTED + 1)
  return { reading, events: value?.slice(0, LISTED) ?? [], hasMore: (value?.length ?? 0) > LISTED }
}
