import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const before = { ...process.env }
const whole = {
  BACKUP_DATABASE_URL: 'postgresql://backups@127.0.0.1/backups', DATABASE_URL: 'postgresql://shop@127.0.0.1/shop',
  NEXTAUTH_SECRET: 'of the dashboard alone, and long enough', JWT_SECRET: 'of SaleSpider, and long enough too, like this',
  SALESPIDER_URL: 'http://app:3000',
}

beforeEach(() => vi.resetModules())
afterEach(() => {
  process.env = { ...before }
})

async function read(change: Record<string, string> = {}) {
  process.env = { ...before, ...whole, ...change }
  const { env } = await import('@/lib/env')
  return env()
}

it('is that of a dashboard inside SaleSpider', async () => {
  expect(await read()).toMatchObject(whole)
})

it('is that of one by itself where SaleSpider’s are empty', async () => {
  const env = await read({ JWT_SECRET: '', SALESPIDER_URL: '', DATABASE_URL: '' })
  expect([env.JWT_SECRET, env.SALESPIDER_URL, env.DATABASE_URL]).toEqual([undefined, undefined, undefined])
})

it.each([
  ['one secret for both', { NEXTAUTH_SECRET: whole.JWT_SECRET }, /NEXTAUTH_SECRET: must differ from JWT_SECRET/],
  ['a secret and nowhere to look people up', { DATABASE_URL: '' }, /DATABASE_URL: is needed with JWT_SECRET/],
  ['a secret that can be guessed', { JWT_SECRET: 'secret' }, /JWT_SECRET: /],
  ['an address that is none', { SALESPIDER_URL: 'app:3000' }, /SALESPIDER_URL: /],
  ['a hosted database that is nowhere', { SETUP_BACKUP: 'no', JWT_SECRET: '', DATABASE_URL: '' }, /DATABASE_URL: is needed where/],
])('is refused with %s', async (_what, change, words) => {
  await expect(read(change)).rejects.toThrow(words)
})

it('tells no secret when it is refused', async () => {
  await expect(read({ NEXTAUTH_SECRET: whole.JWT_SECRET })).rejects.not.toThrow(whole.JWT_SECRET)
})
