/** People of the shop, by their password and by SaleSpider's token; and the deployment's administrator when there is no shop. */
import { UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '@/lib/auth/host'
import { confirmPassword, signIn, signInByToken } from '@/lib/auth/mutations'
import { refreshAccount } from '@/lib/auth/salespider/mutations'
import { REFRESH_MS, refreshIfDue } from '@/lib/auth/salespider/refresh'
import type { Db } from '@/lib/db'
import { openShopDb } from '@/lib/shop-db'
import { type TestControl, startControl } from '../../support/control'
import { type TestShop, createShop } from '../../support/life'
import { freePort } from '../../support/postgres'
import { SHOP_PASSWORD, TOKEN_SECRET, hireStaff, signToken } from '../../support/salespider'

const admin = { email: 'ada@shop.example', password: 'of the deployment' }
const address = '192.0.2.7'
const now = new Date()
const later = (ms: number) => new Date(now.getTime() + ms)

let control: TestControl
let db: Db
let shop: TestShop
let host: Host
let away: Host

beforeAll(async () => {
  control = await startControl()
  db = control.db
  const gone = openShopDb(`postgres://nobody@127.0.0.1:${await freePort()}/shop`)
  shop = await createShop(control.postgres.url, 'shop')
  host = { tokenSecret: TOKEN_SECRET, shop: shop.db, admin }
  away = { ...host, shop: gone }
})
afterAll(async () => {
  await away.shop.close()
  await shop.close()
  await control.stop()
})
beforeEach(async () => {
  await shop.sql('TRUNCATE "User" CASCADE')
  await hireStaff(shop)
})
afterEach(async () => {
  await db.signInFailure.deleteMany()
  await db.auditEntry.deleteMany()
  await db.jobEvent.deleteMany()
  await db.job.deleteMany()
  await db.user.deleteMany()
})

const byPassword = (email: string, password: string, at: Host | null = host) => signIn(db, { email, password, address, now }, at)
const claims = (id: string, role = 'SUPER_ADMIN') => ({ id, email: `${id}@shop.example`, name: id, role })
const byToken = (token: string, at = host) => signInByToken(db, at, { token, address, now })
const audit = async () => (await db.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ action, target, after }) => [action, target, after])
async function signedIn(id = 'ada') {
  const outcome = await byToken(await signToken(claims(id)))
  if (!('user' in outcome)) throw new Error(outcome.refusal.reason)
  return outcome.user
}

describe('SaleSpider’s e-mail and password', () => {
  it.each([['ada', 'SUPER_ADMIN'], ['tunde', 'MANAGER']])('let %s in, as %s', async (id, role) => {
    const outcome = await byPassword(`${id}@shop.example`, SHOP_PASSWORD)
    expect(outcome).toMatchObject({ user: { origin: 'salespider', salespiderId: id, role, passwordHash: null } })
    expect(await audit()).toEqual([['auth.sign-in', `${id}@shop.example`, null]])
    expect(await db.signInFailure.count()).toBe(0)
  })

  it.each([
    ['a cashier', 'funke', ''],
    ['somebody switched off', 'tunde', `UPDATE "User" SET status = 'INACTIVE' WHERE id = 'tunde'`],
    ['somebody deleted', 'tunde', `UPDATE "User" SET "deletedAt" = now() WHERE id = 'tunde'`],
  ])('turn %s away, with words', async (_who, id, change) => {
    if (change) await shop.sql(change)
    expect(await byPassword(`${id}@shop.example`, SHOP_PASSWORD)).toEqual({ refusal: { reason: 'no-access' } })
    expect(await audit()).toEqual([['auth.sign-in-refused', `${id}@shop.example`, { reason: 'no-access' }]])
  })

  it('are counted like any others', async () => {
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await byPassword('tunde@shop.example', 'guess')).toEqual({ refusal: { reason: 'mismatch', triesLeft } })
    }
    expect(await byPassword('tunde@shop.example', SHOP_PASSWORD)).toMatchObject({ refusal: { reason: 'limited' } })
  })

  it('answer an unknown e-mail as a wrong password', async () => {
    expect(await byPassword('nobody@shop.example', SHOP_PASSWORD)).toEqual(await byPassword('tunde@shop.example', 'guess'))
  })

  it('are found however the shop writes the e-mail', async () => {
    await shop.sql(`UPDATE "User" SET email = 'Tunde@Shop.example' WHERE id = 'tunde'`)
    expect(await byPassword('tunde@shop.example', SHOP_PASSWORD)).toMatchObject({ user: { email: 'tunde@shop.example' } })
  })

  it('do not stumble over what is no argon2 hash', async () => {
    await shop.sql(`UPDATE "User" SET password = '$2b$10$abcdefghijklmnopqrstuv' WHERE id = 'tunde'`)
    expect(await byPassword('tunde@shop.example', SHOP_PASSWORD)).toMatchObject({ refusal: { reason: 'mismatch' } })
  })

  it('are of no use where the dashboard stands by itself', async () => {
    expect(await byPassword('tunde@shop.example', SHOP_PASSWORD, null)).toMatchObject({ refusal: { reason: 'mismatch' } })
  })

  it('follow a person whose e-mail somebody else had before', async () => {
    await signedIn('tunde')
    await shop.sql(`UPDATE "User" SET email = id || '@elsewhere.example' WHERE id = 'tunde'`)
    await shop.sql(`UPDATE "User" SET email = 'tunde@shop.example' WHERE id = 'ada'`)
    expect(await byPassword('tunde@shop.example', SHOP_PASSWORD)).toMatchObject({ user: { salespiderId: 'ada' } })
  })
})

describe('SaleSpider’s token', () => {
  it('says who, and the shop’s table what they may do', async () => {
    expect(await byToken(await signToken(claims('tunde', 'SUPER_ADMIN')))).toMatchObject({ user: { salespiderId: 'tunde', role: 'MANAGER' } })
    expect(await audit()).toEqual([['auth.sign-in', 'tunde@shop.example', null]])
  })

  it('gives one account to a person, however often they come', async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => signedIn('ada')))
    expect(new Set(users.map(({ id }) => id)).size).toBe(1)
    expect(await db.user.count()).toBe(1)
  })

  it.each<[string, () => Promise<string> | string]>([
    ['forged', () => signToken(claims('ada'), { secret: 'another secret, long enough too' })],
    ['expired', () => signToken(claims('ada'), { expiresAt: later(-1_000) })],
    ['not signed at all', () => new UnsecuredJWT(claims('ada')).setExpirationTime('1h').encode()],
  ])('is refused when it is %s', async (_how, token) => {
    expect(await byToken(await token())).toEqual({ refusal: { reason: 'token' } })
    expect(await db.user.count()).toBe(0)
  })

  it.each([
    ['is a cashier', 'funke', ''],
    ['was switched off', 'ada', `UPDATE "User" SET status = 'INACTIVE'`],
    ['was deleted', 'ada', `UPDATE "User" SET "deletedAt" = now()`],
    ['became a cashier', 'ada', `UPDATE "User" SET role = 'CASHIER'`],
    ['is not there at all', 'nobody', ''],
  ])('opens nothing to who %s, and their coming back is written down once', async (_what, id, change) => {
    if (change) await shop.sql(change)
    for (const _time of [1, 2, 3]) expect(await byToken(await signToken(claims(id)))).toEqual({ refusal: { reason: 'no-access' } })
    expect(await audit()).toEqual([['auth.sign-in-refused', `${id}@shop.example`, { reason: 'no-access' }]])
  })

  it('lets nobody in while the shop cannot be asked', async () => {
    await signedIn('ada')
    expect(await byToken(await signToken(claims('ada')), away)).toEqual({ refusal: { reason: 'shop-away' } })
  })
})

describe('break-glass', () => {
  it('lets the deployment’s administrator in while the shop is down, by a name of its own, and says so loudly', async () => {
    expect(await byPassword(admin.email, admin.password, away)).toMatchObject({
      user: { origin: 'deployment', role: 'SUPER_ADMIN', name: 'Ada (break-glass)', salespiderId: null, passwordHash: null },
    })
    expect(await audit()).toEqual([['auth.break-glass', admin.email, null]])
  })

  it('works while the shop is up, beside a person of the same e-mail', async () => {
    const ada = await signedIn('ada')
    const outcome = await byPassword(admin.email, admin.password)
    expect(outcome).toMatchObject({ user: { origin: 'deployment' } })
    expect('user' in outcome && outcome.user.id).not.toBe(ada.id)
    expect(await byPassword(admin.email, SHOP_PASSWORD)).toMatchObject({ user: { id: ada.id } })
    expect((await audit()).map(([action]) => action)).toEqual(['auth.sign-in', 'auth.break-glass', 'auth.sign-in'])
  })

  it('is no break-glass for the owner whose password in the shop is the same', async () => {
    const same = { ...host, admin: { ...admin, password: SHOP_PASSWORD } }
    expect(await byPassword(admin.email, SHOP_PASSWORD, same)).toMatchObject({ user: { origin: 'salespider' } })
  })

  it('is counted, and told apart from a shop that is away', async () => {
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await byPassword(admin.email, 'guess', away)).toEqual({ refusal: { reason: 'shop-away', triesLeft } })
    }
    expect(await byPassword(admin.email, admin.password, away)).toMatchObject({ refusal: { reason: 'limited' } })
  })

  it.each([
    ['another e-mail', { email: 'tunde@shop.example', password: admin.password }, admin],
    ['an empty deployment', { email: '', password: '' }, null],
    ['a prefix of the password', { ...admin, password: admin.password.slice(0, -1) }, admin],
  ])('does not take %s', async (_what, { email, password }, known) => {
    expect(await byPassword(email, password, { ...away, admin: known })).toMatchObject({ refusal: { reason: 'shop-away' } })
  })
})

describe('what somebody may do', () => {
  const refreshed = async (id: string, at = host) => {
    const account = await db.user.findFirstOrThrow({ where: { salespiderId: id } })
    return refreshAccount(db, at.shop, account, now)
  }

  it.each([
    ['demoted', `UPDATE "User" SET role = 'MANAGER'`, { role: 'MANAGER', disabledAt: null }, { role: 'MANAGER', active: true }],
    ['switched off', `UPDATE "User" SET status = 'INACTIVE'`, { disabledAt: now }, { role: 'SUPER_ADMIN', active: false }],
    ['deleted', `UPDATE "User" SET "deletedAt" = now()`, { disabledAt: now }, { role: 'SUPER_ADMIN', active: false }],
    ['removed', `DELETE FROM "User"`, { disabledAt: now }, { role: 'SUPER_ADMIN', active: false }],
  ])('is the shop’s to say: %s', async (_what, change, expected, after) => {
    await signedIn('ada')
    await shop.sql(change)
    expect(await refreshed('ada')).toMatchObject(expected)
    expect(await refreshed('ada')).toMatchObject(expected)
    expect((await audit()).slice(1)).toEqual([['auth.access-changed', 'ada@shop.example', after]])
  })

  it('comes back with the person', async () => {
    await signedIn('ada')
    await shop.sql(`UPDATE "User" SET status = 'INACTIVE'`)
    await refreshed('ada')
    await shop.sql(`UPDATE "User" SET status = 'ACTIVE'`)
    expect(await refreshed('ada')).toMatchObject({ disabledAt: null })
  })

  it('stays as it was while the shop is away', async () => {
    await signedIn('ada')
    expect(await refreshed('ada', away)).toMatchObject({ role: 'SUPER_ADMIN', disabledAt: null })
  })

  it('is asked for once in half a minute, however many ask', async () => {
    const account = await signedIn('ada')
    const asking = await Promise.all([1, 2, 3].map(() => refreshIfDue(db, host.shop, account, now)))
    expect(asking).toEqual([true, false, false])
    await shop.sql(`UPDATE "User" SET role = 'CASHIER'`)
    const role = async () => (await db.user.findUniqueOrThrow({ where: { id: account.id } })).role
    await refreshIfDue(db, host.shop, account, later(REFRESH_MS - 1))
    expect(await role()).toBe('SUPER_ADMIN')
    await refreshIfDue(db, host.shop, account, later(REFRESH_MS))
    expect(await role()).toBe('CASHIER')
  })
})

describe('after a restore', () => {
  const restoreBy = async (id: string) => {
    const user = await signedIn(id)
    const actor = { kind: 'user' as const, id: user.id, name: user.name }
    const { job } = await control.enqueue({ request: { kind: 'undo', cluster: 'c1' }, actor })
    return { user, askedAt: job.createdAt }
  }
  const refreshed = async (account: Awaited<ReturnType<typeof signedIn>>) => refreshAccount(db, host.shop, account, now)

  it.each([
    ['before they were promoted', `UPDATE "User" SET role = 'CASHIER'`],
    ['before they were there', `DELETE FROM "User"`],
  ])('to %s, whoever asked for it keeps what they had', async (_when, rewind) => {
    const { user } = await restoreBy('ada')
    await shop.sql(rewind)
    expect(await refreshed(user)).toMatchObject({ role: 'SUPER_ADMIN', disabledAt: null })
  })

  it('they can also sign in anew with what they had', async () => {
    await restoreBy('ada')
    await shop.sql(`UPDATE "User" SET role = 'CASHIER'`)
    expect(await byToken(await signToken(claims('ada')))).toMatchObject({ user: { role: 'SUPER_ADMIN' } })
  })

  it('what SaleSpider says since then counts, for them too', async () => {
    const { user, askedAt } = await restoreBy('ada')
    await shop.sql(`UPDATE "User" SET role = 'CASHIER', "updatedAt" = $1`, [new Date(askedAt.getTime() + 1_000).toISOString()])
    expect(await refreshed(user)).toMatchObject({ role: 'CASHIER' })
  })

  it('nobody else is spared', async () => {
    await restoreBy('ada')
    const tunde = await signedIn('tunde')
    await shop.sql(`DELETE FROM "User"`)
    expect(await refreshed(tunde)).toMatchObject({ disabledAt: now })
  })
})

describe('the password once more', () => {
  const confirm = (user: { id: string; name: string }, password: string, at = host) =>
    confirmPassword(db, { user: { id: user.id, name: user.name, address }, password, now }, at)

  it('is the one in the shop’s table', async () => {
    const ada = await signedIn('ada')
    expect(await confirm(ada, SHOP_PASSWORD)).toBeNull()
    expect(await confirm(ada, admin.password)).toEqual({ reason: 'mismatch', triesLeft: 4 })
  })

  it('is the deployment’s for who broke the glass', async () => {
    const outcome = await byPassword(admin.email, admin.password, away)
    if (!('user' in outcome)) throw new Error('not signed in')
    expect(await confirm(outcome.user, admin.password, away)).toBeNull()
    expect(await confirm(outcome.user, SHOP_PASSWORD)).toMatchObject({ reason: 'mismatch' })
  })

  it('cannot be checked while the shop is away', async () => {
    expect(await confirm(await signedIn('ada'), SHOP_PASSWORD, away)).toEqual({ reason: 'shop-away', triesLeft: 4 })
  })

  it.each([
    ['was demoted a moment ago', `UPDATE "User" SET role = 'MANAGER'`],
    ['was switched off a moment ago', `UPDATE "User" SET status = 'INACTIVE'`],
  ])('does not help who %s', async (_what, change) => {
    const ada = await signedIn('ada')
    await shop.sql(change)
    expect(await confirm(ada, SHOP_PASSWORD)).toEqual({ reason: 'no-access' })
  })
})
