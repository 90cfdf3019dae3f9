/** Somebody deleted the wrong products: a shop owner finds the moment before it, looks, brings back the rows alone, switches, and undoes. */
import { Client } from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enqueueJob } from '@/lib/jobs/mutations'
import type { JobRequest } from '@/lib/jobs/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Visit, expectAccessible, expectNoSidewaysScroll, openBrowser, signIn, visit } from '../support/browser'
import { until } from '../support/lab'
import { type Product, startProduct } from '../support/product'

let product: Product
let browser: Browser
let owner: Visit
/** How many products Ada deletes, and one of them */
let deleted: { count: number; name: string }

async function shop(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(product.env.DATABASE_URL)
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

const onShelves = async () => Number((await shop(`SELECT count(*) AS n FROM "Product" WHERE "deletedAt" IS NULL`))[0]?.n)

async function done(request: JobRequest): Promise<void> {
  const { job } = await product.db.$transaction((tx) =>
    enqueueJob(tx, { stanza: 'salespider', request, trigger: 'manual', actor: { kind: 'user', id: 'u1', name: 'Ada' } }))
  await until(`${request.kind} is done`, 90, async () => (await product.db.job.findUnique({ where: { id: job.id } }))?.status === 'SUCCEEDED')
}

/** As SaleSpider does it: a mark on the row, and an entry in its log by whoever did it. */
async function deleteProducts(): Promise<typeof deleted> {
  const rows = await shop(`
    WITH who AS (SELECT id FROM "User" WHERE role = 'MANAGER' LIMIT 1),
      gone AS (UPDATE "Product" SET "deletedAt" = now(), "updatedAt" = now() WHERE name LIKE 'Indomie%' AND "deletedAt" IS NULL RETURNING id, name)
    INSERT INTO audit_logs (id, "entityType", "entityId", action, "newValues", "userId", "userEmail", timestamp, metadata)
    SELECT 'e2e' || gone.id, 'PRODUCT', gone.id, 'UPDATE', jsonb_build_object('deletedAt', now()), who.id, 'system', now(),
      '{"action": "soft_delete", "reason": "Product soft deleted"}' FROM gone, who
    RETURNING (SELECT name FROM gone WHERE gone.id = "entityId") AS name`)
  return { count: rows.length, name: String(rows[0]?.name) }
}

/** Buttons wait for what is under way. */
async function settled(): Promise<void> {
  await expect.poll(() => product.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } }), { timeout: 120_000 }).toBe(0)
}

async function confirm(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expectAccessible(page)
  await dialog.getByLabel('Type salespider to confirm').fill('salespider')
  await dialog.getByLabel('Password').fill(product.password)
  await dialog.getByRole('button', { name }).click()
  await dialog.waitFor({ state: 'detached' })
}

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct({ DEMO_TRAFFIC: '2' })
  owner = await visit(browser)
  await done({ kind: 'backup', type: 'full', repo: 1 })
  // The whole second before the deletion has to be in it.
  await until('the window has begun', 60, async () => {
    const [live] = await readWindows(product.db, 'salespider', new Date())
    return live?.earliest && live.earliest.getTime() < Date.now() - 3_000
  })
  deleted = await deleteProducts()
  await done({ kind: 'check' })
  await signIn(owner.page, product.url, product.email, product.password)
  await owner.page.getByRole('button', { name: 'Back up now' }).waitFor()
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

describe('the wrong products are deleted', () => {
  let before: number

  it('says what can be restored, and refuses what cannot', async () => {
    const { page } = owner
    before = await onShelves()
    expect(deleted.count).toBeGreaterThan(0)
    await page.goto(`${product.url}/restore`)
    await page.getByText('Any second from').first().waitFor({ timeout: 90_000 })
    await page.getByRole('group', { name: 'Restore timeline' }).waitFor()
    const time = page.getByLabel('Time', { exact: true })
    await time.fill('2019-01-01T00:00:00Z')
    await time.blur()
    await page.getByText('Not reachable', { exact: true }).first().waitFor()
    expect(await page.getByRole('button', { name: 'Rehearse' }).first().isDisabled()).toBe(true)
    await expectAccessible(page)
  })

  it('gets from the Overview to a rehearsal of the moment before in three clicks', async () => {
    const { page } = owner
    await page.goto(product.url)
    let clicks = 0
    const click = async (target: ReturnType<Page['getByRole']>) => {
      await target.click({ timeout: 60_000 })
      clicks += 1
    }
    await click(page.getByRole('main').getByRole('link', { name: 'Restore' }).first())
    await click(page.getByRole('button', { name: new RegExp(`^Restore to just before this: .*${deleted.name}`) }).first())
    await page.getByText('Reachable', { exact: true }).first().waitFor({ timeout: 90_000 })
    await click(page.getByRole('button', { name: 'Rehearse' }).first())
    await page.waitForURL(/\/restore\/rehearsal/)
    expect(clicks).toBeLessThanOrEqual(4)
    await page.getByText('is open beside the running one').first().waitFor({ timeout: 120_000 })
    expect(await onShelves()).toBe(before)
  })

  it('shows what differs, with the rows', async () => {
    const { page } = owner
    await page.getByText('What differs, by table').first().waitFor({ timeout: 90_000 })
    await page.getByText('Product', { exact: true }).first().waitFor()
    await settled()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  })

  it('brings back the deleted rows alone, and takes that back', async () => {
    const { page } = owner
    const rescue = /^Rescue \d+ rows?$/
    await page.getByRole('button', { name: rescue }).first().click({ timeout: 60_000 })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: rescue }).click({ timeout: 60_000 })
    await dialog.getByText('back in the shop.').first().waitFor({ timeout: 60_000 })
    expect(await onShelves()).toBe(before + deleted.count)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Undo rescue' }).click()
    await expect.poll(onShelves, { timeout: 60_000 }).toBe(before)
    await page.keyboard.press('Escape')
    await settled()
  })

  it('asks for the stanza and the password, and does nothing without them', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Switch to this point' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Type salespider to confirm').fill('salespider')
    await dialog.getByLabel('Password').fill('not the password')
    await dialog.getByRole('button', { name: 'Switch to this point' }).click()
    await page.getByText('That is not your password.').first().waitFor()
    expect(await product.db.job.count({ where: { kind: 'switch' } })).toBe(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('switches, follows it live, and the products are back', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Switch to this point' }).click()
    await confirm(page, 'Switch to this point')
    await page.waitForURL(/\/restore\/exchange\/\d+/)
    await page.getByRole('button', { name: 'Undo restore' }).first().waitFor({ timeout: 120_000 })
    expect(await onShelves()).toBe(before + deleted.count)
    const switched = await product.db.job.findFirstOrThrow({ where: { kind: 'switch' } })
    expect(switched.result).toMatchObject({ downtimeMs: expect.any(Number), timeline: 2 })
    await expectAccessible(page)
  })

  it('undoes it, and everything is as it was left', async () => {
    const { page } = owner
    await settled()
    await page.getByRole('button', { name: 'Undo restore' }).first().click()
    await confirm(page, 'Undo restore')
    await expect.poll(async () => (await product.db.job.findFirst({ where: { kind: 'undo' } }))?.status, { timeout: 120_000 }).toBe('SUCCEEDED')
    await expect.poll(onShelves, { timeout: 30_000 }).toBe(before)
  })

  it.each([['dark', 390], ['light', 1440]] as const)('reads well in %s at %i px', async (theme, width) => {
    const look = await visit(browser, { theme, width })
    await signIn(look.page, product.url, product.email, product.password)
    await look.page.getByRole('button', { name: 'Back up now' }).waitFor()
    await look.page.goto(`${product.url}/restore`)
    await look.page.getByText('Any second from').first().waitFor({ timeout: 60_000 })
    // It is written on the server, and can be used a moment later.
    await look.page.locator('[role=tablist][tabindex="0"]').first().waitFor()
    await expectNoSidewaysScroll(look.page)
    await expectAccessible(look.page)
    expect(look.complaints).toEqual([])
    await look.context.close()
  })

  it('nothing complained in the console', () => expect(owner.complaints).toEqual([]))
})
