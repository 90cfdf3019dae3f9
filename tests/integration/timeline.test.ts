import { NextRequest } from 'next/server'
import { encode } from 'next-auth/jwt'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as getEvents } from '@/app/api/restore/events/route'
import { GET as getMoment } from '@/app/api/restore/moment/route'
import { GET as getTimeline } from '@/app/api/restore/timeline/route'
import { SESSION_COOKIE } from '@/lib/auth/cookies'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/schema'
import { db as dashboardDb } from '@/lib/dashboard-db'
import { readTimeline } from '@/lib/restore/timeline/data'
import { eventListSchema, momentViewSchema, timelineSliceSchema } from '@/lib/restore/timeline/schema'
import { type ShopDb, openShopDb, shopDb } from '@/lib/shop-db'
import { type TestControl, startControl } from '../support/control'
import { MANY_EVENTS, MANY_SALES, PEOPLE_AND_PRODUCTS, type TestShop, createShop, fillClock, fillSets } from '../support/life'
import { SYSTEM, lsn, position } from '../support/wal'

const request = vi.hoisted(() => ({ cookies: new Map<string, { value: string }>(), headers: new Headers() }))
vi.mock('next/headers', () => ({ cookies: async () => request.cookies, headers: async () => request.headers }))

const secret = 'a secret of more than thirty-two characters'
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const YEAR = 365 * DAY

let control: TestControl
let shop: TestShop
let client: ShopDb
/** Each read at another time: what all views share is kept for a moment. */
let now = new Date('2026-11-24T18:00:00Z')
const later = () => (now = new Date(now.getTime() + MINUTE))

beforeAll(async () => {
  control = await startControl()
  shop = await createShop(control.postgres.url, 'shop')
  await shop.sql(PEOPLE_AND_PRODUCTS)
  Object.assign(process.env, { BACKUP_DATABASE_URL: control.url, DATABASE_URL: shop.url, NEXTAUTH_SECRET: secret })
})
afterAll(async () => {
  await shopDb().close()
  await dashboardDb().$disconnect()
  await shop.close()
  await control.stop()
})
beforeEach(() => {
  later()
  // One of its own: nothing is remembered from the test before.
  client = openShopDb(shop.url)
})
afterEach(async () => {
  const { db, stanza } = control
  await client.close()
  await shop.sql('TRUNCATE "Sale" CASCADE; TRUNCATE audit_logs')
  for (const table of [db.backupSet, db.walMark, db.walRange, db.timeline, db.restorePoint]) await (table as typeof db.backupSet).deleteMany()
  await db.stanza.update({ where: { name: stanza }, data: { observation: { up: false }, shop: {} } })
})

const ago = (span: number) => new Date(now.getTime() - span)
function read(from: Date, to: Date, bars = 200) {
  return readTimeline(control.db, control.stanza, { from: from.getTime(), to: to.getTime(), bars }, now, client)
}
const sum = (counts: readonly { count: number }[]) => counts.reduce((all, { count }) => all + count, 0)
const bytes = (answer: unknown) => JSON.stringify(answer).length

describe('a year with a million sales, ten thousand sets and twenty thousand events', () => {
  it('is at most 100 kB whatever the view, and counts everything once', async () => {
    await shop.sql(MANY_SALES, [1_000_000, ago(YEAR).toISOString(), now.toISOString()])
    await shop.sql(MANY_EVENTS, [20_000, ago(YEAR).toISOString(), now.toISOString()])
    await shop.sql('VACUUM ANALYZE')
    await fillSets(control.db, control.stanza, 10_000, ago(YEAR), ago(MINUTE))
    await fillClock(control.db, control.stanza, ago(YEAR), now)
    const year = await read(ago(YEAR), now)
    expect(timelineSliceSchema.safeParse(JSON.parse(JSON.stringify(year))).success).toBe(true)
    expect(year).toMatchObject({ reading: 'ok', bin: 604_800, sales: [] })
    expect([sum(year.sets), year.bars.reduce((all, [, count]) => all + count, 0), sum(year.events)]).toEqual([10_000, 1_000_000, 20_000])
    expect(year.events.reduce((all, { deletions }) => all + deletions, 0)).toBe(200)
    expect(year.all.days.reduce((all, [, count]) => all + count, 0)).toBe(1_000_000)
    expect(year.sets.length).toBeLessThanOrEqual(250)
    expect(year.reach).toHaveLength(1)
    for (const [span, bars] of [[YEAR, 250], [120 * DAY, 250], [30 * DAY, 250], [DAY, 250], [2 * HOUR, 250], [MINUTE, 250]] as const) {
      const view = await read(ago(DAY + span), ago(DAY), bars)
      expect(view.reading).toBe('ok')
      expect(bytes(view), `${span / HOUR} h`).toBeLessThanOrEqual(100_000)
      expect(view.bars.length).toBeLessThanOrEqual(bars)
      expect(view.events.length).toBeLessThanOrEqual(200)
    }
    expect((await read(ago(2 * HOUR), now)).sales.length).toBeGreaterThan(200)
    expect((await read(ago(3 * HOUR), now)).sales).toEqual([])
  }, 300_000)
})

describe('ten thousand events in a minute', () => {
  beforeEach(() => shop.sql(MANY_EVENTS, [10_000, ago(HOUR).toISOString(), ago(HOUR - MINUTE).toISOString()]))

  it('are told in groups, each with its first deletion', async () => {
    const { events, ...view } = await read(ago(HOUR + MINUTE), ago(HOUR - 2 * MINUTE))
    expect(view.reading).toBe('ok')
    expect(events.length).toBeLessThanOrEqual(200)
    expect([sum(events), events.reduce((all, { deletions }) => all + deletions, 0)]).toEqual([10_000, 100])
    expect(events.every(({ first, at, to }) => first.kind === 'product-deleted' && first.at.getTime() >= at && first.at.getTime() <= to)).toBe(true)
  })

  it('by themselves where few of them are in view', async () => {
    const { events, from, to } = await read(ago(HOUR - 200), ago(HOUR - 300))
    expect(to - from).toBe(10_000)
    expect(sum(events)).toBeGreaterThan(1_000)
    const quiet = await read(ago(HOUR + 2 * MINUTE), ago(HOUR))
    expect(quiet.events).toEqual([])
  })
})

describe('few events', () => {
  it('stand by themselves up to a day and a half, in days above', async () => {
    await shop.sql(MANY_EVENTS, [60, ago(DAY).toISOString(), now.toISOString()])
    const day = await read(ago(DAY), now)
    expect(day.events).toHaveLength(60)
    expect(day.events.every(({ count, at, to, first }) => count === 1 && at === to && first.at.getTime() === at)).toBe(true)
    const month = await read(ago(30 * DAY), now)
    expect(month.events.length).toBeLessThanOrEqual(2)
    expect(sum(month.events)).toBe(60)
  })
})

describe('bins', () => {
  it('are the shop’s days, in its own zone', async () => {
    await control.db.stanza.update({ where: { name: control.stanza }, data: { shop: { timeZone: 'Europe/Berlin' } } })
    await shop.sql(MANY_SALES, [3 * 24, '2026-10-23T22:00:00', '2026-10-26T22:00:00'])
    const { bars, bin } = await read(new Date('2026-10-23T22:00Z'), new Date('2026-10-26T23:00Z'), 20)
    expect(bin).toBe(14_400)
    expect(bars.reduce((all, [, count]) => all + count, 0)).toBe(72)
    const wide = await read(new Date('2026-10-20T22:00Z'), new Date('2026-11-05T23:00Z'), 20)
    expect(wide.bars.map(([at, count]) => [new Date(at).toISOString(), count])).toEqual([
      ['2026-10-23T22:00:00.000Z', 24], ['2026-10-24T22:00:00.000Z', 25], ['2026-10-25T23:00:00.000Z', 23],
    ])
  })

  it('of the strip begin with the first sale, four months back at most, or with what can be restored', async () => {
    await shop.sql(MANY_SALES, [100, ago(10 * DAY).toISOString(), now.toISOString()])
    expect((await read(ago(DAY), now)).all).toMatchObject({ from: Date.parse(`${ago(10 * DAY).toISOString().slice(0, 10)}T00:00Z`) - HOUR, to: now.getTime() })
    await fillSets(control.db, control.stanza, 1, ago(40 * DAY), ago(40 * DAY))
    await fillClock(control.db, control.stanza, ago(41 * DAY), now)
    later()
    expect(now.getTime() - (await read(ago(DAY), now)).all.from).toBeGreaterThan(39 * DAY)
  })
})

describe('what can be restored', () => {
  it('is told without a shop, too', async () => {
    await fillSets(control.db, control.stanza, 14, ago(DAY), ago(HOUR))
    await fillClock(control.db, control.stanza, ago(DAY), now)
    const query = { from: ago(DAY).getTime(), to: now.getTime(), bars: 200 }
    const view = await readTimeline(control.db, control.stanza, query, now, openShopDb(undefined))
    expect(view).toMatchObject({ reading: 'unset', readAt: null, bars: [], events: [], sales: [] })
    expect([sum(view.sets), view.sets.some(({ type }) => type === 'full'), view.reach.length]).toEqual([14, true, 1])
    expect(view.all.days).toEqual([])
  })

  it('with a branch that a restore left, a gap, and restore points in view', async () => {
    const { db, stanza } = control
    await fillSets(db, stanza, 1, ago(10 * HOUR), ago(10 * HOUR))
    const history = [{ timeline: 1, switchLsn: lsn(20) }]
    await db.stanza.update({ where: { name: stanza }, data: { observation: { up: true, systemId: SYSTEM, timeline: 2, history } } })
    const mark = (timeline: number, segments: number, span: number) => ({ stanzaName: stanza, timeline, lsn: position(segments), at: ago(span), xid: 1n })
    // At 4 h the shop was restored to 6 h.
    await db.walMark.createMany({ data: [
      mark(1, 6, 9 * HOUR), mark(1, 20, 6 * HOUR), mark(1, 29, 5 * HOUR), mark(2, 21, 4 * HOUR), mark(2, 39, HOUR), mark(2, 45, MINUTE),
    ] })
    const range = (timeline: number, first: number, last: number) => ({
      stanzaName: stanza, repoKey: 1, archiveId: '15-1', timeline, first: BigInt(first), last: BigInt(last), segmentSize: 16_777_216, checkedAt: now,
    })
    await db.walRange.createMany({ data: [range(1, 1, 29), range(2, 20, 38), range(2, 42, 60)] })
    await db.restorePoint.createMany({ data: [['stocktaking', 2 * HOUR], ['long ago', 90 * DAY]].map(([name, span]) => ({
      stanzaName: stanza, name: String(name), timeline: 2, lsn: 1n, at: ago(Number(span)), actorName: 'Ada',
    })) })
    const { reach, gaps, branches, points, sets } = await read(ago(12 * HOUR), now)
    expect(reach).toEqual([
      { timeline: 1, from: ago(10 * HOUR).getTime() + 1_000, to: ago(6 * HOUR).getTime(), isLive: true },
      { timeline: 2, from: ago(4 * HOUR).getTime(), to: ago(HOUR).getTime(), isLive: true },
      { timeline: 1, from: ago(6 * HOUR).getTime(), to: ago(5 * HOUR).getTime(), isLive: false },
    ])
    expect(branches).toEqual([{ timeline: 1, from: ago(6 * HOUR).getTime(), to: ago(5 * HOUR).getTime(), next: 2, leftAt: ago(4 * HOUR).getTime() }])
    expect(gaps).toEqual([{
      timeline: 2, from: ago(HOUR).getTime(), to: now.getTime(), first: '000000020000000000000027', last: '000000020000000000000029',
    }])
    expect(points).toEqual([{ name: 'stocktaking', at: ago(2 * HOUR).getTime(), timeline: 2 }])
    expect(sets).toMatchObject([{ type: 'full', isUsable: true, isOnLiveLineage: true, count: 1 }])
  })
})

describe('the routes', () => {
  type Get = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>
  const get = (route: Get, query: string) => route(new NextRequest(`http://127.0.0.1/backups/api/restore?${query}`), { params: Promise.resolve({}) })
  const routes: [string, Get, string, { safeParse(value: unknown): { success: boolean } }, string[]][] = [
    ['timeline', getTimeline, `from=${Date.now() - DAY}&to=${Date.now()}`, timelineSliceSchema, ['', 'from=5&to=4', 'from=1&to=x', `from=0&to=${9 * YEAR}`, 'from=1&to=2&bars=9']],
    ['moment', getMoment, `at=${new Date().toISOString()}`, momentViewSchema, ['', 'at=yesterday', 'at=2026-11-24T14:00:00']],
    ['events', getEvents, 'search=ada&onlyDeletions=true', eventListSchema, ['onlyDeletions=perhaps', `search=${'x'.repeat(201)}`, 'beforeAt=x']],
  ]

  async function signIn(role: Role) {
    const user = await control.db.user.create({ data: { email: `${role}@shop.example`, name: 'Ada', role, passwordHash: await hashPassword('correct horse') } })
    request.cookies.set(SESSION_COOKIE, { value: await encode({ token: { sub: user.id }, secret }) })
  }
  afterEach(async () => {
    request.cookies.clear()
    await control.db.user.deleteMany()
  })

  it.each(routes)('%s answers whoever may read backups', async (_, route, query, schema) => {
    await signIn('MANAGER')
    const response = await get(route, query)
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    const answer: unknown = await response.json()
    expect(schema.safeParse(answer).success).toBe(true)
    expect(answer).toMatchObject({ reading: 'ok' })
  })

  it.each(routes)('%s answers nobody else', async (_, route, query) => {
    expect((await get(route, query)).status).toBe(401)
    await signIn('CASHIER')
    expect((await get(route, query)).status).toBe(401)
  })

  it.each(routes)('%s says in words what it cannot read', async (_, route, __, ___, wrong) => {
    await signIn('SUPER_ADMIN')
    for (const query of wrong) {
      const response = await get(route, query)
      expect(response.status, query).toBe(400)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid', message: expect.stringContaining(' ') as string } })
    }
  })
})
