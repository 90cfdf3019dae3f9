import { appendFile, open } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seedShop } from '@/demo/seed-shop'
import { type Comparison, type DifferenceRow, type Sort, comparisonSchema, differenceRowSchema } from '@/lib/restore/comparison/schema'
import { checkIntegrity } from '@/worker/compare/amcheck'
import { compareDatabases } from '@/worker/compare/compare'
import { openSession } from '@/worker/compare/session'
import { attempt } from '@/worker/compare/sides'
import { startPostgres, type TestPostgres, binaries } from '../support/postgres'
import { ODD_CHANGES, ODD_TABLES } from '../support/odd-tables'
import { copyCluster, type TestStandby } from '../support/standby'
import { until } from '../support/lab'

const at = new Date('2026-11-24T13:26:08Z')
const SALESPIDER = ['User', 'Product', 'Sale', 'SaleItem', 'deshelvings', 'audit_logs', 'AppSettings', '_prisma_migrations']

let shop: TestPostgres
/** Both were taken at the same moment; of the second it is not known on which timeline */
let copy: TestStandby
let branch: TestStandby
const clients: Client[] = []

const urlOf = (database: string) => shop.url.replace(/postgres$/, database)

async function connect(config: ConstructorParameters<typeof Client>[0]): Promise<Client> {
  const client = new Client(config)
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}

type Sample = DifferenceRow & { table: string; text: string }
/** Of the comparison that was made last */
let samples: Sample[] = []
let early: Comparison | null = null

const compare = (database: string, then: TestStandby = copy, options: Partial<Parameters<typeof compareDatabases>[0]> = {}) =>
  compareDatabases({
    then: { ...then.config, database }, now: { connectionString: urlOf(database) }, bin: binaries(),
    thenDataDir: then.dataDir, nowDataDir: shop.dataDir, at, signal: new AbortController().signal, onProgress: () => undefined,
    onDifferences: async (differences, texts) => {
      early = differences
      samples = texts.map((text) => JSON.parse(text) as Sample)
    },
    ...options,
  })

const sample = (name: string, sort: Sort) => samples.filter((one) => one.table === name && one.sort === sort)
const lostRows = (name: string) => sample(name, 'lost').map(({ now }) => now)
const returningRows = (name: string) => sample(name, 'returns').map(({ then }) => then)
const changedRows = (name: string) => sample(name, 'changed').map(({ then, now }) => ({ then: then ?? {}, now: now ?? {} }))

const find = (comparison: Comparison, name: string) => comparison.tables.find((table) => table.name === name)
const counts = (comparison: Comparison, name: string) => {
  const { lost, returns, changed, rowsThen, rowsNow, isCapped, skipped } = find(comparison, name) ?? {}
  return { lost, returns, changed, rowsThen, rowsNow, isCapped, skipped }
}
const all = (lost: number, returns: number, changed: number, rowsThen: number | null, rowsNow: number | null) =>
  ({ lost, returns, changed, rowsThen, rowsNow, isCapped: false, skipped: null })

beforeAll(async () => {
  shop = await startPostgres({ max_wal_senders: '4', autovacuum: 'off' })
  const admin = await connect(shop.url)
  await admin.query(`CREATE ROLE clerk PASSWORD 'first'; CREATE ROLE leaver; ALTER ROLE clerk SET work_mem = '6MB'`)
  for (const database of ['shop', 'kinds', 'older', 'bare']) await admin.query(`CREATE DATABASE ${database}`)
  const [shopDatabase, kinds, older] = await Promise.all(['shop', 'kinds', 'older'].map((database) => connect(urlOf(database))))
  if (!shopDatabase || !kinds || !older) throw new Error('no connection')
  await seedShop(shopDatabase, { seed: 615, now: at })
  await shopDatabase.query('CREATE EXTENSION amcheck')
  await shopDatabase.query(`UPDATE "Sale" SET "deletedAt" = '2026-11-20' WHERE id IN (SELECT id FROM "Sale" ORDER BY id OFFSET 50 LIMIT 2)`)
  await kinds.query(`CREATE EXTENSION amcheck; ${ODD_TABLES}`)
  await kinds.query('VACUUM (ANALYZE)')
  await older.query(`CREATE TABLE "Sale" (id text PRIMARY KEY, total int); CREATE TABLE "Product" (id text); CREATE TABLE "User" (id text);
    INSERT INTO "Sale" VALUES ('a', 1)`)
  const holder = await connect(urlOf('kinds'))
  await holder.query('BEGIN; ALTER TABLE busy ADD v int')
  copy = await copyCluster(shop, 'kinds')
  branch = await copyCluster(shop, 'kinds', { recovery_target_timeline: 'latest' })
  await holder.query('COMMIT')
  for (const statement of ODD_CHANGES.split(';\n')) await kinds.query(statement)
  await kinds.query('VACUUM (FREEZE)')
  await kinds.query('VACUUM FULL rewritten')
  await kinds.query('VACUUM FULL keyless')
  await older.query(`INSERT INTO "Sale" VALUES ('b', 1)`)
  await admin.query(`ALTER SYSTEM SET work_mem = '9MB'`)
  await appendFile(path.join(shop.dataDir, 'pg_hba.conf'), '# another line\n')
}, 240_000)

afterAll(async () => {
  for (const client of clients) await client.end()
  await copy?.stop()
  await branch?.stop()
  await shop?.stop()
})

const expectations: Record<string, ReturnType<typeof all>> = {
  stock: all(2, 1, 10, 301, 302),
  entries_25: all(0, 1, 0, 213, 212),
  entries_26: all(2, 0, 0, 187, 189),
  kinds: all(0, 0, 4, 20, 20),
  toasted: all(0, 0, 1, 5, 5),
  emptied: all(0, 500, 0, 500, 0),
  refilled: all(10, 200, 1, 500, 310),
  rewritten: all(0, 1, 2, 20000, 19999),
  keyless: all(1, 2, 0, 20000, 19999),
  widened: all(0, 0, 1, 1000, 1000),
  retyped: all(0, 0, 1, 1000, 1000),
  dropped: all(0, 150, 0, 150, null),
  created: all(3, 0, 0, null, 3),
  frozen: all(0, 0, 1, 20000, 20000),
  all_changed: all(0, 0, 60000, 60000, 60000),
  nearly_emptied: all(5, 55000, 0, 55000, 5),
  accounts: all(0, 1, 1, 3, 2),
  "Odd \"na'me": all(0, 1, 1, 2, 1),
  rounded: all(0, 0, 1, 2, 2),
  many_keys: all(1, 0, 1, 100, 101),
  unique_key: all(0, 0, 1, 2, 2),
  notes: all(2, 1, 0, 3, 4),
  ledger: all(1, 0, 0, 1, 2),
}

describe('tables of all sorts', () => {
  let comparison: Comparison
  let kept: Sample[]
  beforeAll(async () => {
    comparison = await compare('kinds')
    kept = samples
  })
  beforeEach(() => {
    samples = kept
  })

  it('keeps to its own shape, also as JSON', () => {
    expect(comparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison)
    for (const { ordinal, sort, then, now, names } of samples) {
      expect(differenceRowSchema.parse({ ordinal, sort, then, now, names })).toEqual({ ordinal, sort, then, now, names })
    }
  })

  it('tells what differs before it looks for damage', () => {
    expect(early).toEqual({ ...comparison, amcheck: null, checks: null })
  })

  it.each(Object.entries(expectations))('%s', (name, expected) => expect(counts(comparison, name)).toEqual(expected))

  it('lists nothing that is the same', () => {
    const others = comparison.tables.map(({ name }) => name).filter((name) => !(name in expectations))
    expect(others.toSorted()).toEqual(['busy', 'too_much', 'unlike', 'unlogged'])
    expect(comparison.tableCount).toBe(comparison.tables.length + 3)
  })

  it('says what it could not compare, and why', () => {
    expect(counts(comparison, 'unlogged')).toMatchObject({ skipped: 'unlogged', lost: 0 })
    expect(counts(comparison, 'unlike')).toMatchObject({ skipped: 'definition' })
    expect(counts(comparison, 'busy')).toMatchObject({ skipped: 'locked', rowsThen: null })
  })

  it('counts no further where rows without a key cannot be told apart', () => {
    const { isCapped, returns = 0, rowsThen, rowsNow } = counts(comparison, 'too_much')
    expect({ isCapped, rowsThen, rowsNow }).toEqual({ isCapped: true, rowsThen: 230000, rowsNow: 1 })
    expect(returns).toBeGreaterThan(199_000)
  })

  it('puts most differences first', () => {
    const sizes = comparison.tables.map(({ lost, returns, changed }) => lost + returns + changed)
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
  })

  it('keeps samples: a thousand of each, the newest first, numbers whole, long texts cut', () => {
    expect(returningRows('dropped').map((row) => row?.id)).toEqual(Array.from({ length: 150 }, (_, n) => 150 - n))
    expect(returningRows('nearly_emptied')[0]).toEqual({ id: 55000, v: 55000 })
    expect(changedRows('all_changed')).toHaveLength(1_000)
    for (const { then, now } of changedRows('all_changed')) expect(now).toEqual({ id: then.id, v: Number(then.v) + 1 })
    const [third, second, first] = changedRows('kinds').slice(-3)
    expect(first?.then).toEqual({
      id: '9007199254740991', j: '{"k": 1}', b: '\\x00ff', a: '{a,NULL,"b c"}', n: '1.10', nothing: null, u: 'ünï ₦ 🧺', f: 'NaN',
      long: `${'x'.repeat(499)}…`, at: '2025-12-31 23:00:00+00',
    })
    expect([first?.now.j, second?.now.n, third?.now.nothing]).toEqual(['{"k": 2}', '1.1', ''])
    expect(find(comparison, 'kinds')?.columns).toEqual(['id', 'j', 'b', 'a', 'n', 'nothing', 'u', 'f', 'long', 'at'])
    expect(changedRows('widened')).toEqual([{ then: { id: 3, v: 'v', old: 3 }, now: { id: 3, v: 'w', new: 'fast' } }])
    expect(find(comparison, 'stock')).toMatchObject({ key: ['shop', 'product'], samples: 13 })
    expect(lostRows('stock')).toMatchObject([{ shop: 5, product: '' }, { shop: 4, product: 'tab\t' }])
    expect(find(comparison, 'unique_key')?.key).toEqual(['code'])
    expect(find(comparison, 'keyless')?.key).toEqual([])
  })

  it('counts the samples of a table through, what comes back first', () => {
    const told = samples.filter(({ table }) => table === 'stock').map(({ ordinal, sort }) => [ordinal, sort])
    expect(told).toEqual([
      [0, 'returns'], [1, 'lost'], [2, 'lost'], ...Array.from({ length: 10 }, (_, n) => [n + 3, 'changed']),
    ])
    expect(comparison.tables.reduce((sum, table) => sum + table.samples, 0)).toBe(samples.length)
  })

  it('gives no secret away, and still tells that one has changed', () => {
    const { then = {}, now = {} } = changedRows('accounts')[0] ?? {}
    for (const { passwordHash } of [then, now]) expect(passwordHash).toMatch(/^hidden [0-9a-f]{4}$/)
    expect(then.passwordHash).not.toBe(now.passwordHash)
    expect([then.settings, now.settings]).toEqual(['{"colour": "red", "apiToken": hidden}', '{"colour": "blue", "apiToken": hidden}'])
    expect(returningRows('accounts')).toEqual([{ id: 3, passwordHash: null, settings: '{}' }])
    expect(JSON.stringify([comparison, samples])).not.toMatch(/sesame|alohomora|abracadabra|pocus|SCRAM|first'|changed'/)
  })

  it('compares definitions', () => {
    const told = comparison.definitions.map(({ kind, name, side }) => `${kind} ${name} ${side}`)
    expect(told).toEqual([
      'extension pg_trgm only-now', 'enum size differs', 'sequence numbers differs', 'table created only-now', 'table dropped only-then',
      'column busy.v only-now', 'column retyped.v differs', 'column stock.units differs', 'column unlike.a only-then',
      'column unlike.b only-now', 'column widened.new only-now', 'column widened.old only-then', 'constraint stock.positive only-now', 'index stock_units only-now',
      'trigger notes.watch differs', 'view cheap differs', 'function price(n integer) differs',
    ])
    const named = (name: string) => comparison.definitions.find((definition) => definition.name === name)
    expect(named('stock.units')).toMatchObject({ then: 'integer', now: 'integer NOT NULL DEFAULT 3' })
    expect(named('size')).toMatchObject({ then: 's, m, l', now: 's, m, l, xl' })
    expect(comparison.unread).toEqual([])
  })

  it('compares roles, settings and files', () => {
    expect(comparison.roles).toEqual([
      { name: 'clerk', side: 'differs', what: expect.arrayContaining(['password', 'attributes', 'memberships']) },
      { name: 'joiner', side: 'only-now', what: [] },
      { name: 'leaver', side: 'only-then', what: [] },
    ])
    expect(comparison.settings).toEqual([
      { name: 'ALTER DATABASE kinds SET TimeZone', then: null, now: 'Africa/Lagos' },
      { name: 'ALTER ROLE clerk SET work_mem', then: '6MB', now: '7MB' },
      { name: 'work_mem', then: null, now: '9MB' },
    ])
    expect(comparison.files).toEqual(['pg_hba.conf'])
  })

  it('finds no damage, and does not take a locked table for a damaged one', () => {
    expect(comparison.amcheck).toMatchObject({ status: 'ok', problems: [], reason: null })
    expect(comparison.amcheck?.relations).toBeGreaterThan(50)
    expect(comparison.amcheck?.took).toBeGreaterThan(0)
    expect([comparison.shop, comparison.checks, comparison.migration]).toEqual([null, [], null])
  })
})

describe('on another branch of history', () => {
  it('comes to the same by reading all rows, in order of their keys', async () => {
    const comparison = await compare('kinds', branch)
    for (const [name, expected] of Object.entries(expectations)) expect({ [name]: counts(comparison, name) }).toEqual({ [name]: expected })
    expect(counts(comparison, 'too_much')).toMatchObject({ isCapped: true })
  })

  it('is not taken in by two rows in the same place, written by transactions of the same number', async () => {
    const [promoted, live] = [await connect({ ...branch.config, database: 'kinds' }), await connect(urlOf('kinds'))]
    await promoted.query('SELECT pg_promote()')
    const next = async (client: Client) => Number((await client.query('SELECT pg_current_xact_id()::text AS xid')).rows[0].xid)
    const goal = Math.max(await next(promoted), await next(live)) + 10
    for (const client of [promoted, live]) while ((await next(client)) < goal);
    await promoted.query(`INSERT INTO unique_key VALUES ('v', 'of the branch')`)
    await live.query(`INSERT INTO unique_key VALUES ('v', 'of the shop')`)
    const where = `SELECT ctid::text, xmin::text FROM unique_key WHERE code LIKE 'of the %'`
    const places = [await promoted.query(where), await live.query(where)].map(({ rows }) => rows[0].xmin)
    expect(places[0]).toBe(places[1])
    const comparison = await compare('kinds', branch)
    expect(find(comparison, 'unique_key')).toMatchObject({ lost: 1, returns: 1, changed: 1 })
    expect([lostRows('unique_key'), returningRows('unique_key')]).toMatchObject([[{ code: 'of the shop' }], [{ code: 'of the branch' }]])
  })
})

describe('a shop', () => {
  const rowsOf = async (client: Client, table: string) => {
    const { rows } = await client.query(`SELECT id, to_jsonb(t)::text AS row FROM "${table}" t`)
    return new Map(rows.map(({ id, row }) => [String(id), String(row)]))
  }
  const isMarked = (row: string | undefined) => row !== undefined && /"deletedAt": "/.test(row)

  it('tells sales, takings and rows exactly, as counted by hand', async () => {
    const [live, then] = [await connect(urlOf('shop')), await connect({ ...copy.config, database: 'shop' })]
    await live.query(`
      DELETE FROM "SaleItem" WHERE "saleId" IN (SELECT id FROM "Sale" ORDER BY id DESC LIMIT 150);
      DELETE FROM "Sale" WHERE id IN (SELECT id FROM "Sale" ORDER BY id DESC LIMIT 150);
      UPDATE "Sale" SET "deletedAt" = now() WHERE id IN (SELECT id FROM "Sale" ORDER BY id LIMIT 3);
      UPDATE "Sale" SET "deletedAt" = NULL WHERE "deletedAt" = '2026-11-20';
      UPDATE "Sale" SET "paymentMode" = 'CARD' 
        WHERE id IN (SELECT id FROM "Sale" WHERE "paymentMode" = 'CASH' ORDER BY id OFFSET 100 LIMIT 7);
      DELETE FROM "Product" WHERE id IN (SELECT p.id FROM "Product" p LEFT JOIN "SaleItem" i ON i."productId" = p.id
        LEFT JOIN deshelvings d ON d."productId" = p.id WHERE i.id IS NULL AND d.id IS NULL);
      UPDATE "Product" SET "deletedAt" = now() WHERE id IN (SELECT id FROM "Product" WHERE "deletedAt" IS NULL ORDER BY id LIMIT 3);
      UPDATE "Product" SET price = price * 1.1 WHERE id IN (SELECT id FROM "Product" ORDER BY id OFFSET 10 LIMIT 40);
      INSERT INTO "Sale" SELECT 'zz' || lpad(n::text, 6, '0'), (SELECT id FROM "User" LIMIT 1), n + 0.1, 0.2, 7.5, n + 0.3, 'CASH',
        now(), now(), NULL FROM generate_series(1, 250) n;
      INSERT INTO "Sale" SELECT 'zzz', (SELECT id FROM "User" LIMIT 1), 1, 0, 7.5, 1, 'CASH', now(), now(), now();
      UPDATE "User" SET "deletedAt" = now() WHERE id IN (SELECT id FROM "User" ORDER BY id DESC LIMIT 1);
      TRUNCATE audit_logs`)
    await live.query('VACUUM FULL "SaleItem"')
    const seen: [number, number][] = []
    const comparison = await compare('shop', copy, { onProgress: (done, total) => seen.push([done, total]) })

    for (const table of SALESPIDER) {
      const [before, after] = [await rowsOf(then, table), await rowsOf(live, table)]
      const both = [...before.keys()].filter((id) => after.has(id) && after.get(id) !== before.get(id))
      const marked = both.filter((id) => isMarked(after.get(id)) && !isMarked(before.get(id)))
      const unmarked = both.filter((id) => !isMarked(after.get(id)) && isMarked(before.get(id)))
      const expected = {
        lost: [...[...after.keys()].filter((id) => !before.has(id)), ...unmarked],
        returns: [...[...before.keys()].filter((id) => !after.has(id)), ...marked],
        changed: both.filter((id) => !marked.includes(id) && !unmarked.includes(id)),
      }
      const told = find(comparison, table) ?? { lost: 0, returns: 0, changed: 0 }
      for (const sort of ['lost', 'returns', 'changed'] as const) {
        expect([table, sort, told[sort]]).toEqual([table, sort, expected[sort].length])
        const ids = sample(table, sort).map(({ then, now }) => (now ?? then)?.id)
        expect(ids).toEqual(expected[sort].toSorted().slice(-1_000).toReversed())
      }
    }
    expect(sample('Product', 'returns').filter(({ then, now }) => then?.deletedAt === null && now?.deletedAt)).toHaveLength(3)
    expect(sample('User', 'returns')).toHaveLength(1)
    expect(sample('Sale', 'lost').filter(({ then, now }) => then?.deletedAt && now?.deletedAt === null)).toHaveLength(2)
    const counted = async (client: Client, filter: string) => {
      const { rows } = await client.query(`
        SELECT count(*)::int AS count, trim_scale(sum("totalAmount"::numeric))::text AS takings FROM "Sale" WHERE "deletedAt" IS NULL AND ${filter}`)
      return rows[0]
    }
    const stays = new Set([...(await rowsOf(live, 'Sale')).keys()])
    const gone = [...(await rowsOf(then, 'Sale')).keys()].filter((id) => !stays.has(id))
    const { rows: deleted } = await live.query<{ id: string }>(`SELECT id FROM "Sale" WHERE "deletedAt" IS NOT NULL AND id <> 'zzz'`)
    const voided = deleted.map(({ id }) => id)
    const unvoided = sample('Sale', 'lost').filter(({ then }) => then).map(({ now }) => now?.id)
    expect(comparison.shop?.lostSales).toEqual(await counted(live, `(id LIKE 'zz%' OR id = ANY ('{${unvoided.join(',')}}'))`))
    expect(comparison.shop?.lostSales.count).toBe(252)
    expect(comparison.shop?.returningSales).toEqual(await counted(then, `id = ANY ('{${[...gone, ...voided].join(',')}}')`))
    expect(comparison.shop?.returningSales.count).toBe(153)
    expect(comparison.shop?.now).toMatchObject(await counted(live, 'true').then(({ count, takings }) => ({ sales: count, takings })))
    expect(comparison.shop?.then).toMatchObject(await counted(then, 'true').then(({ count, takings }) => ({ sales: count, takings })))
    const prices = async (client: Client) => {
      const { rows } = await client.query('SELECT id, price::numeric::text AS price, "deletedAt" IS NULL AS alive FROM "Product"')
      return new Map(rows.map(({ id, price, alive }) => [id, { price, alive }]))
    }
    const [dear, cheap] = [await prices(live), await prices(then)]
    const repriced = [...dear].filter(([id, { price, alive }]) => cheap.has(id) && cheap.get(id)?.price !== price && cheap.get(id)?.alive === alive)
    expect(repriced.length).toBeGreaterThan(30)
    expect(comparison.shop?.repriced).toBe(repriced.length)
    const shelves = await live.query(`
      SELECT count(*)::int AS products, sum(quantity)::int AS stock, trim_scale(sum(price::numeric * quantity))::text AS "stockValue"
      FROM "Product" WHERE "deletedAt" IS NULL`)
    expect(comparison.shop?.now).toMatchObject(shelves.rows[0])
    expect((comparison.shop?.then.people ?? 0) - (comparison.shop?.now.people ?? 0)).toBe(1)
    expect(comparison.shop?.then.newestSaleAt).toMatch(/^2026-11-24T\d\d:\d\d:\d\d\.\d{3}Z$/)
    const { rows: [next] } = await live.query(`
      SELECT to_char(min("createdAt"), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM "Sale"
      WHERE "deletedAt" IS NULL AND "createdAt" > $1::timestamp`, [comparison.shop?.then.newestSaleAt])
    expect(comparison.shop?.nextSaleAt).toBe(next?.at)
    expect(comparison.migration).toBe('20251126172707_create_audit_log_table')
    expect(sample('User', 'returns')[0]?.now?.password).toMatch(/^hidden/)
    const productOf = await then.query<{ name: string }>('SELECT name FROM "Product" WHERE id = $1', [sample('SaleItem', 'returns')[0]?.then?.productId])
    expect(sample('SaleItem', 'returns')[0]).toMatchObject({
      names: { productId: productOf.rows[0]?.name }, text: expect.stringContaining(productOf.rows[0]?.name.toLowerCase() ?? 'no name'),
    })
    expect(sample('Sale', 'lost')[0]?.names.cashierId).toMatch(/\w/)
    expect(comparison.amcheck).toMatchObject({ status: 'ok', problems: [] })
    expect(comparison.amcheck?.relations).toBeGreaterThan(50)
    expect(comparison.checks?.map(({ found }) => found)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(seen[0]?.[0]).toBe(0)
    expect(seen.at(-1)?.[0]).toBe(seen[0]?.[1])
  })

  it('is one shop while tills go on selling: what is lost and what stays add up', async () => {
    const till = await connect(urlOf('shop'))
    let isOpen = true
    const selling = (async () => {
      for (let n = 0; isOpen; n += 1) {
        await till.query(`INSERT INTO "Sale"
          SELECT 'live-' || $1::int, (SELECT id FROM "User" LIMIT 1), 5, 0, 7.5, 5, 'CASH', now(), now(), NULL`, [n])
      }
    })()
    const { shop: told } = await compare('shop')
    isOpen = false
    await selling
    if (!told) throw new Error('no figures')
    expect(told.now.sales).toBe(told.then.sales + told.lostSales.count - told.returningSales.count)
    const hundredths = ({ takings }: { takings: string }) => Math.round(Number(takings) * 100)
    expect(hundredths(told.now)).toBe(hundredths(told.then) + hundredths(told.lostSales) - hundredths(told.returningSales))
  })

  it('counts a whole till at once: TRUNCATE of all sales', async () => {
    const live = await connect(urlOf('shop'))
    await live.query('TRUNCATE "Sale" CASCADE')
    const { shop: told, ...comparison } = await compare('shop')
    expect(told).toMatchObject({ now: { sales: 0, takings: '0', newestSaleAt: null }, lostSales: { count: 0, takings: '0' } })
    expect(told?.returningSales).toEqual({ count: told?.then.sales, takings: told?.then.takings })
    expect(comparison.tables.map(({ name, rowsNow }) => [name, rowsNow])).toEqual(expect.arrayContaining([['Sale', 0], ['SaleItem', 0]]))
  })
})

describe('without SaleSpider', () => {
  it('has no figures where its tables are of another shape', async () => {
    const comparison = await compare('older')
    expect(comparison.shop).toBeNull()
    expect(comparison.unread).toEqual([])
    expect(comparison.tables).toMatchObject([{ name: 'Sale', lost: 1, returns: 0, changed: 0 }])
    expect(lostRows('Sale')).toEqual([{ id: 'b', total: 1 }])
  })

  it('finds nothing in an empty database', async () => {
    const comparison = await compare('bare')
    expect(comparison).toMatchObject({ shop: null, tables: [], tableCount: 0, definitions: [], unread: [] })
  })

  it('checks nothing where amcheck is not installed, and says so', async () => {
    expect((await compare('older')).amcheck).toMatchObject({ status: 'skipped', relations: 0, problems: [], reason: 'not-installed' })
  })
})

describe('on a bad day', () => {
  const OURS = `FROM pg_stat_activity WHERE application_name = 'salespider-backup compare'`

  it('does not wait for a table that the shop keeps locked', async () => {
    const locker = await connect(urlOf('kinds'))
    await locker.query('BEGIN; LOCK TABLE stock IN ACCESS EXCLUSIVE MODE')
    const comparison = await compare('kinds')
    await locker.query('ROLLBACK')
    expect(find(comparison, 'stock')).toMatchObject({ skipped: 'locked', isCapped: true })
    expect(counts(comparison, 'kinds')).toEqual(expectations.kinds)
  })

  it('stops when it is cancelled, and leaves no query behind', async () => {
    const locker = await connect(urlOf('kinds'))
    await locker.query('BEGIN; LOCK TABLE stock IN ACCESS EXCLUSIVE MODE')
    const abort = new AbortController()
    const running = compare('kinds', copy, { signal: abort.signal }).then(() => 'ended', (error: unknown) => error)
    const observer = await connect(shop.url)
    await until('it waits for the lock', 10, async () =>
      (await observer.query(`SELECT 1 ${OURS} AND wait_event_type = 'Lock'`)).rowCount)
    const asked = performance.now()
    abort.abort('cancel')
    expect(await running).toBe('cancel')
    expect(performance.now() - asked).toBeLessThan(1_000)
    await locker.query('ROLLBACK')
    await until('its sessions are gone', 5, async () => (await observer.query(`SELECT 1 ${OURS}`)).rowCount === 0)
  })

  it('gives up a query whose time is over, and goes on', async () => {
    const { signal } = new AbortController()
    const then = await openSession('then', copy.config, signal)
    const now = await openSession('now', { connectionString: urlOf('kinds') }, signal)
    const asked = (sql: string) => attempt({ then, now }, 300, () => now.query(sql))
    expect(await asked('SELECT pg_sleep(20)')).toMatchObject({ skipped: { why: 'timeout' } })
    expect(await asked('SELECT 1 / 0')).toMatchObject({ skipped: { why: 'failed', words: 'division by zero' } })
    expect(await asked('SELECT 1')).toEqual({ done: [[1]] })
    expect(await asked('CREATE TABLE public.written (n int)')).toMatchObject({ skipped: { why: 'failed' } })
    await then.close()
    await now.close()
  })

  it('fails with why when a side does not answer, or stops to', async () => {
    const failed = (code: string) => ({ failure: { code } })
    const nobody = { host: '127.0.0.1', port: 1 }
    await expect(compare('kinds', copy, { now: nobody })).rejects.toMatchObject(failed('database-down'))
    await expect(compare('kinds', copy, { then: nobody })).rejects.toMatchObject(failed('rehearsal-broken'))
    const admin = await connect(shop.url)
    const kill = () => void admin.query(`SELECT pg_terminate_backend(pid) ${OURS}`)
    await expect(compare('kinds', copy, { onProgress: kill })).rejects.toMatchObject(failed('database-interrupted'))
  })

  it('finds damage in the copy', async () => {
    const damaged = await copyCluster(shop, 'shop')
    const there = await connect(damaged.config)
    const { rows } = await there.query(`SELECT pg_relation_filepath('"User"') AS file`)
    const file = await open(path.join(damaged.dataDir, String(rows[0].file)), 'r+')
    // The first line pointer points behind the page.
    await file.write(Buffer.from([0xff, 0xff, 0xc8, 0x00]), 0, 4, 24)
    await file.close()
    const session = await openSession('then', damaged.config, new AbortController().signal)
    const found = await checkIntegrity(session, binaries())
    await session.close()
    await there.end()
    await damaged.stop()
    expect(found).toMatchObject({ status: 'damaged', reason: null })
    expect(found.problems.join('\n')).toMatch(/User/)
  })
})
