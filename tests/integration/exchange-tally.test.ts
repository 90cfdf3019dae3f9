/** What an exchange leaves behind, counted until the shop's server is gone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Account } from '@/worker/exchange/account'
import { startTally } from '@/worker/exchange/tally'
import { MANY_SALES, PEOPLE_AND_PRODUCTS, type TestShop, createShop } from '../support/life'
import { type TestPostgres, startPostgres } from '../support/postgres'
import { startServer, stopServer } from '../support/server-control'

const POINT = new Date('2026-11-24T13:03:21.000Z')
const fromPoint: Account = { compared: null, soldSince: POINT, gone: { since: POINT, thereAt: POINT } }
let postgres: TestPostgres
let shop: TestShop
let sold = 0

beforeAll(async () => {
  // Not the zone of SaleSpider's times
  postgres = await startPostgres({ timezone: 'Africa/Lagos' })
  shop = await createShop(postgres.url, 'shop')
  await shop.sql(PEOPLE_AND_PRODUCTS)
  await shop.sql(MANY_SALES, [10, '2026-11-24 13:00', '2026-11-24 13:03:21'])
})
afterAll(async () => {
  await shop?.close().catch(() => undefined)
  await postgres?.stop()
})
beforeEach(() => {
  sold = 0
})

/** One of 100 each, from the point on; the first at the point itself, which holds it. */
async function sell(count: number): Promise<void> {
  for (const end = sold + count; sold < end; sold += 1) {
    await shop.sql(
      `INSERT INTO "Sale" (id, "cashierId", subtotal, "vatAmount", "vatPercentage", "totalAmount", "paymentMode", "createdAt", "updatedAt")
       VALUES ($1, 'u1', 100, 0, 0, 100, 'CASH', $2::timestamp, $2::timestamp)`,
      [`after${sold}`, `2026-11-24 13:03:21.${String(sold * 5).padStart(3, '0')}`],
    )
  }
}

it('counts sales after the point, and what was deleted since and comes back', async () => {
  await sell(4)
  await shop.sql(`UPDATE "Product" SET "deletedAt" = '2026-11-24 14:00' WHERE id IN ('p1', 'p2')`)
  await shop.sql(`UPDATE "User" SET "deletedAt" = '2026-11-24 12:00' WHERE id = 'u2'`)
  await shop.sql(`UPDATE "Sale" SET "deletedAt" = '2026-11-24 14:00' WHERE id IN ('s3', 'after3')`)
  const counted = await (await startTally(shop.url, fromPoint)).finish()
  expect(counted).toMatchObject({
    comparedAt: null, behind: { sales: { count: 2, takings: '200.00' }, rows: [] },
    back: { sales: { count: 1, takings: '100.00' }, rows: [{ table: 'Product', count: 2, isCapped: false }] },
  })
  expect(Math.abs((counted?.countedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  await shop.sql(`DELETE FROM "Sale" WHERE id LIKE 'after%'`)
})

it('goes on counting until the shop is gone, and does not keep it from stopping', async () => {
  const tally = await startTally(shop.url, { ...fromPoint, gone: null })
  await sell(5)
  await sleep(1_000)
  stopServer(postgres)
  expect(await tally.finish()).toMatchObject({ behind: { sales: { count: 4, takings: '400.00' } }, back: null })
  startServer(postgres)
})

it('is nothing where nothing answers, where there are no sales, and where nobody knows from when on', async () => {
  const silent = await startTally(postgres.url.replace(String(postgres.port), '1'), fromPoint)
  expect(await silent.finish()).toBeNull()
  expect(await (await startTally(postgres.url, fromPoint)).finish()).toBeNull()
  expect(await (await startTally(shop.url, null)).finish()).toBeNull()
})

it('lets a shop that does not answer in time go without', async () => {
  const again = await createShop(postgres.url, 'locked')
  await again.sql('BEGIN')
  await again.sql('LOCK TABLE "Sale" IN ACCESS EXCLUSIVE MODE')
  const began = performance.now()
  expect(await (await startTally(again.url, fromPoint)).finish()).toBeNull()
  expect(performance.now() - began).toBeLessThan(3_000)
  await again.close()
})
