/** Rows put back into a running shop, and taken out again: on PostgreSQL itself, with what happened to the shop in between. */
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adoptJob } from '@/lib/jobs/lease'
import type { JobContext } from '@/worker/context'
import { rescue as rescueHandler } from '@/worker/handlers/rescue'
import { planRescue } from '@/worker/rescue/rescue'
import { EMAIL, type Shop, row, startShops, toContext } from '../support/rescue'

let shops: Awaited<ReturnType<typeof startShops>>
beforeAll(async () => (shops = await startShops()))
afterAll(() => shops?.stop())

const SALESPIDER = `${readFileSync('demo/schema.sql', 'utf8')}
  INSERT INTO "User" VALUES
    ('u1', '${EMAIL}', 'ada', 'Ada Okafor', 'hash of ada', 'SUPER_ADMIN', 'ACTIVE', '2026-01-01', '2026-01-01', NULL),
    ('u2', 'bola@okafor.example', 'bola', 'Bola Ige', 'hash of bola', 'CASHIER', 'ACTIVE', '2026-01-01', '2026-01-01', NULL);
  INSERT INTO "Product" SELECT 'p' || n, 'Product ' || n, '', 'FOOD_AND_BEVERAGES', 100.1 * n, 10, 2, NULL, '615' || n, '2026-01-01', '2026-01-01', NULL
    FROM generate_series(1, 9) n;
  INSERT INTO "Sale" VALUES ('s1', 'u2', 300.3, 22.52, 7.5, 322.82, 'CASH', '2026-02-01 12:00:00.123', '2026-02-01 12:00:00.123', NULL);
  INSERT INTO "SaleItem" VALUES ('i1', 's1', 'p1', 1, 100.1, '2026-02-01', '2026-02-01'), ('i2', 's1', 'p2', 1, 200.2, '2026-02-01', '2026-02-01');
  INSERT INTO deshelvings VALUES ('d1', 'p4', 1, 'DAMAGED', NULL, 'u1', '2026-02-01', '2026-02-01');`

const product = (n: number) => row('Product', { id: `p${n}` })
const told = (shop: { steps: { how: string; table: string; name: string; why: string }[] }) =>
  shop.steps.map(({ how, table, name, why }) => `${how} ${table} ${name} ${why}`)
const log = (shop: Shop) => shop.ask(`SELECT "entityType", "entityId", action, "newValues", "userId", "userEmail", metadata FROM audit_logs ORDER BY timestamp, id`)
const MARKED = `UPDATE "Product" SET "deletedAt" = '2026-11-24 13:03:22.5', "updatedAt" = '2026-11-24 13:03:22.5' WHERE id IN ('p1', 'p2');`

describe('a product that is marked deleted', () => {
  let shop: Shop
  let job: bigint
  beforeAll(async () => (shop = await shops.open(SALESPIDER, `${MARKED} UPDATE "Product" SET price = 555, name = 'Product 2, new' WHERE id = 'p2'`)))

  it('is planned without a trace', async () => {
    const before = [await shop.rows('"Product"'), await log(shop)]
    const plan = await shop.plan([product(1), product(2)])
    expect(told(plan)).toEqual(['revive Product Product 1 chosen', 'revive Product Product 2 chosen'])
    expect(plan).toMatchObject({ conflicts: [], renamed: [{ then: 'Product 2', now: 'Product 2, new' }], stillDeleted: [] })
    expect([await shop.rows('"Product"'), await log(shop)]).toEqual(before)
  })

  it('is revived: the mark goes, everything else stays as it is today', async () => {
    const done = await shop.rescue([product(1), product(2)])
    job = done.job
    expect(told(done.result)).toHaveLength(2)
    const [one, two] = await shop.ask(`SELECT name, price, "deletedAt", "updatedAt" > now() - interval '1 hour' AS touched FROM "Product" WHERE id IN ('p1', 'p2') ORDER BY id`)
    expect(one).toMatchObject({ name: 'Product 1', deletedAt: null, touched: true })
    expect(two).toMatchObject({ name: 'Product 2, new', price: 555, deletedAt: null, touched: true })
  })

  it('is told in the shop’s own log as who asked for it', async () => {
    expect(await log(shop)).toMatchObject([{
      entityType: 'PRODUCT', entityId: 'p1', action: 'UPDATE', newValues: { deletedAt: null }, userId: 'u1', userEmail: EMAIL,
      metadata: { action: 'restore', reason: 'Product restored from soft delete', by: 'salespider-backups', job: job.toString(), rescuedFrom: '2026-11-24T13:03:21Z' },
    }, { entityId: 'p2' }])
  })

  it('keeps nothing of its contents in the job', async () => {
    const { result } = await shops.control.db.job.findUniqueOrThrow({ where: { id: job } })
    expect(JSON.stringify(result)).not.toMatch(/615|555|FOOD/)
  })

  it('is marked again by the undo, as it was', async () => {
    expect(await shop.undo(job)).toMatchObject({ kind: 'undo-rescue', steps: [{ name: 'Product 1' }, { name: 'Product 2' }] })
    expect(await shop.ask(`SELECT "deletedAt"::text, "updatedAt"::text FROM "Product" WHERE id = 'p1'`))
      .toEqual([{ deletedAt: '2026-11-24 13:03:22.5', updatedAt: '2026-11-24 13:03:22.5' }])
    expect((await log(shop)).slice(2)).toMatchObject([{ metadata: { action: 'soft_delete', undoes: job.toString() } }, {}])
  })

  it('cannot be undone twice', async () => {
    expect(await shop.undo(job)).toMatchObject({ code: 'rescue-missing' })
    expect(await shop.undo(999_999n)).toMatchObject({ code: 'rescue-missing' })
  })
})

describe('a voided sale', () => {
  it('comes back with its items, to the last digit, and goes again', async () => {
    const shop = await shops.open(SALESPIDER, `DELETE FROM "Sale" WHERE id = 's1'`)
    expect(await shop.ask('SELECT FROM "SaleItem"')).toHaveLength(0)
    const { job, result } = await shop.rescue([row('Sale', { id: 's1' })])
    expect(told(result)).toEqual(['insert Sale s1 chosen', 'insert SaleItem i1 child', 'insert SaleItem i2 child'])
    for (const table of ['"Sale"', '"SaleItem"']) {
      const { then, now } = await shop.rows(table)
      expect(now).toEqual(then)
    }
    expect(await log(shop)).toEqual([])
    expect(await shop.undo(job)).toMatchObject({ kind: 'undo-rescue' })
    expect(await shop.ask('SELECT FROM "Sale"')).toHaveLength(0)
  })

  it('that was only marked is revived, and gets back the items that were deleted', async () => {
    const shop = await shops.open(SALESPIDER, `UPDATE "Sale" SET "deletedAt" = now(); DELETE FROM "SaleItem" WHERE id = 'i2'`)
    const { result } = await shop.rescue([row('Sale', { id: 's1' })])
    expect(told(result)).toEqual(['revive Sale s1 chosen', 'insert SaleItem i2 child'])
  })

  it('comes back by one of its items as well', async () => {
    const shop = await shops.open(SALESPIDER, `DELETE FROM "Sale"; DELETE FROM "User" WHERE id = 'u2'`)
    const { result } = await shop.rescue([row('SaleItem', { id: 'i1' })])
    expect(told(result)).toEqual(['insert User Bola Ige parent', 'insert Sale s1 parent', 'insert SaleItem i1 chosen', 'insert SaleItem i2 child'])
    const [entry] = await log(shop)
    expect(entry).toMatchObject({ entityType: 'USER', action: 'CREATE', newValues: { name: 'Bola Ige', status: 'ACTIVE' }, metadata: { action: 'rescue' } })
    expect(JSON.stringify([entry, result])).not.toContain('hash of')
  })
})

describe('a product that is gone', () => {
  const GONE = `DELETE FROM deshelvings; DELETE FROM "Product" WHERE id = 'p4';`

  it('comes back with what had to go before it, or with what points at it', async () => {
    const shop = await shops.open(SALESPIDER, GONE)
    expect(told(await shop.plan([product(4)]))).toEqual(['insert Product Product 4 chosen', 'insert deshelvings d1 child'])
    expect(told(await shop.plan([row('deshelvings', { id: 'd1' })]))).toEqual(['insert Product Product 4 parent', 'insert deshelvings d1 chosen'])
  })

  it('does not take the unsold with it when another one is put back', async () => {
    const shop = await shops.open(SALESPIDER, `${MARKED} DELETE FROM "SaleItem"; DELETE FROM "Sale"`)
    expect(told(await shop.plan([product(1)]))).toEqual(['revive Product Product 1 chosen'])
  })

  it('says who has taken its name, and who its number', async () => {
    const shop = await shops.open(SALESPIDER, `${GONE} DELETE FROM "Product" WHERE id = 'p5'; UPDATE "Product" SET name = 'Product 4' WHERE id = 'p6';
      UPDATE "Product" SET gtin = '6154' WHERE id = 'p7'; UPDATE "Product" SET gtin = '6155' WHERE id = 'p8'`)
    const { conflicts, steps } = await shop.plan([product(3), product(4), product(5)])
    expect(conflicts).toMatchObject([
      { code: 'present', name: 'Product 3', chosen: [0] },
      { code: 'unique-taken', name: 'Product 4', columns: ['name'], holder: 'Product 4', chosen: [1] },
      { code: 'unique-taken', name: 'Product 4', columns: ['gtin'], holder: 'Product 7', chosen: [1] },
      { code: 'unique-taken', name: 'Product 5', columns: ['gtin'], holder: 'Product 8', chosen: [2] },
    ])
    expect(steps).toEqual([])
    expect(await shop.refused([product(4)])).toMatchObject({ code: 'rescue-conflict', params: { what: 'Product Product 4' }, detail: expect.stringContaining('held by Product 7') })
    expect(await shop.ask('SELECT FROM deshelvings')).toHaveLength(0)
  })

  it('puts back what it can be left out of', async () => {
    const shop = await shops.open(SALESPIDER, `${MARKED} ${GONE} UPDATE "Product" SET name = 'Product 4' WHERE id = 'p6'`)
    const plan = await shop.plan([product(1), product(4)])
    expect(told(plan)).toEqual(['revive Product Product 1 chosen'])
    expect(plan.conflicts).toMatchObject([{ chosen: [1] }])
  })

  it('is in the way of all that need it', async () => {
    const shop = await shops.open(`${SALESPIDER} INSERT INTO deshelvings VALUES ('d2', 'p4', 1, 'LOST', NULL, 'u1', now(), now())`,
      `${GONE} UPDATE "Product" SET name = 'Product 4' WHERE id = 'p6'; ${MARKED}`)
    const { conflicts, steps } = await shop.plan([row('deshelvings', { id: 'd1' }), product(1), row('deshelvings', { id: 'd2' })])
    expect(conflicts).toMatchObject([{ code: 'unique-taken', table: 'Product', key: { id: 'p4' }, chosen: [0, 2] }])
    expect(steps).toMatchObject([{ name: 'Product 1' }])
  })

  it('points at what is only marked, and says so', async () => {
    const shop = await shops.open(SALESPIDER, `UPDATE "Product" SET "deletedAt" = now() WHERE id = 'p4'; DELETE FROM deshelvings`)
    const plan = await shop.plan([row('deshelvings', { id: 'd1' })])
    expect(plan).toMatchObject({ conflicts: [], stillDeleted: ['Product 4'], steps: [{ table: 'deshelvings' }] })
    expect((await shop.plan([row('deshelvings', { id: 'd1' }), product(4)])).stillDeleted).toEqual([])
  })

  it('whose parent is gone on both sides is refused', async () => {
    const shop = await shops.open(`${SALESPIDER} ALTER TABLE deshelvings DROP CONSTRAINT "deshelvings_productId_fkey"; DELETE FROM "Product" WHERE id = 'p4'`,
      `DELETE FROM deshelvings; ALTER TABLE deshelvings ADD FOREIGN KEY ("productId") REFERENCES "Product" (id)`)
    expect((await shop.plan([row('deshelvings', { id: 'd1' })])).conflicts)
      .toMatchObject([{ code: 'parent-missing', columns: ['productId'], reason: 'Product (id)=(p4)', chosen: [0] }])
  })
})

describe('what cannot be asked for', () => {
  it('is told row by row', async () => {
    const shop = await shops.open(`${SALESPIDER} CREATE TABLE keyless (n int); CREATE TABLE numbered (n int PRIMARY KEY); CREATE TABLE gone (id int PRIMARY KEY);
      UPDATE "Product" SET "deletedAt" = now() WHERE id = 'p9'`, 'DROP TABLE gone')
    const { conflicts } = await shop.plan([
      row('Product', { id: 'nobody' }), row('keyless', { n: 1 }), row('numbered', { n: 'abc' }), row('gone', { id: 1 }), row('nowhere', { id: 1 }),
      row('Product', { price: 1 }), product(9), product(1),
    ])
    expect(conflicts.map(({ code, chosen }) => `${chosen[0]} ${code}`))
      .toEqual(['0 not-there', '1 table', '2 not-there', '3 table', '4 table', '5 table', '6 not-there', '7 present'])
  })
})

describe('a shop of another make', () => {
  it('whose log asks for more than is known gets its rows all the same', async () => {
    const shop = await shops.open(SALESPIDER, `${MARKED} ALTER TABLE audit_logs ADD tenant text NOT NULL`)
    const remarks: string[] = []
    await shop.rescue([product(1)], { remark: (message) => remarks.push(message) })
    expect(remarks).toContain('SaleSpider’s own log could not be written')
    expect(await log(shop)).toEqual([])
    expect(await shop.ask(`SELECT FROM "Product" WHERE id = 'p1' AND "deletedAt" IS NULL`)).toHaveLength(1)
  })

  it('whose rows cannot be told apart is not half put back', async () => {
    const shop = await shops.open(`CREATE TABLE bills (id int PRIMARY KEY); CREATE TABLE lines (bill int REFERENCES bills ON DELETE CASCADE);
      INSERT INTO bills VALUES (1), (2); INSERT INTO lines VALUES (1), (1)`, 'DELETE FROM bills')
    expect((await shop.plan([row('bills', { id: 2 }), row('bills', { id: 1 })])).conflicts)
      .toMatchObject([{ code: 'table', table: 'lines', key: {}, chosen: [1] }])
  })
})

describe('an undo', () => {
  const inserted = async () => {
    const shop = await shops.open(SALESPIDER, `DELETE FROM "Product" WHERE id = 'p9'; ${MARKED}`)
    return { shop, job: (await shop.rescue([product(9), product(1)])).job }
  }

  it.each([
    ['sold since', `INSERT INTO "SaleItem" VALUES ('new', 's1', 'p9', 1, 1, now(), now())`, 'Product 9'],
    ['changed since', `UPDATE "Product" SET quantity = 3 WHERE id = 'p9'`, 'Product 9'],
    ['marked deleted since', `UPDATE "Product" SET "deletedAt" = now() WHERE id = 'p1'`, 'Product 1'],
    ['deleted since', `DELETE FROM "Product" WHERE id = 'p9'`, 'Product 9'],
  ])('leaves everything when a row was %s', async (_, since, what) => {
    const { shop, job } = await inserted()
    await shop.now.query(since)
    const before = await shop.rows('"Product"')
    expect(await shop.undo(job)).toMatchObject({ code: 'rescue-changed', params: { what } })
    expect(await shop.rows('"Product"')).toEqual(before)
    expect(await log(shop)).toHaveLength(2)
  })

  it('marks a revived row deleted again although it was sold from since, and keeps what was done to it', async () => {
    const { shop, job } = await inserted()
    await shop.now.query(`UPDATE "Product" SET quantity = 3, "updatedAt" = '2026-11-24 12:00' WHERE id = 'p1'`)
    expect(await shop.undo(job)).toMatchObject({ kind: 'undo-rescue' })
    expect(await shop.ask(`SELECT quantity, "deletedAt" IS NOT NULL AS gone, "updatedAt"::text AS at FROM "Product" WHERE id = 'p1'`))
      .toEqual([{ quantity: 3, gone: true, at: '2026-11-24 12:00:00' }])
    expect(await shop.ask(`SELECT FROM "Product" WHERE id = 'p9'`)).toHaveLength(0)
  })

  it('does not delete by cascade what was added since', async () => {
    const shop = await shops.open(SALESPIDER, 'DELETE FROM "Sale"')
    const { job } = await shop.rescue([row('Sale', { id: 's1' })])
    await shop.now.query(`INSERT INTO "SaleItem" VALUES ('new', 's1', 'p1', 1, 1, now(), now())`)
    expect(await shop.undo(job)).toMatchObject({ code: 'rescue-changed', detail: 'SaleItem new points at what was put back' })
    expect(await shop.ask('SELECT FROM "SaleItem"')).toHaveLength(3)
  })
})

describe('tables of all sorts', () => {
  it('carries every type over as it is', async () => {
    const shop = await shops.open(`CREATE TYPE size AS ENUM ('s', 'very large'); CREATE DOMAIN cents AS int CHECK (VALUE >= 0); CREATE TYPE pair AS (a int, b text);
      CREATE TABLE kinds (id bigint PRIMARY KEY, j json, jb jsonb, b bytea, a text[], m int[], e size, es size[], n numeric, f float8, f4 float4, t timestamptz, ts timestamp(3),
        d date, i interval, c char(5), v varchar(9), bo boolean, ip inet, u uuid, x xml, bits bit(3), cash money, r tstzrange, g point, dom cents, p pair, o oid, rc regclass, empty text, nothing text);
      INSERT INTO kinds VALUES (9007199254740993, '{"b":1,  "a": [1.10]}', '{"n": 1.10}', '\\x00ff', '{a,NULL,"b c","\\"q\\""}', '[2:3]={1,2}', 'very large', '{s,"very large"}', 'NaN', 0.1 + 0.2,
        1.1, '2026-01-01 00:00:00.123456+01', '2026-01-01 00:00:00.123', '0044-03-15 BC', '1 mon -3 days 04:05:06.7', 'ab', 'ünï ₦ 🧺', false, '10.0.0.1', md5('u')::uuid,
        '<a>1</a>', B'101', '1.50', '[2026-01-01,)', '(1.5,2)', 7, '(1,"x, y")', 1, 'kinds', '', NULL)`, 'DELETE FROM kinds')
    await shop.rescue([row('kinds', { id: '9007199254740993' })])
    const { then, now } = await shop.rows('kinds')
    expect(now).toEqual(then)
  })

  it('knows rows by several columns, odd names and other schemas', async () => {
    const shop = await shops.open(`CREATE SCHEMA "my ""books"; CREATE TABLE "my ""books"."Odd ""na'me." ("i d" int, "k'2" text, "c,o""l" text, PRIMARY KEY ("i d", "k'2"));
      CREATE TABLE lines (a int, b text, n int PRIMARY KEY, FOREIGN KEY (b, a) REFERENCES "my ""books"."Odd ""na'me." ("k'2", "i d") ON DELETE CASCADE);
      INSERT INTO "my ""books"."Odd ""na'me." VALUES (1, E'a,"b\\'', 'v'), (1, '', 'w'), (2, 'x', 'y'); INSERT INTO lines VALUES (1, E'a,"b\\'', 1), (1, '', 2), (NULL, 'x', 3)`,
    `DELETE FROM "my ""books"."Odd ""na'me."`)
    const { job, result } = await shop.rescue([row(`Odd "na'me.`, { "k'2": `a,"b'`, 'i d': 1 }, 'my "books'), row(`Odd "na'me.`, { 'i d': 1, "k'2": '' }, 'my "books')])
    expect(told(result).map((text) => text.replace(/^insert /, ''))).toEqual([
      `Odd "na'me. i d=1, k'2=a,"b' chosen`, `Odd "na'me. i d=1, k'2= chosen`, 'lines 1 child', 'lines 2 child',
    ])
    expect((await shop.rows('lines')).now).toHaveLength(3)
    await shop.undo(job)
    expect((await shop.rows('lines')).now).toHaveLength(1)
  })

  it('does not give a number out twice', async () => {
    const shop = await shops.open(`CREATE TABLE tickets (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, no serial, twice int GENERATED ALWAYS AS (no * 2) STORED);
      INSERT INTO tickets (no) SELECT n FROM generate_series(1, 5) n; SELECT setval('tickets_no_seq', 5)`,
    `TRUNCATE tickets RESTART IDENTITY; INSERT INTO tickets DEFAULT VALUES`)
    await shop.plan([row('tickets', { id: 5 })])
    expect(await shop.ask(`SELECT last_value::int AS n FROM tickets_id_seq`)).toEqual([{ n: 1 }])
    await shop.rescue([row('tickets', { id: 4 }), row('tickets', { id: 5 })])
    expect(await shop.ask('INSERT INTO tickets DEFAULT VALUES RETURNING id, no, twice')).toEqual([{ id: 6, no: 6, twice: 12 }])
    expect(await shop.ask('SELECT id, no, twice FROM tickets WHERE id = 5')).toEqual([{ id: 5, no: 5, twice: 10 }])
  })

  it('puts what points at itself and at each other back, whatever the order', async () => {
    const shop = await shops.open(`CREATE TABLE staff (id int PRIMARY KEY, boss int REFERENCES staff);
      INSERT INTO staff VALUES (1, 2), (2, 3), (3, NULL), (4, 4), (5, 6), (6, 5);
      CREATE TABLE hens (id int PRIMARY KEY, egg int NOT NULL); CREATE TABLE eggs (id int PRIMARY KEY, hen int NOT NULL REFERENCES hens);
      BEGIN; INSERT INTO hens VALUES (1, 1); INSERT INTO eggs VALUES (1, 1); COMMIT; ALTER TABLE hens ADD FOREIGN KEY (egg) REFERENCES eggs`,
    `DELETE FROM staff; ALTER TABLE hens DROP CONSTRAINT hens_egg_fkey; DELETE FROM eggs; DELETE FROM hens; ALTER TABLE hens ADD FOREIGN KEY (egg) REFERENCES eggs`)
    const { job, result } = await shop.rescue([row('staff', { id: 1 }), row('staff', { id: 4 }), row('staff', { id: 5 }), row('hens', { id: 1 })])
    expect(result.steps).toHaveLength(8)
    for (const table of ['staff', 'hens', 'eggs']) {
      const { then, now } = await shop.rows(table)
      expect(now).toEqual(then)
    }
    expect(await shop.undo(job)).toMatchObject({ kind: 'undo-rescue' })
    expect((await shop.rows('staff')).now).toEqual([])
    expect((await shop.rows('eggs')).now).toEqual([])
  })

  it('finds partitions, from their root and by themselves', async () => {
    const shop = await shops.open(`CREATE TABLE entries (at date, n int, PRIMARY KEY (at, n)) PARTITION BY RANGE (at);
      CREATE TABLE entries_25 PARTITION OF entries FOR VALUES FROM ('2025-01-01') TO ('2026-01-01'); CREATE TABLE entries_26 PARTITION OF entries FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE TABLE notes (id int PRIMARY KEY, at date, n int, FOREIGN KEY (at, n) REFERENCES entries);
      INSERT INTO entries VALUES ('2025-06-01', 1), ('2026-06-01', 2); INSERT INTO notes VALUES (1, '2025-06-01', 1), (2, '2026-06-01', 2)`, 'DELETE FROM notes; DELETE FROM entries')
    expect(told(await shop.plan([row('notes', { id: 2 })]))).toEqual(['insert entries_26 at=2026-06-01, n=2 parent', 'insert notes 2 chosen'])
    const { result } = await shop.rescue([row('entries_25', { at: '2025-06-01', n: 1 })])
    expect(told(result)).toEqual(['insert entries_25 at=2025-06-01, n=1 chosen', 'insert notes 1 child'])
  })

  it('fills what is new with its default, and leaves out what there is no more', async () => {
    const shop = await shops.open(`CREATE TABLE wares (id int PRIMARY KEY, old text, kept text, n int); INSERT INTO wares VALUES (1, 'o', 'k', 3)`,
      `DELETE FROM wares; ALTER TABLE wares DROP old, ADD colour text NOT NULL DEFAULT 'red', ALTER n TYPE bigint, ADD half int GENERATED ALWAYS AS (id * 2) STORED`)
    await shop.rescue([row('wares', { id: 1 })])
    expect(await shop.ask('SELECT * FROM wares')).toEqual([{ id: 1, kept: 'k', n: '3', colour: 'red', half: 2 }])
  })

  it('waits with constraints that are deferred until all of it is there', async () => {
    const shop = await shops.open(`CREATE TABLE bills (id int PRIMARY KEY, total int); CREATE TABLE positions (id int PRIMARY KEY, bill int REFERENCES bills ON DELETE CASCADE, amount int);
      CREATE FUNCTION adds_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.total <> (SELECT coalesce(sum(amount), 0) FROM positions WHERE bill = NEW.id) THEN RAISE 'bill % does not add up', NEW.id; END IF; RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON bills DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION adds_up();
      BEGIN; INSERT INTO bills VALUES (1, 5), (2, 0); INSERT INTO positions VALUES (1, 1, 5); COMMIT; UPDATE bills SET total = 9 WHERE id = 2`, 'DELETE FROM bills')
    expect(told(await shop.plan([row('bills', { id: 1 })]))).toHaveLength(2)
    expect((await shop.plan([row('bills', { id: 2 })])).conflicts).toMatchObject([{ code: 'refused', reason: 'bill 2 does not add up' }])
  })

  it('two hundred at once, which are the most', async () => {
    const shop = await shops.open('CREATE TABLE wares (id int PRIMARY KEY, v text); INSERT INTO wares SELECT n, repeat(md5(n::text), 100) FROM generate_series(1, 300) n', 'DELETE FROM wares')
    const { result } = await shop.rescue(Array.from({ length: 200 }, (_, n) => row('wares', { id: n + 1 })))
    expect(result.steps).toHaveLength(200)
    const { then, now } = await shop.rows('wares')
    expect(then).toEqual(expect.arrayContaining(now))
  })

  it('what would bring thousands along is not a rescue', async () => {
    const shop = await shops.open(`CREATE TABLE owners (id int PRIMARY KEY); CREATE TABLE owned (id int PRIMARY KEY, owner int REFERENCES owners ON DELETE CASCADE);
      INSERT INTO owners VALUES (1), (2); INSERT INTO owned SELECT n, 1 FROM generate_series(1, 5000) n`, 'DELETE FROM owners')
    const { conflicts, steps } = await shop.plan([row('owners', { id: 2 }), row('owners', { id: 1 })])
    expect(conflicts).toMatchObject([{ code: 'too-many', key: { id: '1' }, chosen: [1] }])
    expect(steps).toEqual([])
  })
})

describe('what PostgreSQL refuses', () => {
  it.each([
    ['a check', 'ALTER TABLE wares ADD CHECK (n < 3)', /check constraint/],
    ['a column that has to be filled', 'ALTER TABLE wares ADD colour text NOT NULL', /null value in column "colour"/],
    ['a narrower type', 'ALTER TABLE wares ALTER v TYPE varchar(2)', /too long/],
    ['an exclusion', `ALTER TABLE wares ADD EXCLUDE USING gist (r WITH &&); INSERT INTO wares VALUES (9, 1, 'v', '[3,4)')`, /exclusion constraint/],
    ['a trigger', `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not on Sundays'; END $$;
      CREATE TRIGGER no BEFORE INSERT ON wares FOR EACH ROW EXECUTE FUNCTION no()`, /^not on Sundays$/],
    ['a trigger that says nothing', `CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER no BEFORE INSERT ON wares FOR EACH ROW EXECUTE FUNCTION no()`, /left the row out/],
  ])('%s is told in its own words, and nothing is written', async (_, since, reason) => {
    const shop = await shops.open(`CREATE TABLE wares (id int PRIMARY KEY, n int, v text, r int4range); INSERT INTO wares VALUES (1, 3, 'abc', '[1,9)')`, `DELETE FROM wares; ${since}`)
    const before = await shop.rows('wares')
    const plan = await shop.plan([row('wares', { id: 1 })])
    expect(plan.conflicts).toMatchObject([{ code: 'refused', reason: expect.stringMatching(reason), chosen: [0] }])
    expect(await shop.refused([row('wares', { id: 1 })])).toMatchObject({ code: 'rescue-conflict' })
    expect((await shop.rows('wares')).now).toEqual(before.now)
  })

  it.each([
    ['on an expression', 'CREATE UNIQUE INDEX ON wares (lower(name))', `INSERT INTO wares VALUES (9, 'SOAP', NULL)`, 'lower(name)'],
    ['of a part', `CREATE UNIQUE INDEX ON wares (name) WHERE "deletedAt" IS NULL`, `INSERT INTO wares VALUES (9, 'Soap', NULL)`, 'name'],
    ['with equal nulls', 'ALTER TABLE wares ADD UNIQUE NULLS NOT DISTINCT (shelf)', `INSERT INTO wares VALUES (9, 'SOAP', NULL)`, 'shelf'],
  ])('an index %s tells who is in the way, of what is inserted and of what is revived', async (_, index, taken, columns) => {
    const shop = await shops.open(`CREATE TABLE wares (id int PRIMARY KEY, name text, "deletedAt" timestamp, shelf int); INSERT INTO wares VALUES (1, 'Soap', NULL), (2, 'Soap', NULL)`,
      `DELETE FROM wares WHERE id = 1; UPDATE wares SET "deletedAt" = now() WHERE id = 2; ${index.includes('WHERE') ? index : `DELETE FROM wares; ${index}`}; ${taken}`)
    const choice = index.includes('WHERE') ? [1, 2] : [1]
    const { conflicts } = await shop.plan(choice.map((id) => row('wares', { id })))
    expect(conflicts).toMatchObject(choice.map((id, at) => ({ code: 'unique-taken', key: { id: String(id) }, columns: [columns], holder: expect.stringMatching(/soap/i), chosen: [at] })))
  })

  it('triggers act as the owner of their table, not as a superuser', async () => {
    const shop = await shops.open(`CREATE ROLE keeper_${Date.now()} NOLOGIN; CREATE TABLE seen (who text); GRANT INSERT ON seen TO public; CREATE TABLE wares (id int PRIMARY KEY);
      CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_user); RETURN NEW; END $$;
      CREATE TRIGGER see BEFORE INSERT ON wares FOR EACH ROW EXECUTE FUNCTION see();
      DO $$ BEGIN EXECUTE 'ALTER TABLE wares OWNER TO ' || (SELECT rolname FROM pg_roles WHERE rolname LIKE 'keeper%' LIMIT 1); END $$; INSERT INTO wares VALUES (1); DELETE FROM seen`, 'DELETE FROM wares')
    await shop.rescue([row('wares', { id: 1 })])
    expect(await shop.ask('SELECT who FROM seen')).toEqual([{ who: expect.stringMatching(/^keeper/) }])
  })
})

describe('a shop at work', () => {
  it('is never waited for, and never waits', async () => {
    const shop = await shops.open(SALESPIDER, MARKED)
    await shop.now.query(`BEGIN; UPDATE "Product" SET quantity = 9 WHERE id = 'p1'`)
    const began = Date.now()
    expect(await shop.refused([product(1)])).toMatchObject({ code: 'rescue-busy' })
    expect(Date.now() - began).toBeLessThan(8_000)
    await shop.now.query('COMMIT')
    expect((await shop.rescue([product(1)])).result.kind).toBe('rescue')
  })

  it('is asked by one rescue at a time', async () => {
    const shop = await shops.open(SALESPIDER, MARKED)
    await shop.now.query(`SELECT pg_advisory_lock(hashtextextended('salespider-backup rescue', 0))`)
    expect(await shop.refused([product(1)])).toMatchObject({ code: 'rescue-busy' })
  })

  it('is left as it was by a cancel, up to the last moment', async () => {
    const shop = await shops.open(SALESPIDER, MARKED)
    const cancel = new AbortController()
    const seal = () => {
      cancel.abort(new Error('cancelled'))
      cancel.signal.throwIfAborted()
    }
    await expect(shop.rescue([product(1)], { seal, signal: cancel.signal })).rejects.toThrow('cancelled')
    expect(await shop.ask(`SELECT FROM "Product" WHERE "deletedAt" IS NULL AND id = 'p1'`)).toHaveLength(0)
  })

  it('that is down is said to be, as is a rehearsal that is', async () => {
    const shop = await shops.open(SALESPIDER, MARKED)
    const context = await shops.contextOf({ kind: 'rescue', rehearsal: 'r1', rows: [product(1)] }, 'postgres://postgres@127.0.0.1:1/postgres')
    const rows = { context, choice: [product(1)] }
    await expect(planRescue({ ...rows, then: { connectionString: shop.thenUrl } })).rejects.toMatchObject({ failure: { code: 'database-down' } })
    await expect(planRescue({ ...rows, then: { host: '127.0.0.1', port: 1 } })).rejects.toMatchObject({ failure: { code: 'rehearsal-broken' } })
    await shops.control.db.job.update({ where: { id: context.job.id }, data: { status: 'FAILED', finishedAt: new Date() } })
  })
})

describe('a worker that dies in the last moment', () => {
  it.each([['committed', true], ['not', false]])('leaves no doubt when it was %s', async (_, isCommitted) => {
    const { db, stanza } = shops.control
    const shop = await shops.open(SALESPIDER, MARKED)
    const { job } = await shop.rescue([product(1)])
    const { result } = await db.job.findUniqueOrThrow({ where: { id: job } })
    const aborted = new Client(shop.nowUrl)
    await aborted.connect()
    await aborted.query('BEGIN')
    const xid = (await aborted.query('SELECT pg_current_xact_id()::text AS xid')).rows[0].xid
    await aborted.query('ROLLBACK')
    await aborted.end()
    const prepared = { ...(result as object), ...(!isCommitted && { transaction: xid }) }
    await db.job.update({ where: { id: job }, data: { status: 'RUNNING', finishedAt: null, result: prepared, heartbeatAt: new Date(Date.now() - 60_000) } })
    const adopted = await adoptJob(db, stanza, { id: 'next', name: 'next' })
    const context = toContext(shops.control, adopted as JobContext<'rescue'>['job'], shop.nowUrl)
    const outcome = rescueHandler(context)
    if (isCommitted) expect(await outcome).toEqual(result)
    else await expect(outcome).rejects.toMatchObject({ failure: { code: 'worker-lost' } })
    await db.job.update({ where: { id: job }, data: { status: 'FAILED', finishedAt: new Date() } })
  })
})
