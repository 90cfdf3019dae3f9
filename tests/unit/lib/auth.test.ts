import { describe, expect, it } from 'vitest'
import {
  TRY_WINDOW_MS, can, decodeRefusal, encodeRefusal, handoverPath, lastHop, nextTryAt, readRefused, refusedPath, safeNextPath, signInPath, trySubjects,
} from '@/lib/auth/rules'
import { type Permission, type Refusal, type Role, credentialsSchema, permissions, roles } from '@/lib/auth/schema'

describe('permissions', () => {
  const granted: Record<Role, Permission[]> = {
    SUPER_ADMIN: [
      'backups:read', 'backups:run', 'checks:run', 'jobs:cancel',
      'restore:rehearse', 'restore:point', 'restore:switch', 'restore:undo', 'restore:in-place', 'restore:purge',
      'restore:rescue',
    ],
    MANAGER: ['backups:read'],
    CASHIER: [],
  }
  const table = roles.flatMap((role) =>
    permissions.map((permission) => ({ role, permission, allowed: granted[role].includes(permission) })),
  )

  it.each(table)('$role and $permission: $allowed', ({ role, permission, allowed }) => {
    expect(can({ role }, permission)).toBe(allowed)
  })
})

describe('limits', () => {
  const now = new Date('2026-11-24T13:00:00Z')
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

  it('let tries through below the limit', () => {
    expect(nextTryAt([], 5)).toBeNull()
    expect(nextTryAt([1, 2, 3, 4].map(minutesAgo), 5)).toBeNull()
  })

  it('free the next try when the one that filled the limit leaves the window', () => {
    expect(nextTryAt([1, 2, 3, 4, 9].map(minutesAgo), 5)).toEqual(new Date(minutesAgo(9).getTime() + TRY_WINDOW_MS))
  })

  it('hold the pair tightest, the address next, the e-mail alone last', () => {
    expect(trySubjects('ada@okafor.example', '192.0.2.7')).toEqual([
      { subject: 'email:ada@okafor.example address:192.0.2.7', limit: 5 },
      { subject: 'address:192.0.2.7', limit: 30 },
      { subject: 'email:ada@okafor.example', limit: 100 },
    ])
  })
})

describe('the last hop', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
    ['10.0.0.1,  ::ffff:203.0.113.9 ', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['', undefined],
    ['203.0.113.9,', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('of %j is %j', (header, expected) => {
    expect(lastHop(header)).toBe(expected)
  })

  it('is no place to store a page of text', () => {
    expect(lastHop('x'.repeat(5_000))).toHaveLength(64)
  })
})

describe('where to go after sign-in', () => {
  it.each([
    ['/history?type=full', '/history?type=full'],
    ['/jobs/1843', '/jobs/1843'],
    ['/', '/'],
    ['/history#log', '/history'],
    ['/a/../history', '/history'],
  ])('%j is a way on', (next, expected) => {
    expect(safeNextPath(next)).toBe(expected)
  })

  it.each([
    null, undefined, '', 'history', '//', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example',
    '/\t/evil.example', '/\n/evil.example', 'https://evil.example/', 'javascript:alert(1)',
    '/sign-in', '/sign-in?next=/sign-in', '/x/../sign-in', '/api/auth/signout',
  ])('%j leads to the start page', (next) => {
    expect(safeNextPath(next)).toBe('/')
  })

  it('is kept in the address of the sign-in page', () => {
    expect(signInPath('/history?type=full&q=a b')).toBe('/sign-in?next=%2Fhistory%3Ftype%3Dfull%26q%3Da%2520b')
    expect([signInPath('/'), signInPath('//evil.example')]).toEqual(['/sign-in', '/sign-in'])
  })
})

describe('refusals', () => {
  it.each<Refusal>([
    { reason: 'mismatch', triesLeft: 3 },
    { reason: 'limited', retryAfterSeconds: 840 },
    { reason: 'no-access' },
    { reason: 'no-accounts' },
    { reason: 'unavailable' },
    { reason: 'shop-away', triesLeft: 1 },
    { reason: 'token' },
    { reason: 'cookie-lost' },
  ])('$reason survives the way through next-auth', (refusal) => {
    expect(decodeRefusal(encodeRefusal(refusal))).toEqual(refusal)
  })

  it.each(['', 'CredentialsSignin', '{"reason":"welcome"}', '{'])('%j means that sign-in did not work', (text) => {
    expect(decodeRefusal(text)).toEqual({ reason: 'unavailable' })
  })
})

describe('who was turned away', () => {
  it('finds out why where they may sign in otherwise, and the way on is kept', () => {
    expect(refusedPath({ reason: 'no-access' }, '/')).toBe('/sign-in?refused=no-access')
    expect(refusedPath({ reason: 'shop-away', triesLeft: 2 }, '/history?type=full')).toBe('/sign-in?next=%2Fhistory%3Ftype%3Dfull&refused=shop-away')
  })

  it.each(['no-access', 'shop-away', 'token', 'cookie-lost', 'unavailable'])('is told: %s', (reason) => {
    expect(readRefused(reason)).toEqual({ reason })
  })

  it.each([undefined, '', 'limited', 'welcome', '<script>'])('is told nothing by %j', (reason) => {
    expect(readRefused(reason)).toBeNull()
  })

  it('is led on within the dashboard only', () => {
    expect(handoverPath('/history?q=a')).toBe('/api/auth/salespider?next=%2Fhistory%3Fq%3Da')
    expect(handoverPath('//evil.example')).toBe('/api/auth/salespider?next=%2F')
  })
})

describe('credentials', () => {
  it('take an e-mail as people write it', () => {
    expect(credentialsSchema.parse({ email: ' Ada@Okafor.Example ', password: ' as typed ' })).toEqual({
      email: 'ada@okafor.example', password: ' as typed ',
    })
  })

  it.each([
    { email: 'ada', password: 'x' },
    { email: 'ada@okafor.example', password: '' },
    { email: 'ada@okafor.example', password: 'x'.repeat(1_001) },
    { email: `${'a'.repeat(255)}@okafor.example`, password: 'x' },
    { email: ['ada@okafor.example'], password: 'x' },
    undefined,
  ])('refuse what cannot be any (%#)', (input) => {
    expect(credentialsSchema.safeParse(input).success).toBe(false)
  })
})
