/** From a click to a backup set, as a shop owner sees it: `make start`, a real browser, real pgBackRest. */
import { hash } from '@node-rs/argon2'
import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, expectAccessible, expectNoSidewaysScroll, openBrowser, signIn, visit } from '../support/browser'
import { type Product, startProduct } from '../support/product'

let product: Product
let browser: Browser
let owner: Visit

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct()
  owner = await visit(browser)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})

const api = (name: string) => `${product.url}/api/${name}`
const newestJob = async () => (await product.db.job.findFirstOrThrow({ where: { kind: 'backup' }, orderBy: { id: 'desc' } })).id

describe('signing in', () => {
  it('shows nothing to who is not signed in', async () => {
    for (const name of ['overview', 'status', 'backup-sets', 'jobs/1/tail']) expect((await fetch(api(name))).status).toBe(401)
    await owner.page.goto(`${product.url}/history`)
    await owner.page.getByRole('heading', { name: 'Sign in to Backups' }).waitFor()
    await expectAccessible(owner.page)
  })

  it('refuses a wrong password in words, and keeps the address', async () => {
    await signIn(owner.page, product.url, product.email, 'not the password')
    await owner.page.getByText('That email and password do not match.').waitFor()
    expect(await owner.page.getByLabel('Email').inputValue()).toBe(product.email)
    owner.complaints.length = 0
  })

  it('lets the first admin in', async () => {
    await signIn(owner.page, product.url, product.email, product.password)
    await owner.page.getByRole('button', { name: 'Back up now' }).waitFor()
  })
})

describe('a first backup', () => {
  it('is one click, seen running, and ends as Protected', async () => {
    await owner.page.getByText('Not protected yet').first().waitFor()
    await owner.page.getByRole('button', { name: 'Back up now' }).click()
    await owner.page.getByRole('progressbar').first().waitFor()
    await owner.page.getByText('Protected.', { exact: false }).first().waitFor({ timeout: 60_000 })
    const info = JSON.parse(await product.pgbackrest('info', '--output=json'))
    expect(info[0].backup).toMatchObject([{ type: 'full', annotation: { trigger: 'manual', job: (await newestJob()).toString() } }])
  })

  it('is asked for with type and reason, by keyboard alone', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Choose what and where' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('radiogroup', { name: 'Backup type' }).waitFor()
    const differential = page.getByRole('radio', { name: /^Differential/ })
    await differential.focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Reason').focus()
    await page.keyboard.type('Before "stocktaking" — ₦ ünïcode')
    await page.keyboard.press('Enter')
    await page.getByRole('radiogroup', { name: 'Backup type' }).waitFor({ state: 'detached' })
    await expect.poll(async () => (await product.db.backupSet.findMany({ where: { type: 'diff' } })).length, { timeout: 60_000 }).toBe(1)
  })

  it('stands in the history with who and why, and with what it needs', async () => {
    const { page } = owner
    await page.getByRole('link', { name: 'History' }).first().click()
    const table = page.getByRole('table', { name: 'Backup history' })
    await table.getByText('Before "stocktaking" — ₦ ünïcode').first().waitFor()
    await table.getByRole('button', { name: /Differential/ }).click()
    await page.getByText('To restore this set').waitFor()
    await expectAccessible(page)
  })

  it('has a job page with steps, log and the command as run', async () => {
    const { page } = owner
    await page.goto(`${product.url}/jobs/${await newestJob()}`)
    await page.getByText(/new backup label = /).waitFor()
    await page.getByText('--type=diff').first().waitFor()
    await expectAccessible(page)
  })

  it('keeps the filter in the URL', async () => {
    const { page } = owner
    await page.goto(`${product.url}/history/jobs?q=stocktaking`)
    await page.getByText('Before "stocktaking"').first().waitFor()
    await page.reload()
    await page.getByText('Before "stocktaking"').first().waitFor()
    expect(await page.getByText('first use').count()).toBe(0)
  })
})

describe('when it goes wrong', () => {
  it('explains a failed job: what happened, what it means, what to do', async () => {
    const { page } = owner
    const directory = path.join(product.dataDir, 'repository/backup/salespider')
    chmodSync(directory, 0o500)
    await page.goto(product.url)
    await page.getByRole('button', { name: 'Back up now' }).click()
    await expect.poll(async () => (await product.db.job.findFirst({ where: { status: 'FAILED' } }))?.id, { timeout: 60_000 }).toBeTruthy()
    chmodSync(directory, 0o750)
    await page.goto(`${product.url}/jobs/${await newestJob()}`)
    await page.getByText('What it means for your data').waitFor()
    await page.getByText('What to do').first().waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Run again' }).click()
    await expect.poll(async () => (await product.db.job.findFirst({ where: { trigger: 'retry' } }))?.status, { timeout: 60_000 }).toBe('SUCCEEDED')
  })

  it('lives through a restart of the control database, and says since when it is blind', async () => {
    const { page } = owner
    await page.goto(product.url)
    await page.getByText('Protected.', { exact: false }).first().waitFor()
    const pid = execFileSync('head', ['-1', path.join(product.dataDir, 'control/postmaster.pid')], { encoding: 'utf8' }).trim()
    process.kill(Number(pid), 'SIGINT')
    await expect.poll(async () => (await fetch(api('health'))).status, { timeout: 60_000 }).toBe(200)
    await page.reload()
    await page.getByText('Protected.', { exact: false }).first().waitFor()
    owner.complaints.length = 0
  })
})

describe('for everybody', () => {
  it('a manager looks and may not touch', async () => {
    const password = 'a manager may look'
    await product.db.user.create({ data: { email: 'tunde@shop.example', name: 'Tunde Bello', role: 'MANAGER', passwordHash: await hash(password) } })
    const manager = await visit(browser)
    await signIn(manager.page, product.url, 'tunde@shop.example', password)
    await manager.page.getByText('Only the owner starts backups.').first().waitFor()
    expect(await manager.page.getByRole('button', { name: 'Back up now' }).count()).toBe(0)
    await product.db.user.updateMany({ where: { email: 'tunde@shop.example' }, data: { disabledAt: new Date() } })
    // The page that is open goes there of its own accord; so does every other.
    await manager.page.getByRole('heading', { name: 'Sign in to Backups' }).waitFor()
    const another = await manager.context.newPage()
    await another.goto(`${product.url}/history`)
    await another.getByRole('heading', { name: 'Sign in to Backups' }).waitFor()
    await manager.context.close()
  })

  it.each([
    ['dark', 390], ['light', 900], ['dark', 1440],
  ] as const)('reads well in %s at %i px', async (theme, width) => {
    const look = await visit(browser, { theme, width })
    await signIn(look.page, product.url, product.email, product.password)
    await look.page.getByText('Protected.', { exact: false }).first().waitFor()
    for (const page of ['', '/history', '/history/jobs', `/jobs/${await newestJob()}`]) {
      await look.page.goto(`${product.url}${page}`)
      await look.page.getByRole('main').waitFor()
      await look.page.waitForLoadState('networkidle')
      await expectNoSidewaysScroll(look.page)
      await expectAccessible(look.page)
    }
    expect(look.complaints).toEqual([])
    await look.context.close()
  })

  it('nothing complained in the console', () => expect(owner.complaints).toEqual([]))
})
