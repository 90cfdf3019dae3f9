/** The clock's queries against a real control database: the answers of plain code over the same marks, however many there are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readClock } from '@/lib/restore/clock/data'
import { keepRepositories, recordTimelines, relookAt, replaceHeld, thinMarks, writeMarks } from '@/lib/restore/clock/mutations'
import type { Mark } from '@/lib/restore/clock/schema'
import { type Lineage, type TimelineHistory, lineageOf } from '@/lib/restore/lineage/rules'
import { planFor } from '@/lib/restore/plan/data'
import type { Target } from '@/lib/restore/schema'
import { formatLsn } from '@/lib/restore/wal/rules'
import { listTimelines, readWalFacts, readWindows } from '@/lib/restore/window/data'
import { type TestControl, startControl } from '../support/control'
import { SEGMENT_SIZE, SYSTEM, backupSet, clockOf, lsn, mark, minute, position } from '../support/wal'

const STANZA = 'salespider'
let control: TestControl
const db = () => control.db

beforeAll(async () => {
  control = await startControl(STANZA)
})
afterAll(() => control.stop())

async function observe(timeline: number, history: TimelineHistory['parents'] = []): Promise<void> {
  const observation = { up: true, systemId: SYSTEM, timeline, history: history.map((parent) => ({ ...parent })) }
  await db().stanza.update({ where: { name: STANZA }, data: { observation } })
}

async function addSet(set: ReturnType<typeof backupSet>): Promise<void> {
  const { stoppedAt, ...row } = set
  await db().backupSet.create({
    data: {
      ...row, stanzaName: STANZA, type: 'full', reference: [], startedAt: new Date(stoppedAt.getTime() - 60_000), stoppedAt,
      lsnStart: set.lsnStop, databaseDelta: 1, repositoryDelta: 1, annotation: {}, backrestVersion: '2.45',
    },
  })
}

describe('the reader', () => {
  const timelines: TimelineHistory[] = [
    { id: 1, parents: [] }, { id: 2, parents: [{ timeline: 1, switchLsn: lsn(5) }] },
    { id: 3, parents: [{ timeline: 1, switchLsn: lsn(5) }, { timeline: 2, switchLsn: lsn(6.5) }] },
  ]
  const marks: Mark[] = [[1, 2, 10], [2, 5.1, 70], [3, 6.6, 100]].flatMap(([timeline = 0, from = 0, since = 0]) =>
    Array.from({ length: 50 }, (_, n) => ({ ...mark(timeline, from + n / 10, since + n), xid: n === 7 ? 0n : BigInt(since * 10 + n) })))
  const lineages = [1, 2, 3].map((id) => lineageOf(id, timelines) as Lineage)

  beforeAll(async () => {
    await writeMarks(db(), STANZA, marks)
    await writeMarks(db(), STANZA, marks.slice(0, 5))
  })
  afterAll(() => db().walMark.deleteMany())

  it.each(lineages.map((lineage, n) => [n + 1, lineage] as const))('answers as plain code does, on the lineage of %i', async (_, lineage) => {
    const [reader, plain] = [readClock(db(), STANZA), clockOf(marks)]
    const places = [0, 1.9, 2, 4.95, 5, 5.05, 5.1, 6.5, 6.55, 6.6, 7.3, 99].map(position)
    expect(await reader.lastUpTo(lineage, places)).toEqual(await plain.lastUpTo(lineage, places))
    for (const place of places) expect(await reader.firstPast(lineage, place)).toEqual(await plain.firstPast(lineage, place))
    for (const at of [0, 10, 33.3, 60, 61, 69, 70, 85, 100, 119, 200].map(minute)) {
      expect(await reader.lastBy(at)).toEqual(await plain.lastBy(at))
      expect(await reader.firstSince(lineage, at)).toEqual(await plain.firstSince(lineage, at))
    }
    for (const xid of [1n, 100n, 107n, 108n, 700n, 707n, 1_030n, 9_999n]) {
      expect(await reader.aroundXid(lineage, xid)).toEqual(await plain.aroundXid(lineage, xid))
    }
    for (const timeline of [1, 2, 3, 4]) {
      expect(await reader.ends(timeline, position(5.3))).toEqual(await plain.ends(timeline, position(5.3)))
    }
  })

  it('asks nothing where nothing is asked', async () => {
    expect(await readClock(db(), STANZA).lastUpTo([], [1n])).toEqual([null])
    expect(await readClock(db(), 'elsewhere').lastBy(minute(999))).toBeNull()
    expect(await readClock(db(), STANZA).point('none')).toBeNull()
  })
})

describe('thinning', () => {
  const DAY = 1_440
  const kept = () => db().walMark.findMany({ orderBy: [{ timeline: 'asc' }, { lsn: 'asc' }] })
  beforeAll(() => recordTimelines(db(), STANZA, SYSTEM, [{ id: 2, parents: [{ timeline: 1, switchLsn: lsn(3.5) }] }], new Date()))
  afterAll(async () => {
    await db().walMark.deleteMany()
    await db().timeline.deleteMany()
  })

  it('leaves one a minute after a day, one in ten minutes after a month, and those around a fork', async () => {
    // Twelve a minute, for half an hour: positions 3.0 to 3.9, the fork at 3.5 in its fifteenth minute
    const marks = Array.from({ length: 360 }, (_, n) => mark(1, 3 + n / 400, n / 12))
    await writeMarks(db(), STANZA, marks)
    await thinMarks(db(), STANZA, minute(0.9 * DAY))
    expect(await kept()).toHaveLength(360)
    await thinMarks(db(), STANZA, minute(2 * DAY))
    const perMinute = await kept()
    expect(perMinute.length).toBeGreaterThanOrEqual(30)
    expect(perMinute.length).toBeLessThanOrEqual(34)
    const around = (all: { lsn: bigint }[]) => [all.findLast((each) => each.lsn <= position(3.5))?.lsn, all.find((each) => each.lsn > position(3.5))?.lsn]
    expect(around(perMinute)).toEqual(around(marks))
    expect(perMinute[0]?.lsn).toBe(marks[0]?.lsn)
    expect(perMinute.at(-1)?.lsn).toBe(marks.at(-1)?.lsn)
    await thinMarks(db(), STANZA, minute(40 * DAY))
    const perTen = await kept()
    expect(perTen.length).toBeLessThanOrEqual(7)
    expect(around(perTen)).toEqual(around(marks))
    await thinMarks(db(), STANZA, minute(40 * DAY))
    expect(await kept()).toEqual(perTen)
  })

  it('forgets what lies a day before the oldest set', async () => {
    await db().walMark.deleteMany()
    await writeMarks(db(), STANZA, [mark(1, 1, 0), mark(1, 2, 2 * DAY), mark(1, 3, 4 * DAY)])
    await addSet(backupSet({ label: '20261127-000900F', segments: [2, 2], stop: 2.5, minutes: 3 * DAY }))
    await thinMarks(db(), STANZA, minute(5 * DAY))
    expect((await kept()).map(({ at }) => at)).toEqual([minute(2 * DAY), minute(4 * DAY)])
    await db().backupSet.deleteMany()
  })
})

describe('what repositories hold', () => {
  const repository = { repoKey: 1, segmentSize: SEGMENT_SIZE }
  const span = (first: number, last: number) => ({ first: BigInt(first), last: BigInt(last) })
  const rows = async () => {
    const all = await db().walRange.findMany({ orderBy: [{ repoKey: 'asc' }, { first: 'asc' }] })
    return all.map(({ repoKey, first, last }) => [repoKey, Number(first), Number(last)])
  }
  const held = (...spans: ReturnType<typeof span>[]) => ({ archiveId: '15-1', timeline: 1, spans })
  const part = span(256, 511)
  afterAll(() => db().walRange.deleteMany())

  it('is replaced as a whole, or for a part', async () => {
    await replaceHeld(db(), STANZA, repository, [held(span(1, 255))], new Date())
    await replaceHeld(db(), STANZA, { ...repository, repoKey: 2 }, [held(span(3, 4))], new Date())
    await relookAt(db(), STANZA, repository, part, held(span(256, 260)), new Date())
    expect(await rows()).toEqual([[1, 1, 260], [2, 3, 4]])
    await relookAt(db(), STANZA, repository, part, held(span(256, 258), span(260, 261)), new Date())
    expect(await rows()).toEqual([[1, 1, 258], [1, 260, 261], [2, 3, 4]])
    await replaceHeld(db(), STANZA, repository, [held(span(200, 261))], new Date())
    expect(await rows()).toEqual([[1, 200, 261], [2, 3, 4]])
  })

  it('grows by one look after the other, also when two come at once', async () => {
    await Promise.all([262, 263, 264, 265].map((last) => relookAt(db(), STANZA, repository, part, held(span(256, last)), new Date())))
    expect((await rows())[0]?.[1]).toBe(200)
    expect(await rows()).toHaveLength(2)
  })

  it('is forgotten with a repository that is not configured any more', async () => {
    await keepRepositories(db(), STANZA, [2])
    expect(await rows()).toEqual([[2, 3, 4]])
  })
})

describe('a year of the shop', () => {
  const MARKS = 100_000
  const SETS = 2_000
  /** A mark every five minutes, a set every four hours, in a hundred fulls; a restore in the middle */
  const fork = position(50_000 / 12) + 100n

  beforeAll(async () => {
    await db().$executeRaw`
      INSERT INTO "wal_mark" ("stanza", "timeline", "lsn", "at", "xid")
      SELECT ${STANZA}, CASE WHEN n <= 50000 THEN 1 ELSE 2 END, (n::numeric * ${SEGMENT_SIZE} / 12)::bigint + 100,
        ${minute(0)}::timestamptz + n * interval '5 minutes', n
      FROM generate_series(1, ${MARKS}) n`
    const day = (n: number) => `2026${1_000 + Math.floor(n / 20)}`
    const label = (n: number) => (n % 20 === 0 ? `${day(n)}-000000F` : `${day(n)}-000000F_${day(n)}-${100_000 + n}I`)
    await db().backupSet.createMany({
      data: Array.from({ length: SETS }, (_, n) => {
        const segment = 4 + Math.floor(n * 4)
        const set = backupSet({
          label: label(n), timeline: n < 1_000 ? 1 : 2, segments: [segment, segment], stop: segment + 0.5, minutes: segment * 60 + 30,
          prior: n % 20 === 0 ? null : label(n - 1),
        })
        return {
          ...set, stanzaName: STANZA, type: n % 20 === 0 ? 'full' : 'incr', reference: [], startedAt: set.stoppedAt, lsnStart: set.lsnStop,
          databaseDelta: 1, repositoryDelta: 1, annotation: {}, backrestVersion: '2.45',
        }
      }),
    })
    const spans = (timeline: number, first: number, last: number) => ({ archiveId: '15-1', timeline, spans: [{ first: BigInt(first), last: BigInt(last) }] })
    await replaceHeld(db(), STANZA, { repoKey: 1, segmentSize: SEGMENT_SIZE }, [spans(1, 1, 4166), spans(2, 4166, 8300)], new Date())
    await observe(2, [{ timeline: 1, switchLsn: formatLsn(fork) }])
    await db().$executeRaw`ANALYZE`
  })

  const now = minute(MARKS * 5 + 1)
  async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; took: number }> {
    await work()
    const runs = []
    for (let n = 0; n < 5; n += 1) {
      const began = performance.now()
      const answer = await work()
      runs.push({ answer, took: performance.now() - began })
    }
    return runs.toSorted((a, b) => a.took - b.took)[0] as { answer: T; took: number }
  }

  it('is read quickly', async () => {
    const facts = await timed(() => readWalFacts(db(), STANZA))
    const windows = await timed(() => readWindows(db(), STANZA, now))
    const timelines = await timed(() => listTimelines(db(), STANZA))
    const wishes: Target[] = [
      { type: 'latest' }, { type: 'time', at: minute(123_456).toISOString() }, { type: 'xid', xid: '99000' }, { type: 'lsn', lsn: lsn(6000.5) },
    ]
    const plans = []
    for (const target of wishes) plans.push(await timed(() => planFor(db(), STANZA, { target }, now)))
    expect(facts.answer?.sets).toHaveLength(SETS)
    expect(windows.answer).toMatchObject([{ timeline: 2, gaps: [], latest: minute(8300 * 60 + 55) }])
    expect(timelines.answer).toHaveLength(2)
    for (const { answer } of plans) expect(answer).toHaveProperty('plan')
    for (const { took } of [windows, timelines, ...plans]) expect(took).toBeLessThan(500)
  })

  it('is thinned out in a moment', async () => {
    const began = performance.now()
    await thinMarks(db(), STANZA, now)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(await db().walMark.count()).toBeLessThan(MARKS)
  })
})
