import { type Server, type Socket, connect, createServer } from 'node:net'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seedShop } from '@/demo/seed-shop'
import { listEvents, readMoment } from '@/lib/restore/timeline/data'
import { readEvents, readSales, readTallySince } from '@/lib/salespider/life/data'
import { noteCluster } from '@/lib/salespider/life/memory/data'
import { type ShopDb, openShopDb } from '@/lib/shop-db'
import { MANY_SALES, PEOPLE_AND_PRODUCTS, type TestShop, createShop } from '../support/life'
import { type TestPostgres, freePort, runAsServer, startPostgres } from '../support/postgres'

const now = new Date('2026-11-24T18:00:00Z')
const at = (time: string) => new Date(`2026-11-24T${time}Z`)
const edges = (...times: string[]) => times.map((time) => at(time).getTime())
const [HOUR, DAY] = [3_600_000, 86_400_000]

let postgres: TestPostgres
const open: TestShop[] = []
beforeAll(async () => (postgres = await startPostgres()))
afterAll(() => postgres.stop())
afterEach(async () => {
  for (const shop of open.splice(0)) await shop.close()
})

let made = 0
async function shopOf(schema?: string): Promise<TestShop> {
  const shop = await createShop(postgres.url, `shop${(made += 1)}`, schema)
  open.push(shop)
  return shop
}

/** Ada's day: sales at 14:00:00.5 and 14:02:59 to 14:03:20, then she deletes; see `entry`. */
async function aDay(): Promise<TestShop> {
  const shop = await shopOf()
  await shop.sql(PEOPLE_AND_PRODUCTS)
  await sell(shop, '14:00:00.5', 1_000.5)
  await sell(shop, '14:02:59', 2_000)
  await sell(shop, '14:03:20', 300.25)
  return shop
}

let sold = 0
async function sell(shop: TestShop, time: string, amount: number, cashier = 'u2'): Promise<string> {
  const id = `sale${(sold += 1)}`
  await shop.sql(
    `INSERT INTO "Sale" (id, "cashierId", subtotal, "vatAmount", "vatPercentage", "totalAmount", "paymentMode", "createdAt", "updatedAt")
     VALUES ($1, $2, $3, 0, 0, $3, 'CASH', $4, $4)`, [id, cashier, amount, at(time).toISOString()])
  return id
}

type Entry = { entityType?: string; entityId?: string; action?: string; newValues?: object; metadata?: object; by?: string; email?: string }
let logged = 0
async function log(shop: TestShop, time: string, { entityType = 'PRODUCT', entityId = 'p2', action = 'UPDATE', newValues = {}, metadata = {}, by = 'u1', email }: Entry) {
  const id = `entry${String((logged += 1)).padStart(4, '0')}`
  await shop.sql(
    `INSERT INTO audit_logs (id, "entityType", "entityId", action, "newValues", metadata, "userId", "userEmail", timestamp) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, entityType, entityId, action, JSON.stringify(newValues), JSON.stringify(metadata), by, email ?? `${by}@shop.example`, at(time).toISOString()])
  return id
}

async function erase(shop: TestShop, time: string, product: string): Promise<string> {
  await shop.sql('UPDATE "Product" SET "deletedAt" = $2 WHERE id = $1', [product, at(time).toISOString()])
  return log(shop, time, { entityId: product, newValues: { deletedAt: at(time) }, metadata: { action: 'soft_delete' }, email: 'system' })
}

describe('sales', () => {
  it('are counted by bin, and told by themselves where they are few; one that was voided does not count', async () => {
    const shop = await aDay()
    const voided = await sell(shop, '14:03:00', 9_000)
    await shop.sql('UPDATE "Sale" SET "deletedAt" = now() WHERE id = $1', [voided])
    const { reading, readAt, value } = await readSales(shop.db, edges('14:00', '14:01', '14:02', '14:03', '14:04'), 400, now)
    expect(reading).toBe('ok')
    expect(readAt).toBeInstanceOf(Date)
    expect(value?.bins).toEqual([
      { at: at('14:00').getTime(), count: 1, takings: 1_000.5 }, { at: at('14:02').getTime(), count: 1, takings: 2_000 },
      { at: at('14:03').getTime(), count: 1, takings: 300.25 },
    ])
    expect(value?.sales.map(({ at: time, amount, cashier, payment }) => [time.toISOString().slice(11), amount, cashier, payment])).toEqual([
      ['14:00:00.500Z', '1000.50', 'Funke Adeyemi', 'CASH'], ['14:02:59.000Z', '2000.00', 'Funke Adeyemi', 'CASH'],
      ['14:03:20.000Z', '300.25', 'Funke Adeyemi', 'CASH'],
    ])
    expect((await readSales(shop.db, edges('14:00', '14:05'), 2, now)).value).toMatchObject({ bins: [{ count: 3 }], sales: [] })
    expect((await readSales(shop.db, edges('13:00', '14:00'), 400, now)).value).toEqual({ bins: [], sales: [] })
  })

  it('of the demo shop are all there, day by day', async () => {
    const shop = await shopOf('SELECT')
    const client = new Client(shop.url)
    await client.connect()
    const { sales } = await seedShop(client, { seed: 7, now })
    await client.end()
    const days = Array.from({ length: 160 }, (_, n) => now.getTime() - (159 - n) * DAY + HOUR)
    const { value } = await readSales(shop.db, days, 0, now)
    expect(value?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(sales)
    const [{ takings }] = (await shop.sql('SELECT sum("totalAmount")::float8 AS takings FROM "Sale"')) as [{ takings: number }]
    expect(value?.bins.reduce((sum, bin) => sum + bin.takings, 0)).toBeCloseTo(takings, 0)
    const { events } = await listEvents({ search: 'deleted', onlyDeletions: true }, shop.db)
    expect(events.length).toBeGreaterThan(0)
    expect(events.every(({ kind, what }) => kind === 'product-deleted' && !/^c[a-z0-9]{20,}$/.test(what))).toBe(true)
  })

  it('since a time are counted from behind it, through days that are over and today', async () => {
    const shop = await aDay()
    await shop.sql(MANY_SALES, [1_000, '2026-11-21T00:00:00', '2026-11-24T00:00:00'])
    expect(await readTallySince(at('14:02:59'), now, shop.db)).toMatchObject({ reading: 'ok', tally: { count: 1, takings: '300.25' } })
    const [{ count, takings }] = (await shop.sql(
      `SELECT count(*)::int, sum("totalAmount")::numeric(20, 2)::text AS takings FROM "Sale" WHERE "createdAt" > '2026-11-21T11:00:00'`)) as [{ count: number; takings: string }]
    expect((await readTallySince(new Date('2026-11-21T11:00:00Z'), now, shop.db)).tally).toEqual({ count, takings })
    expect((await readTallySince(at('15:00'), now, shop.db)).tally).toEqual({ count: 0, takings: '0.00' })
  })
})

describe('events', () => {
  const day = edges('14:00', '15:00')
  const read = async (shop: TestShop, most = 100) => (await readEvents(shop.db, day, most, now)).value ?? []

  it('are told with names; what is gone for good by what the log still knows', async () => {
    const shop = await aDay()
    await log(shop, '14:10', { entityId: 'p9', action: 'CREATE', newValues: { name: 'Kola nut', price: 50 } })
    await erase(shop, '14:11', 'p1')
    await log(shop, '14:12', { entityId: 'p9', action: 'DELETE', by: 'u7' })
    await log(shop, '14:13', { entityId: 'p8', action: 'DELETE' })
    expect((await read(shop)).map(({ first: { kind, who, what } }) => [kind, who, what])).toEqual([
      ['product-created', 'Ada Okafor', 'Kola nut'], ['product-deleted', 'Ada Okafor', 'Fanta 50 cl'],
      ['product-deleted', 'u7@shop.example', 'Kola nut'], ['product-deleted', 'Ada Okafor', 'p8'],
    ])
  })

  it('a price comes from the entry before, where one tells it', async () => {
    const shop = await aDay()
    await log(shop, '14:10', { entityId: 'p1', newValues: { price: 300 } })
    await log(shop, '14:11', { entityId: 'p2', newValues: { price: 900 } })
    await log(shop, '14:12', { entityId: 'p1', newValues: { quantity: '+24' } })
    await log(shop, '14:13', { entityId: 'p1', newValues: { price: 350.5 } })
    expect((await read(shop)).map(({ first }) => first.detail)).toEqual([
      { from: null, to: '300' }, { from: null, to: '900' }, { quantity: 24 }, { from: '300', to: '350.5' },
    ])
  })

  it.each(['with', 'without'])('just before an event is the second before, unless a sale lies between: %s an index on the sales’ time', async (index) => {
    const shop = await aDay()
    if (index === 'without') await shop.sql('DROP INDEX "Sale_createdAt_idx"')
    await log(shop, '14:03:22.400', { newValues: { price: 1 } })
    await log(shop, '14:03:21.400', { newValues: { price: 2 } })
    await log(shop, '14:00:00.700', { newValues: { price: 3 } })
    await log(shop, '14:00:00.400', { newValues: { price: 4 } })
    expect((await read(shop)).map(({ first: { before } }) => before.slice(11))).toEqual([
      '13:59:59.000Z', '14:00:00.699Z', '14:03:21.399Z', '14:03:21.000Z',
    ])
  })

  it('that are many are told by cell, with the first deletion before the rest', async () => {
    const shop = await aDay()
    await log(shop, '14:10:01', { newValues: { price: 1 } })
    const deletion = await erase(shop, '14:10:02', 'p1')
    await erase(shop, '14:10:03', 'p3')
    const other = await log(shop, '14:40', { newValues: { price: 2 } })
    const cells = (await readEvents(shop.db, edges('14:00', '14:30', '15:00'), 3, now)).value
    expect(cells?.map(({ first, ...cell }) => ({ ...cell, first: first.id }))).toEqual([
      { count: 3, deletions: 2, at: at('14:10:01'), to: at('14:10:03'), first: deletion },
      { count: 1, deletions: 0, at: at('14:40'), to: at('14:40'), first: other },
    ])
  })

  it('are found by who, what, kind and value; a sign is a sign', async () => {
    const shop = await aDay()
    const created = await log(shop, '14:10', { entityId: 'p1', action: 'CREATE', newValues: { name: 'Fanta', price: 300 }, by: 'u2' })
    const deleted = await erase(shop, '14:11', 'p1')
    const restored = await log(shop, '14:12', { entityId: 'p1', newValues: { deletedAt: null }, metadata: { action: 'restore' }, email: 'system' })
    const shelf = await log(shop, '14:13', { entityType: 'DESHELVING', entityId: 'p2', action: 'CREATE', metadata: { deshelvingReason: 'DAMAGED' } })
    const find = async (search: string, onlyDeletions = false) => (await listEvents({ search, onlyDeletions }, shop.db)).events.map(({ id }) => id)
    expect(await find('')).toEqual([shelf, restored, deleted, created])
    expect(await find('', true)).toEqual([deleted])
    expect(await find('ada deleted')).toEqual([deleted])
    expect(await find('FANTA')).toEqual([restored, deleted, created])
    expect(await find('restored')).toEqual([restored])
    expect(await find('funke')).toEqual([created])
    expect(await find('indomie damaged')).toEqual([shelf])
    expect(await find('300')).toEqual([created])
    expect(await find('%')).toEqual([])
    expect(await find('ada nobody')).toEqual([])
  })

  it('are listed page by page, with as many in a millisecond as there are', async () => {
    const shop = await aDay()
    for (let n = 0; n < 120; n += 1) await log(shop, n < 60 ? '14:10:00.123' : '14:20', { newValues: { price: n } })
    const seen: string[] = []
    let page = await listEvents({ search: '', onlyDeletions: false }, shop.db)
    for (seen.push(...page.events.map(({ id }) => id)); page.hasMore; seen.push(...page.events.map(({ id }) => id))) {
      expect(page.events).toHaveLength(50)
      const last = page.events.at(-1)
      page = await listEvents({ search: '', onlyDeletions: false, beforeAt: last?.at.getTime(), beforeId: last?.id }, shop.db)
    }
    expect(seen).toHaveLength(120)
    expect(new Set(seen).size).toBe(120)
  })
})

describe('around a moment', () => {
  it('lie the nearest things, with what it leaves behind and brings back', async () => {
    const shop = await aDay()
    await erase(shop, '14:03:10', 'p1')
    await erase(shop, '14:03:21', 'p2')
    await erase(shop, '14:03:22', 'p3')
    await shop.sql(`UPDATE "Product" SET "deletedAt" = NULL WHERE id = 'p3'`)
    await shop.sql(`INSERT INTO "Product" SELECT 'p4', 'New', '', 'OTHERS', 1, 1, 1, NULL, NULL, '2026-11-24 14:30', now(), '2026-11-24 14:31'`)
    await log(shop, '14:40', { entityType: 'USER', entityId: 'u9', action: 'DELETE' })
    const view = await readMoment(at('14:03:20'), now, shop.db)
    expect(view).toMatchObject({ reading: 'ok', since: { count: 0, takings: '0.00' }, deletedSince: 2 })
    const told = (things: typeof view.before) => things.map((thing) => (thing.type === 'sale' ? thing.sale.amount : thing.event.what))
    expect(told(view.before)).toEqual(['2000.00', 'Fanta 50 cl', '300.25'])
    expect(told(view.after)).toEqual(['Indomie Chicken 70 g', 'Rice 5 kg', 'u9'])
    expect((await readMoment(at('14:03:00'), now, shop.db)).since).toEqual({ count: 1, takings: '300.25' })
  })
})

describe('another version of the shop', () => {
  const everything = async (shop: TestShop) => {
    const [sales, events, moment, list] = await Promise.all([
      readSales(shop.db, edges('14:00', '15:00'), 400, now), readEvents(shop.db, edges('14:00', '15:00'), 100, now),
      readMoment(at('14:01'), now, shop.db), listEvents({ search: 'ada', onlyDeletions: false }, shop.db),
    ])
    return { sales, events, moment, list, readings: [sales, events, moment, list].map(({ reading }) => reading) }
  }

  it('older: without marks of deletion, metadata and half of the log’s columns', async () => {
    const shop = await aDay()
    await erase(shop, '14:10', 'p1')
    await shop.sql(`ALTER TABLE "Sale" DROP COLUMN "deletedAt", DROP COLUMN "paymentMode"; ALTER TABLE "Product" DROP COLUMN "deletedAt";
      ALTER TABLE "User" DROP COLUMN "deletedAt"; ALTER TABLE audit_logs DROP COLUMN metadata, DROP COLUMN changes, DROP COLUMN "oldValues", DROP COLUMN "userEmail"`)
    await log2(shop)
    const { readings, sales, events, moment, list } = await everything(shop)
    expect(readings).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(sales.value?.sales[0]).toMatchObject({ amount: '1000.50', cashier: 'Funke Adeyemi', payment: '' })
    expect(events.value?.map(({ first: { kind, who, what } }) => [kind, who, what])).toEqual([
      ['product-deleted', 'Ada Okafor', 'Fanta 50 cl'], ['product-deleted', 'Ada Okafor', 'p7'],
    ])
    expect([moment.deletedSince, list.events.length]).toEqual([1, 2])
  })
  const log2 = (shop: TestShop) => shop.sql(
    `INSERT INTO audit_logs (id, "entityType", "entityId", action, "userId", timestamp) VALUES ('old', 'PRODUCT', 'p7', 'DELETE', 'u1', '2026-11-24 14:20')`)

  it('much older: without a log, without people', async () => {
    const shop = await aDay()
    await shop.sql('DROP TABLE audit_logs, deshelvings; ALTER TABLE "Sale" DROP CONSTRAINT "Sale_cashierId_fkey"; DROP TABLE "User"')
    const { readings, sales, events, moment } = await everything(shop)
    expect(readings).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(sales.value?.sales[0]).toMatchObject({ cashier: 'u2' })
    expect([events.value, moment.deletedSince]).toEqual([[], 0])
  })

  it('newer: other types, other entities, more tables', async () => {
    const shop = await aDay()
    await shop.sql(`
      ALTER TABLE "Sale" DROP CONSTRAINT "Sale_total_calculation_check", ALTER "totalAmount" TYPE numeric(12, 2), ALTER "createdAt" TYPE timestamptz(3) USING "createdAt" AT TIME ZONE 'UTC';
      CREATE TYPE "Entity" AS ENUM ('PRODUCT', 'USER', 'SUPPLIER'); ALTER TABLE audit_logs ALTER "entityType" TYPE "Entity" USING "entityType"::"Entity",
        ALTER "newValues" TYPE json, ALTER timestamp TYPE timestamptz(3) USING timestamp AT TIME ZONE 'UTC';
      CREATE TABLE "Supplier" (id uuid)`)
    await log(shop, '14:10', { entityType: 'SUPPLIER', entityId: 'x1', action: 'MERGE', newValues: { name: 'Dangote' } })
    await erase(shop, '14:11', 'p1')
    const { readings, sales, events, moment } = await everything(shop)
    expect(readings).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(sales.value?.bins).toEqual([{ at: at('14:00').getTime(), count: 3, takings: 3_300.75 }])
    expect(sales.value?.sales[0]?.at).toEqual(at('14:00:00.500'))
    expect(events.value?.map(({ first: { kind, what, detail } }) => [kind, what, detail])).toEqual([
      ['other', 'Dangote', { reason: 'MERGE' }], ['product-deleted', 'Fanta 50 cl', {}],
    ])
    expect(moment.deletedSince).toBe(1)
  })

  it('in a schema of its own, as Prisma’s addresses name it', async () => {
    const shop = await aDay()
    await shop.sql('ALTER SCHEMA public RENAME TO till')
    const db = openShopDb(`${shop.url}?schema=till`)
    expect((await readTallySince(at('13:00'), now, db)).tally?.count).toBe(3)
    await db.close()
  })

  it.each([
    ['another application', 'CREATE TABLE orders (id int)'],
    ['a table that only has the name', 'CREATE TABLE "Sale" (id int, note text)'],
    ['one whose amounts are no numbers', 'CREATE TABLE "Sale" (id text, "createdAt" timestamp, "totalAmount" boolean)'],
  ])('%s is foreign', async (_, schema) => {
    const shop = await shopOf(schema)
    const { sales, moment, list } = await everything(shop)
    expect([sales.reading, sales.value]).toEqual(['foreign', null])
    expect(moment).toMatchObject({ reading: 'foreign', before: [], after: [], since: null, deletedSince: null })
    expect(list.events).toEqual([])
  })

  it('that came to be one while it was read is read from then on', async () => {
    const shop = await aDay()
    expect((await readTallySince(at('13:00'), now, shop.db)).reading).toBe('ok')
    await shop.sql('ALTER TABLE "Sale" DROP COLUMN "deletedAt"')
    expect((await readTallySince(at('14:01'), now, shop.db)).reading).toBe('foreign')
    expect(await readTallySince(at('14:02'), now, shop.db)).toMatchObject({ reading: 'ok', tally: { count: 2 } })
  })

  it('is not given is unset', async () => {
    expect(await readMoment(now, now, openShopDb(undefined))).toEqual({
      at: now, reading: 'unset', readAt: null, before: [], after: [], since: null, deletedSince: null,
    })
  })
})

describe('gently', () => {
  const counted = (db: ShopDb) => {
    const counter: ShopDb & { reads: number } = {
      ...db, reads: 0,
      read(work) {
        counter.reads += 1
        return db.read(work)
      },
    }
    return counter
  }

  it('what is asked twice at once, or soon after, is read once', async () => {
    const db = counted((await aDay()).db)
    const ask = () => readSales(db, edges('14:00', '15:00'), 400, now)
    const [one, two] = await Promise.all([ask(), ask()])
    const later = await ask()
    expect(db.reads).toBe(1)
    expect([two, later]).toEqual([one, one])
  })

  it('nothing can be written, and the till is not held up', async () => {
    const { db } = await aDay()
    await expect(db.read((query) => query('DELETE FROM "Sale"'))).rejects.toThrow(/read-only/)
    const settings = await db.read((query) => query(`SELECT name, setting FROM pg_settings
      WHERE name IN ('statement_timeout', 'lock_timeout', 'max_parallel_workers_per_gather', 'application_name') ORDER BY name`))
    expect(settings).toMatchObject({ value: [
      { setting: 'salespider-backups dashboard' }, { setting: '300' }, { setting: '0' }, { setting: '3000' },
    ] })
  })

  it('what was read of one cluster is not told of another', async () => {
    const shop = await aDay()
    const db = counted(shop.db)
    const ask = async () => (await readSales(db, edges('14:00', '15:00'), 0, now)).value?.bins[0]?.count
    noteCluster(db, '7 1')
    expect(await ask()).toBe(3)
    await sell(shop, '14:30', 1)
    noteCluster(db, '7 1')
    expect(await ask()).toBe(3)
    noteCluster(db, '7 2')
    expect(await ask()).toBe(4)
  })
})

describe('a shop that is slow', () => {
  it('because its table is locked is told at once', async () => {
    const shop = await aDay()
    await shop.sql('BEGIN; LOCK TABLE "Sale"')
    const { reading, tally } = await readTallySince(at('14:00'), now, shop.db)
    expect([reading, tally]).toEqual(['slow', null])
    expect(await readEvents(shop.db, edges('14:00', '15:00'), 0, now)).toMatchObject({ reading: 'ok', value: [] })
    await shop.sql('COMMIT')
  })

  it('because a statement takes too long is told after three seconds, and not asked again at once', async () => {
    const shop = await aDay()
    await shop.sql('ALTER TABLE "Sale" RENAME TO sold; CREATE VIEW "Sale" AS SELECT sold.* FROM sold, pg_sleep(20)')
    const began = Date.now()
    expect((await readTallySince(at('14:00'), now, shop.db)).reading).toBe('slow')
    expect((await readTallySince(at('14:00'), now, shop.db)).reading).toBe('slow')
    expect(Date.now() - began).toBeLessThan(6_000)
    const running = await shop.sql(`SELECT FROM pg_stat_activity WHERE application_name LIKE 'salespider%' AND state = 'active' AND datname = current_database()`)
    expect(running).toEqual([])
  })
})

/** Between the dashboard and the shop: counts who knocks, and can be shut. */
class Door {
  knocks = 0
  isShut = false
  /** So many do not get an answer */
  unheard = 0
  private readonly sockets = new Set<Socket>()
  private server!: Server
  constructor(private readonly to: number) {}

  async open(): Promise<number> {
    const port = await freePort()
    this.server = createServer((client) => {
      this.knocks += 1
      if (this.isShut) return client.destroy()
      if (this.unheard > 0) return void (this.unheard -= 1)
      const shop = connect(this.to, '127.0.0.1')
      for (const [socket, other] of [[client, shop], [shop, client]] as const) {
        this.sockets.add(socket)
        socket.on('error', () => other.destroy()).on('close', () => other.destroy()).pipe(other)
      }
    })
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve))
    return port
  }

  shut(): void {
    this.isShut = true
    for (const socket of this.sockets) socket.destroy()
  }

  close(): void {
    this.shut()
    this.server.close()
  }
}

describe('a shop that goes down', () => {
  it('is told as it was, is not stormed with questions, and is read again when it is back', async () => {
    const shop = await aDay()
    const door = new Door(postgres.port)
    const db = openShopDb(shop.url.replace(String(postgres.port), String(await door.open())))
    const view = edges('14:00', '15:00')
    // Read as something that touches now: it holds for two seconds.
    const ask = () => readSales(db, view, 400, at('14:30'))
    const before = await ask()
    expect(before).toMatchObject({ reading: 'ok', value: { bins: [{ count: 3 }] } })
    door.shut()
    // What took long on a busy machine holds long.
    await expect.poll(async () => (await ask()).reading, { timeout: 60_000, interval: 100 }).toBe('down')
    expect(await ask()).toEqual({ ...before, reading: 'down' })
    const { knocks } = door
    await Promise.all(Array.from({ length: 200 }, (_, n) => readTallySince(new Date(at('14:00').getTime() + n), now, db)))
    expect((await readMoment(at('14:02'), now, db)).reading).toBe('down')
    expect(door.knocks - knocks).toBeLessThanOrEqual(1)
    await sell(shop, '14:59', 5)
    door.isShut = false
    await expect.poll(async () => (await ask()).value?.bins[0]?.count, { timeout: 30_000, interval: 100 }).toBe(4)
    expect((await ask()).reading).toBe('ok')
    await db.close()
    door.close()
  })

  it('is not one that is late once; one that does not answer twice is', async () => {
    const shop = await aDay()
    const door = new Door(postgres.port)
    const url = shop.url.replace(String(postgres.port), String(await door.open()))
    const [late, silent] = [openShopDb(url), openShopDb(url)]
    door.unheard = 1
    expect(await readTallySince(at('13:00'), now, late)).toMatchObject({ reading: 'ok', tally: { count: 3 } })
    door.unheard = 2
    expect(await readTallySince(at('13:00'), now, silent)).toEqual({ reading: 'down', readAt: null, tally: null })
    await Promise.all([late.close(), silent.close()])
    door.close()
  })

  it('in the middle of an answer takes nothing along', async () => {
    const shop = await aDay()
    const door = new Door(postgres.port)
    const db = openShopDb(shop.url.replace(String(postgres.port), String(await door.open())))
    await shop.sql('ALTER TABLE "Sale" RENAME TO sold; CREATE VIEW "Sale" AS SELECT sold.* FROM sold, pg_sleep(2)')
    const asked = readTallySince(at('14:00'), now, db)
    const running = `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%sum(%' AND datname = current_database() AND pid <> pg_backend_pid()`
    await expect.poll(async () => (await shop.sql(running)).length, { timeout: 10_000, interval: 20 }).toBe(1)
    door.shut()
    expect(await asked).toEqual({ reading: 'down', readAt: null, tally: null })
    await db.close()
    door.close()
  })

  it('and comes back as another start of the server is read anew', async () => {
    const shop = await aDay()
    const ask = () => readSales(shop.db, edges('14:00', '15:00'), 0, now)
    expect((await ask()).value?.bins[0]?.count).toBe(3)
    await sell(shop, '14:59', 5)
    expect((await ask()).value?.bins[0]?.count).toBe(3)
    runAsServer('pg_ctl', ['-D', postgres.dataDir, '-m', 'fast', '-w', '-l', `${postgres.dataDir}/restarted.log`, 'restart'])
    // It is noticed with the next question that the shop is really asked.
    await expect.poll(async () => (await readTallySince(at('14:02'), now, shop.db)).reading, { timeout: 30_000, interval: 100 }).toBe('ok')
    expect((await ask()).value?.bins[0]?.count).toBe(4)
  })
})
