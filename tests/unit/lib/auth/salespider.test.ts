import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { isActive, isRewound, readToken } from '@/lib/auth/salespider/rules'

const secret = 'c2FsZXNwaWRlci1zZWNyZXQtbG9uZy1lbm91Z2g='
const now = new Date('2026-11-24T12:00:00Z')
const claims = { id: 'cm1', email: 'ada@okafor.example', name: 'Ada', role: 'MANAGER' }
const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const key = (text: string) => new TextEncoder().encode(text)

function sign(payload: object, { alg = 'HS256', by = key(secret), exp = seconds(now) + 3600 as number | null } = {}): Promise<string> {
  const token = new SignJWT({ ...payload }).setProtectedHeader({ alg })
  return (exp === null ? token : token.setExpirationTime(exp)).sign(by)
}

it('takes what SaleSpider signs', async () => {
  expect(await readToken(await sign(claims), secret, now)).toMatchObject(claims)
})

describe('refuses', () => {
  it.each<[string, () => Promise<string> | string]>([
    ['a forged signature', () => sign(claims, { by: key('another secret, long enough too') })],
    ['the secret taken for base64', () => sign(claims, { by: Buffer.from(secret, 'base64') })],
    ['an expired one', () => sign(claims, { exp: seconds(now) - 1 })],
    ['one that never expires', () => sign(claims, { exp: null })],
    ['another algorithm', () => sign(claims, { alg: 'HS512' })],
    ['alg: none', () => new UnsecuredJWT({ ...claims }).setExpirationTime(seconds(now) + 3600).encode()],
    ['a role nobody has', () => sign({ ...claims, role: 'ROOT' })],
    ['a missing claim', () => sign({ id: 'cm1', email: claims.email, role: 'MANAGER' })],
    ['a claim more', () => sign({ ...claims, scope: 'everything' })],
    ['a changed payload', async () => (await sign(claims)).replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, role: 'SUPER_ADMIN', exp: seconds(now) + 3600 })).toString('base64url')}.`)],
    ['nonsense', () => 'a.b.c'],
    ['nothing', () => ''],
  ])('%s', async (_, make) => expect(await readToken(await make(), secret, now)).toBeNull())
})

describe('a row of the shop', () => {
  it.each([
    ['ACTIVE', null, true],
    ['ACTIVE', now, false],
    ['INACTIVE', null, false],
    ['SUSPENDED', null, false],
  ])('%s, deleted %s: may come in %s', (status, deletedAt, expected) => expect(isActive({ status, deletedAt })).toBe(expected))

  const exchangedAt = now
  const changed = (ms: number) => ({ updatedAt: new Date(now.getTime() + ms) })
  it.each([
    ['nobody restored', changed(-1_000), null, false],
    ['nobody restored, and it is gone', null, null, false],
    ['it is as old as the restore', changed(-1_000), exchangedAt, true],
    ['the restore took it away', null, exchangedAt, true],
    ['SaleSpider changed it since', changed(1), exchangedAt, false],
  ])('where %s', (_what, row, at, expected) => expect(isRewound(row, at)).toBe(expected))
})
