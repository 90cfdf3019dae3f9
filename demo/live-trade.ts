import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type ClientBase } from 'pg'
import { logger } from '@/lib/logger'
import { drawBasket, drawPaymentMode, saleTotals, type Offer } from './basket'
import { catalogue } from './catalogue'
import { createIds, type Ids } from './cuid'
import { createRandom, type Random } from './random'
import type { ProductRow, UserRow } from './rows'
import { recordSale } from './sale'
import { drawLoss, labelPrice } from './stock'
import { changePrice, deshelve, restock } from './stockroom'

const RETRY_MS = 1_000

type Product = Offer & Pick<ProductRow, 'name' | 'lowStockMargin'>
type Member = Pick<UserRow, 'id' | 'email' | 'role'>

/**
 * Trades day and night, something every `pace` seconds in the mean, until `signal` aborts; what is under way then is
 * finished. A restore ends every connection, or takes the tables away for a while: it goes on when it can.
 */
export async function runTraffic({ url, pace, signal }: { url: string; pace: number; signal: AbortSignal }): Promise<void> {
  const random = createRandom(randomUUID())
  const ids = createIds(random)
  while (!signal.aborted) {
    try {
      await tradeOnOneConnection(url, async (client) => {
        while (!signal.aborted) {
          await tradeOnce(client, random, ids)
          await pause(Math.min(-Math.log(1 - random.next()), 4) * pace * 1_000, signal)
        }
      })
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'demo traffic: interrupted, trying again')
      await pause(RETRY_MS, signal)
    }
  }
}

async function tradeOnOneConnection(url: string, trade: (client: ClientBase) => Promise<void>): Promise<void> {
  const client = new Client({
    connectionString: url,
    application_name: 'demo-traffic',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  })
  // Without a listener a cut connection would end the process; the next query reports it anyway.
  client.on('error', () => undefined)
  try {
    await client.connect()
    logger.info('demo traffic: trading')
    await trade(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** One thing that happens in a shop, most often a sale. */
async function tradeOnce(client: ClientBase, random: Random, ids: Ids): Promise<void> {
  const products = await listProducts(client)
  const staff = await listStaff(client)
  const managers = staff.filter(({ role }) => role !== 'CASHIER')
  const product = random.pickWeighted(products, ({ weight, quantity }) => (quantity > 0 ? weight : 0))
  if (!product || managers.length === 0) return
  const entry = { by: random.pick(managers), at: new Date(), ids }
  const low = products.filter(({ quantity, lowStockMargin }) => quantity <= lowStockMargin)
  if (low.length > 0 && random.chance(0.3)) {
    const emptiest = low.reduce((a, b) => (a.quantity / a.lowStockMargin <= b.quantity / b.lowStockMargin ? a : b))
    return restock(client, emptiest, Math.ceil((emptiest.lowStockMargin * 6) / 12) * 12, entry)
  }
  if (random.chance(0.006)) return changePrice(client, product, priceNear(product, random), entry)
  if (random.chance(0.004)) {
    const quantity = Math.min(product.quantity, random.between(1, 3))
    return deshelve(client, product, { ...drawLoss(random), quantity }, entry)
  }
  await sellOne(client, products, staff, random, ids)
}

async function sellOne(client: ClientBase, products: Product[], staff: Member[], random: Random, ids: Ids): Promise<void> {
  const cashier = random.pickWeighted(staff, ({ role }) => (role === 'CASHIER' ? 1 : 0.02))
  const lines = drawBasket(products, random)
  if (!cashier || lines.length === 0) return
  const paymentMode = drawPaymentMode(saleTotals(lines).totalAmount, random)
  await recordSale(client, ids, { cashierId: cashier.id, lines, paymentMode, at: new Date() })
}

/** Near what the catalogue says, so that weeks of changes lead nowhere. */
function priceNear({ name, price }: Product, random: Random): number {
  const list = catalogue.find((item) => item.name === name)?.price ?? price
  return labelPrice(list, -0.05 + random.next() * 0.25)
}

async function listProducts(client: ClientBase): Promise<Product[]> {
  const { rows } = await client.query<Omit<Product, 'weight' | 'most'>>(
    'SELECT id, name, price, quantity, "lowStockMargin" FROM "Product" WHERE "deletedAt" IS NULL ORDER BY id',
  )
  return rows.map((row) => {
    const { weight, most } = catalogue.find(({ name }) => name === row.name) ?? { weight: 5, most: 2 }
    return { ...row, weight, most }
  })
}

async function listStaff(client: ClientBase): Promise<Member[]> {
  const { rows } = await client.query<Member>(
    `SELECT id, email, role FROM "User" WHERE status = 'ACTIVE' AND "deletedAt" IS NULL ORDER BY id`,
  )
  return rows
}

const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined)
