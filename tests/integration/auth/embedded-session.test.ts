/** The session of somebody who came from SaleSpider, and the way in. */
import { NextRequest } from 'next/server'
import { type JWT, decode, encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as comeIn } from '@/app/api/auth/salespider/route'
import { SESSION_COOKIE } from '@/lib/auth/cookies'
import { hashPassword } from '@/lib/auth/password'
import { findSessionUser } from '@/lib/auth/session'
import { db as dashboardDb } from '@/lib/dashboard-db'
import type { Db } from '@/lib/db'
import { shopDb } from '@/lib/shop-db'
import { type TestControl, startControl } from '../../support/control'
import { type TestShop, createShop } from '../../support/life'
import { TOKEN_SECRET, hireStaff, signToken } from '../../support/salespider'

type Cookie = { value: string; options?: object }
const request = vi.hoisted(() => ({ cookies: new Map<string, Cookie>(), headers: new Headers() }))
vi.mock('next/headers', () => ({
  headers: async () => request.headers,
  cookies: async () => ({
    get: (name: string) => request.cookies.get(name),
    set: (name: string, value: string, options: object) => request.cookies.set(name, { value, options }),
  }),
}))

const secret = 'a secret of more than thirty-two characters'
let control: TestControl
let shop: TestShop
let db: Db

beforeAll(async () => {
  control = await startControl()
  db = control.db
  shop = await createShop(control.postgres.url, 'shop')
  await hireStaff(shop)
  Object.assign(process.env, {
    BACKUP_DATABASE_URL: control.url, DATABASE_URL: shop.url, NEXTAUTH_SECRET: secret, JWT_SECRET: TOKEN_SECRET,
    SUPER_ADMIN_EMAIL: 'Owner@shop.example', SUPER_ADMIN_PASSWORD: 'of the deployment', DASHBOARD_URL: 'https://shop.example/backups',
  })
})
afterAll(async () => {
  await dashboardDb().$disconnect()
  await shopDb().close()
  await shop.close()
  await control.stop()
})
beforeEach(async () => {
  await db.auditEntry.deleteMany()
  await db.user.deleteMany()
  request.cookies.clear()
})

const claims = (id: string) => ({ id, email: `${id}@shop.example`, name: id, role: 'CASHIER' })
const there = async (id: string) => void request.cookies.set('auth_token', { value: await signToken(claims(id)) })
const here = async (token: JWT) => void request.cookies.set(SESSION_COOKIE, { value: await encode({ token, secret }) })

async function visit(next = '/history') {
  const url = new URL(`https://shop.example/backups/api/auth/salespider?next=${encodeURIComponent(next)}`)
  const header = [...request.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const response = await comeIn(new NextRequest(url, { headers: { cookie: header } }))
  return { status: response.status, location: response.headers.get('location'), cache: response.headers.get('cache-control') }
}

describe('the way in', () => {
  it('makes a session of ours, by a cookie that only we get and only over https, and touches nothing of theirs', async () => {
    await there('ada')
    const theirs = request.cookies.get('auth_token')
    expect(await visit()).toEqual({ status: 303, location: '/backups/sign-in?next=%2Fhistory&refused=cookie-lost', cache: 'no-store' })
    const { value = '', options } = request.cookies.get(SESSION_COOKIE) ?? {}
    expect(options).toEqual({ httpOnly: true, sameSite: 'lax', path: '/backups', secure: true, maxAge: 43_200 })
    expect(await decode({ token: value, secret })).toMatchObject({ by: 'token' })
    expect(request.cookies.get('auth_token')).toBe(theirs)
    expect(await findSessionUser()).toMatchObject({ name: 'Ada Okafor', role: 'SUPER_ADMIN', origin: 'salespider' })
  })

  it('tells who may not pass why, and gives them nothing', async () => {
    await there('funke')
    expect(await visit()).toMatchObject({ status: 303, location: '/backups/sign-in?next=%2Fhistory&refused=no-access' })
    request.cookies.set('auth_token', { value: 'a.b.c' })
    expect(await visit()).toMatchObject({ location: '/backups/sign-in?next=%2Fhistory&refused=token' })
    expect(request.cookies.has(SESSION_COOKIE)).toBe(false)
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/api/auth/signout'])('does not lead to %s', async (next) => {
    await there('ada')
    expect(await visit(next)).toMatchObject({ location: '/backups/sign-in?refused=cookie-lost' })
  })

  it('is the sign-in page for who is not signed in there', async () => {
    expect(await visit()).toMatchObject({ location: '/backups/sign-in?next=%2Fhistory' })
  })
})

describe('a session by SaleSpider’s token', () => {
  beforeEach(async () => {
    await there('ada')
    await visit()
  })

  it.each([
    ['was taken away', () => void request.cookies.delete('auth_token')],
    ['is somebody else’s', () => there('tunde')],
    ['is forged', async () => void request.cookies.set('auth_token', { value: await signToken(claims('ada'), { secret: 'guessed, and long enough too' }) })],
    ['has run out', async () => void request.cookies.set('auth_token', { value: await signToken(claims('ada'), { expiresAt: new Date(Date.now() - 1_000) }) })],
  ])('is over when that %s', async (_what, prepare) => {
    await prepare()
    expect(await findSessionUser()).toBeNull()
  })
})

describe('other sessions', () => {
  it('by the shop’s password last without a token, and beside somebody else’s', async () => {
    const { id } = await db.user.create({ data: { origin: 'salespider', salespiderId: 'ada', email: 'ada@shop.example', name: 'Ada', role: 'SUPER_ADMIN' } })
    await here({ sub: id })
    await there('tunde')
    expect(await findSessionUser()).toMatchObject({ id, name: 'Ada Okafor' })
  })

  it('of an account that was kept here are not good inside SaleSpider', async () => {
    const { id } = await db.user.create({
      data: { email: 'owner@shop.example', name: 'Owner', role: 'SUPER_ADMIN', passwordHash: await hashPassword('of the deployment') },
    })
    await here({ sub: id })
    expect(await findSessionUser()).toBeNull()
  })

  it.each([['owner@shop.example', true], ['former@shop.example', false]])('break-glass as %s: %s', async (email, expected) => {
    const { id } = await db.user.create({ data: { origin: 'deployment', email, name: 'Owner', role: 'SUPER_ADMIN' } })
    await here({ sub: id })
    expect((await findSessionUser()) !== null).toBe(expected)
  })
})
