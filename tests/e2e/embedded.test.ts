/** Inside SaleSpider, behind a real Caddy: its people, its looks, and the way in when its database is down. */
import { verify } from '@node-rs/argon2'
import { UnsecuredJWT } from 'jose'
import { Client } from 'pg'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, expectAccessible, expectNoSidewaysScroll, openBrowser, signIn, visit } from '../support/browser'
import { type Door, openDoor, startCaddy, startEmbeddedDashboard, startRewriter } from '../support/embedded'
import { freePort } from '../support/postgres'
import { type Product, startProduct } from '../support/product'
import { type Claims, SHOP_PASSWORD, type StandIn, signToken, startSaleSpider } from '../support/salespider'

const GLASS = 'only for when it burns'
const mail = { ada: 'ada.okafor@okafor-stores.example', tunde: 'tunde.bello@okafor-stores.example', ngozi: 'ngozi.eze@okafor-stores.example', funke: 'funke.adeyemi@okafor-stores.example' }

let browser: Browser
let product: Product
let shop: Client
let salespider: StandIn
let door: Door
let said: () => string
let site: string
let rewritten: string
const running: { stop(): Promise<void> }[] = []

beforeAll(async () => {
  browser = await openBrowser()
  product = await startProduct({ DEMO_TRAFFIC: '0' })
  shop = new Client(product.env.DATABASE_URL)
  shop.on('error', () => undefined)
  await shop.connect()
  salespider = await startSaleSpider(findPerson)
  const address = new URL(product.env.DATABASE_URL ?? '')
  door = await openDoor(Number(address.port))
  address.port = String(door.port)
  const [port, rewritingPort] = [await freePort(), await freePort()]
  ;[site, rewritten] = [`https://localhost:${port}`, `https://localhost:${rewritingPort}`]
  const dashboard = await startEmbeddedDashboard(product, {
    DATABASE_URL: address.href, DASHBOARD_URL: `${site}/backups`, SALESPIDER_URL: salespider.url, SUPER_ADMIN_PASSWORD: GLASS,
  })
  said = dashboard.said
  const rewriter = await startRewriter(dashboard.url, salespider.url)
  running.push(await startCaddy({ port, rewritingPort, dashboard: dashboard.url, salespider: salespider.url, rewriter: rewriter.url }), rewriter, dashboard)
})
afterAll(async () => {
  await browser?.close()
  for (const { stop } of running) await stop()
  await door?.shut()
  await salespider?.close()
  await shop?.end()
  await product?.stop()
})

async function findPerson(email: string, password: string): Promise<Claims | null> {
  const { rows: [row] } = await shop.query<Claims & { password: string }>('SELECT id, email, name, role::text, password FROM "User" WHERE email = $1', [email])
  if (!row || !(await verify(row.password, password))) return null
  const { password: _hash, ...claims } = row
  return claims
}

/** Signs in at SaleSpider, as its own page does. */
async function signInThere(page: Page, email: string, at = site): Promise<void> {
  await page.goto(`${at}/login`)
  const status = await page.evaluate(async (fields) => {
    const answer = await fetch('/api/auth/login', { method: 'POST', body: JSON.stringify(fields) })
    return answer.status
  }, { username: email, password: SHOP_PASSWORD })
  expect(status).toBe(200)
}

async function visitor(email?: string, at = site): Promise<Visit> {
  const there = await visit(browser, { trusting: true })
  if (email) await signInThere(there.page, email, at)
  return there
}

async function carry({ context }: Visit, token: string): Promise<void> {
  await context.addCookies([{ name: 'auth_token', value: token, url: site, httpOnly: true, secure: true, sameSite: 'Lax' }])
}

const cookie = async ({ context }: Visit, name: string) => (await context.cookies(`${site}/backups`)).find((each) => each.name === name)
const claimsOf = async (email: string): Promise<Claims> => (await findPerson(email, SHOP_PASSWORD))!
const change = (email: string, sets: string) => shop.query(`UPDATE "User" SET ${sets}, "updatedAt" = now() WHERE email = $1`, [email])
const alert = (page: Page, words: string) => page.getByRole('alert').getByText(words).waitFor()
const status = (page: Page) => page.evaluate(async () => (await fetch('/backups/api/status')).status)

describe('who is signed in at SaleSpider', () => {
  it('is here at once, on the page they asked for, by a session of ours and with theirs untouched', async () => {
    const ada = await visitor(mail.ada)
    const before = await cookie(ada, 'auth_token')
    await ada.page.goto(`${site}/backups/history`)
    await ada.page.getByRole('heading', { name: 'History' }).waitFor()
    expect(new URL(ada.page.url()).pathname).toBe('/backups/history')
    expect(await cookie(ada, 'auth_token')).toEqual(before)
    expect(await cookie(ada, 'salespider-backups.session')).toMatchObject({
      httpOnly: true, secure: true, sameSite: 'Lax', path: '/backups', domain: 'localhost',
    })
    expect(ada.complaints).toEqual([])
    await ada.context.close()
  })

  it('owns the shop, and backs it up', async () => {
    const { page, context, complaints } = await visitor(mail.ada)
    await page.goto(`${site}/backups`)
    await page.getByRole('button', { name: 'Back up now' }).click()
    await expect.poll(() => product.db.job.findFirst({ where: { kind: 'backup', actorName: 'Ada Okafor' } }), { timeout: 20_000 }).toBeTruthy()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('manages it, and looks', async () => {
    const { page, context } = await visitor(mail.tunde)
    await page.goto(`${site}/backups`)
    await page.getByText('Only the owner starts backups.').first().waitFor()
    await context.close()
  })

  it('stands at the till, and is turned away with words', async () => {
    const { page, context } = await visitor(mail.funke)
    await page.goto(`${site}/backups/restore`)
    await alert(page, 'This account cannot open Backups.')
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Back to SaleSpider' }).click()
    await page.getByRole('heading', { name: 'SaleSpider /' }).waitFor()
    await context.close()
  })

  it.each<[string, (claims: Claims) => Promise<string> | string]>([
    ['forged', (claims) => signToken(claims, { secret: 'a secret that somebody guessed' })],
    ['expired', (claims) => signToken(claims, { expiresAt: new Date(Date.now() - 60_000) })],
    ['alg: none', (claims) => new UnsecuredJWT({ ...claims }).setExpirationTime('1h').encode()],
    ['nonsense', () => 'a.b.c'],
  ])('has a true token: one that is %s opens nothing', async (_how, make) => {
    const stranger = await visitor()
    await carry(stranger, await make(await claimsOf(mail.ada)))
    await stranger.page.goto(`${site}/backups`)
    await alert(stranger.page, 'You are not signed in at SaleSpider any more.')
    expect(await cookie(stranger, 'salespider-backups.session')).toBeUndefined()
    await stranger.context.close()
  })

  it('has the rights of the shop’s table, whatever the token says', async () => {
    const funke = await visitor()
    await carry(funke, await signToken({ ...(await claimsOf(mail.funke)), role: 'SUPER_ADMIN' }))
    await funke.page.goto(`${site}/backups`)
    await alert(funke.page, 'This account cannot open Backups.')
    await funke.context.close()
  })

  it('is led nowhere else', async () => {
    const { page, context } = await visitor(mail.ada)
    await page.goto(`${site}/backups/api/auth/salespider?next=${encodeURIComponent('//evil.example/')}`)
    await page.getByRole('button', { name: 'Back up now' }).waitFor()
    expect(page.url().startsWith(`${site}/backups`)).toBe(true)
    await context.close()
  })

  it('leaves here by leaving there, and does not stay for who comes next', async () => {
    const till = await visitor(mail.ada)
    await till.page.goto(`${site}/backups`)
    await till.page.getByRole('button', { name: 'Back up now' }).waitFor()
    await till.page.evaluate(() => fetch('/api/auth/logout', { method: 'POST' }))
    expect(await status(till.page)).toBe(401)
    // The page that was left open goes to the sign-in of its own accord, which would cut off where it is led.
    const page = await till.context.newPage()
    await signInThere(page, mail.funke)
    await page.goto(`${site}/backups`)
    await alert(page, 'This account cannot open Backups.')
    await till.context.close()
  })

  it('can sign out here alone, and come back by one click', async () => {
    const { page, context } = await visitor(mail.tunde)
    await page.goto(`${site}/backups`)
    await page.getByRole('button', { name: 'Account of Tunde Bello' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Go on as you are signed in at SaleSpider' }).click()
    await page.getByText('Only the owner starts backups.').first().waitFor()
    await context.close()
  })

  it('loses what the shop takes away within half a minute', async () => {
    const [tunde, ngozi] = [await visitor(mail.tunde), await visitor(mail.ngozi)]
    for (const { page } of [tunde, ngozi]) {
      await page.goto(`${site}/backups`)
      expect(await status(page)).toBe(200)
    }
    await change(mail.tunde, `role = 'CASHIER'`)
    await change(mail.ngozi, `"deletedAt" = now()`)
    for (const { page, context } of [tunde, ngozi]) {
      await expect.poll(() => status(page), { timeout: 40_000, interval: 1_000 }).toBe(401)
      await page.goto(`${site}/backups`)
      await alert(page, 'This account cannot open Backups.')
      await context.close()
    }
    await change(mail.tunde, `role = 'MANAGER'`)
  })
})

describe('SaleSpider’s e-mail and password', () => {
  it('open the dashboard too', async () => {
    const { page, context } = await visitor()
    await signIn(page, `${site}/backups/history`, mail.ada, 'not the password')
    await alert(page, 'That email and password do not match.')
    await signIn(page, `${site}/backups/history`, mail.ada, SHOP_PASSWORD)
    await page.getByRole('heading', { name: 'History' }).waitFor()
    await context.close()
  })
})

describe('behind Next’s rewrites', () => {
  it('pages, assets and server actions arrive', async () => {
    const { page, context, complaints } = await visitor(mail.ada, rewritten)
    await page.goto(`${rewritten}/backups`)
    await page.getByRole('button', { name: 'Choose what and where' }).click()
    await page.getByLabel('Reason').fill('by way of a rewrite')
    await page.keyboard.press('Enter')
    await expect.poll(() => product.db.job.findFirst({ where: { reason: 'by way of a rewrite' } }), { timeout: 20_000 }).toBeTruthy()
    expect(page.url().startsWith(rewritten)).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('SaleSpider’s looks', () => {
  it('are the dashboard’s: name, colour, zone', async () => {
    Object.assign(salespider.settings, {
      appName: 'Okafor Stores', appLogo: '/logo.svg', primaryColor: '#c2410c', timezone: 'Asia/Tokyo', timeFormat: 'hh:mm a', dateFormat: 'x',
    })
    const { page, context } = await visitor(mail.ada)
    await expect.poll(async () => {
      await page.goto(`${site}/backups`)
      return page.title()
    }, { timeout: 60_000, interval: 2_000 }).toContain('Okafor Stores Backups')
    const button = page.getByRole('button', { name: 'Back up now' })
    await button.waitFor()
    expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(194, 65, 12)')
    expect(await page.getByText(/\d:\d\d:\d\d [AP]M/i).count()).toBeGreaterThan(0)
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
    await context.close()
  })
})

describe('while the shop’s database is down', () => {
  it('who is here stays, nobody new comes in, and the deployment’s administrator breaks the glass', async () => {
    const ada = await visitor(mail.ada)
    await ada.page.goto(`${site}/backups`)
    await ada.page.getByRole('button', { name: 'Back up now' }).waitFor()
    await door.shut()
    await expect.poll(() => status(ada.page), { timeout: 10_000 }).toBe(200)

    const tunde = await visitor(mail.tunde)
    await tunde.page.goto(`${site}/backups`)
    await alert(tunde.page, 'SaleSpider’s accounts cannot be checked at the moment.')
    await expectAccessible(tunde.page)

    const { page, context } = await visitor()
    await signIn(page, `${site}/backups/restore`, product.email, GLASS)
    await page.getByRole('region', { name: 'Break-glass sign-in' }).waitFor()
    await expectAccessible(page)
    expect(await product.db.auditEntry.findFirst({ where: { action: 'auth.break-glass' } })).toMatchObject({ target: product.email, actorName: 'Owner (break-glass)' })

    await door.open()
    await expect.poll(async () => {
      await tunde.page.getByRole('link', { name: 'Go on as you are signed in at SaleSpider' }).click().catch(() => undefined)
      return tunde.page.getByText('Only the owner starts backups.').count()
    }, { timeout: 30_000 }).toBeGreaterThan(0)
    for (const each of [ada.context, tunde.context, context]) await each.close()
  })

  it('nothing secret was written to the log', () => {
    for (const secret of [GLASS, SHOP_PASSWORD, 'eyJ']) expect(said()).not.toContain(secret)
    expect(said()).toContain('break-glass')
  })
})
