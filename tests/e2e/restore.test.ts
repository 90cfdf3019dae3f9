/** Somebody deleted the wrong products: a shop owner goes back to the moment before it, looks, switches, and undoes. */
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
/** Just before the products were deleted, by the shop's own clock: UTC with its offset, as somebody would paste it */
let moment: string

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
  await until('the window has begun', 60, async () => {
    const [live] = await readWindows(product.db, 'salespider', new Date())
    return live?.earliest && live.earliest < new Date()
  })
  const [row] = await shop(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`)
  moment = String(row?.at)
  await shop(`UPDATE "Product" SET "deletedAt" = now(), "updatedAt" = now() WHERE name LIKE 'I%'`)
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
    await page.getByRole('link', { name: 'Restore' }).first().click()
    await page.getByText('Any moment from').first().waitFor({ timeout: 90_000 })
    const time = page.getByLabel('Time', { exact: true })
    await time.fill('2019-01-01T00:00:00Z')
    await time.blur()
    await page.getByText('Cannot be reached', { exact: true }).first().waitFor()
    expect(await page.getByRole('button', { name: 'Rehearse' }).isDisabled()).toBe(true)
    await expectAccessible(page)
  })

  it('rehearses the moment before it, beside the running shop', async () => {
    const { page } = owner
    const time = page.getByLabel('Time', { exact: true })
    await time.fill(moment)
    await time.blur()
    await page.getByText('Can be reached', { exact: true }).first().waitFor({ timeout: 90_000 })
    await page.getByRole('button', { name: 'Rehearse' }).click()
    await page.getByText('is open beside the running one').first().waitFor({ timeout: 120_000 })
    expect(await onShelves()).toBe(before)
  })

  it('shows what a switch would change, with the rows', async () => {
    const { page } = owner
    await page.getByText('What differs, by table').first().waitFor({ timeout: 90_000 })
    await page.getByText('Product', { exact: true }).first().waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
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

  it('switches, and the products are back', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Switch to this point' }).click()
    await confirm(page, 'Switch to this point')
    await page.getByRole('button', { name: 'Undo restore' }).first().waitFor({ timeout: 120_000 })
    expect(await onShelves()).toBeGreaterThan(before)
    const switched = await product.db.job.findFirstOrThrow({ where: { kind: 'switch' } })
    expect(switched.result).toMatchObject({ downtimeMs: expect.any(Number), timeline: 2 })
    await expectAccessible(page)
  })

  it('undoes it, and everything is as it was left', async () => {
    const { page } = owner
    await expect.poll(() => product.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } }), { timeout: 90_000 }).toBe(0)
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
    await look.page.getByText('Any moment from').first().waitFor({ timeout: 60_000 })
    await expectNoSidewaysScroll(look.page)
    await expectAccessible(look.page)
    expect(look.complaints).toEqual([])
    await look.context.close()
  })

  it('nothing complained in the console', () => expect(owner.complaints).toEqual([]))
})
