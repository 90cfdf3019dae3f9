import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as Argon2 from '@node-rs/argon2'
import { verify } from '@node-rs/argon2'
import { type SignInTry, ensureFirstAdmin, signIn } from '@/lib/auth/mutations'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/schema'
import { type Db, openDb } from '@/lib/db'
import { type TestControl, startControl } from '../support/control'

vi.mock('@node-rs/argon2', async (original) => {
  const argon2 = await original<typeof Argon2>()
  return { ...argon2, verify: vi.fn(argon2.verify) }
})

const password = 'correct horse battery staple'
const now = new Date('2026-11-24T13:00:00Z')
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

let control: TestControl
let db: Db
let passwordHash: string

beforeAll(async () => {
  control = await startControl()
  db = control.db
  passwordHash = await hashPassword(password)
})
afterAll(() => control.stop())
beforeEach(async () => {
  await db.signInFailure.deleteMany()
  await db.auditEntry.deleteMany()
  await db.user.deleteMany()
  vi.mocked(verify).mockClear()
})

const addUser = (email: string, role: Role = 'SUPER_ADMIN', disabledAt: Date | null = null) =>
  db.user.create({ data: { email, name: 'Ada Okafor', role, passwordHash, disabledAt } })
const attempt = (change: Partial<SignInTry> = {}, on = db) =>
  signIn(on, { email: 'ada@okafor.example', password, address: '192.0.2.7', now, ...change })
const audit = () => db.auditEntry.findMany({ orderBy: { id: 'asc' } })
/** As a control database behaves that takes everything but audit entries. */
async function withoutAudit(run: () => Promise<void>) {
  await db.$executeRaw`ALTER TABLE "audit_entry" ADD CONSTRAINT "no_audit" CHECK (false) NOT VALID`
  await run().finally(() => db.$executeRaw`ALTER TABLE "audit_entry" DROP CONSTRAINT "no_audit"`)
}

describe('the first account', () => {
  const credentials = { email: 'Owner@Okafor.example', password }

  it('is made when there is none, audited, and can sign in', async () => {
    expect(await ensureFirstAdmin(db, credentials)).toBe(true)
    const user = await db.user.findFirstOrThrow()
    expect(user).toMatchObject({ email: 'owner@okafor.example', role: 'SUPER_ADMIN' })
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await audit()).toMatchObject([{ action: 'auth.first-admin', target: 'owner@okafor.example', actorKind: 'system' }])
    expect(await attempt({ email: 'owner@okafor.example' })).toMatchObject({ user: { id: user.id } })
  })

  it('is made once by two dashboards that start at once', async () => {
    const other = openDb(control.url)
    await Promise.all([db, other, db, other].map((each) => ensureFirstAdmin(each, credentials)))
    await other.$disconnect()
    expect(await db.user.count()).toBe(1)
    expect(await audit()).toHaveLength(1)
  })

  it('is not made beside others, even disabled ones', async () => {
    await addUser('tunde@okafor.example', 'MANAGER', now)
    expect(await ensureFirstAdmin(db, credentials)).toBe(true)
    expect(await db.user.count()).toBe(1)
  })

  it('cannot be made of nothing', async () => {
    expect(await ensureFirstAdmin(db, {})).toBe(false)
    expect(await db.user.count()).toBe(0)
  })

  it('is not made when that cannot be written down', async () => {
    await withoutAudit(() => expect(ensureFirstAdmin(db, credentials)).rejects.toThrow())
    expect(await db.user.count()).toBe(0)
  })
})

describe('signing in', () => {
  it('lets the right password in, and writes down who and from where', async () => {
    const user = await addUser('ada@okafor.example')
    expect(await attempt()).toMatchObject({ user: { id: user.id } })
    expect((await db.user.findFirstOrThrow()).lastSignInAt).toEqual(now)
    expect(await audit()).toMatchObject([
      { action: 'auth.sign-in', actorKind: 'user', actorId: user.id, target: 'ada@okafor.example', address: '192.0.2.7' },
    ])
    expect(await db.signInFailure.count()).toBe(0)
  })

  it('answers a wrong password and an unknown e-mail alike, at the same cost', async () => {
    await addUser('ada@okafor.example')
    const wrong = await attempt({ password: 'guess' })
    const unknown = await attempt({ email: 'nobody@okafor.example', password: 'guess' })
    expect(wrong).toEqual({ refusal: { reason: 'mismatch', triesLeft: 4 } })
    expect(unknown).toEqual(wrong)
    const hashes = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'))
    expect(hashes).toEqual(['$argon2id$v=19$m=19456,t=2,p=1', '$argon2id$v=19$m=19456,t=2,p=1'])
    expect(await audit()).toMatchObject([
      { action: 'auth.sign-in-refused', target: 'ada@okafor.example', address: '192.0.2.7', after: { reason: 'mismatch' } },
      { action: 'auth.sign-in-refused', target: 'nobody@okafor.example', address: '192.0.2.7', after: { reason: 'mismatch' } },
    ])
  })

  it.each([
    ['a cashier', 'CASHIER', null],
    ['someone shut out', 'SUPER_ADMIN', now],
  ] as const)('turns %s away, with words only for the right password', async (_who, role, disabledAt) => {
    await addUser('ada@okafor.example', role, disabledAt)
    expect(await attempt()).toEqual({ refusal: { reason: 'no-access' } })
    expect(await attempt({ password: 'guess' })).toMatchObject({ refusal: { reason: 'mismatch' } })
    expect((await audit()).map(({ after }) => after)).toEqual([{ reason: 'no-access' }, { reason: 'mismatch' }])
  })

  it('lets nobody in whom it cannot write down', async () => {
    await addUser('ada@okafor.example')
    await withoutAudit(() => expect(attempt()).rejects.toThrow())
    expect((await db.user.findFirstOrThrow()).lastSignInAt).toBeNull()
  })
})

describe('too many tries', () => {
  const fail = async (times: number, change: (index: number) => Partial<SignInTry>) => {
    for (let index = 0; index < times; index += 1) await attempt({ password: 'guess', ...change(index) })
  }
  const record = (subject: string, times: number, at = now) =>
    db.signInFailure.createMany({ data: Array.from({ length: times }, () => ({ subject, at })) })

  it('are five for an e-mail from an address; then not even the right password is looked at', async () => {
    await addUser('ada@okafor.example')
    await fail(5, (index) => ({ now: minutesLater(index) }))
    vi.mocked(verify).mockClear()
    expect(await attempt({ now: minutesLater(5) })).toEqual({ refusal: { reason: 'limited', retryAfterSeconds: 600 } })
    expect(verify).not.toHaveBeenCalled()
  })

  it('free one try when the oldest has left the window', async () => {
    await addUser('ada@okafor.example')
    await fail(5, (index) => ({ now: minutesLater(index) }))
    expect(await attempt({ now: minutesLater(14.99) })).toMatchObject({ refusal: { reason: 'limited', retryAfterSeconds: 1 } })
    expect(await attempt({ now: minutesLater(15) })).toHaveProperty('user')
  })

  it('say how many are left', async () => {
    const left = []
    for (let index = 0; index < 5; index += 1) left.push(await attempt({ password: 'guess' }))
    expect(left.map((outcome) => 'refusal' in outcome && outcome.refusal)).toEqual(
      [4, 3, 2, 1, 0].map((triesLeft) => ({ reason: 'mismatch', triesLeft })),
    )
  })

  it('do not lock the owner out at another address, nor others at this one', async () => {
    await addUser('ada@okafor.example')
    await addUser('tunde@okafor.example', 'MANAGER')
    await fail(6, () => ({}))
    expect(await attempt({ address: '192.0.2.8' })).toHaveProperty('user')
    expect(await attempt({ email: 'tunde@okafor.example' })).toHaveProperty('user')
  })

  it('are thirty for an address, whatever the e-mails', async () => {
    await fail(30, (index) => ({ email: `guess-${index}@okafor.example` }))
    expect(await attempt({ email: 'other@okafor.example' })).toMatchObject({ refusal: { reason: 'limited' } })
  })

  it('are a hundred for an e-mail, whatever the addresses', async () => {
    await addUser('ada@okafor.example')
    await record('email:ada@okafor.example', 99)
    const last = await attempt({ address: '198.51.100.1', password: 'guess' })
    expect(last).toMatchObject({ refusal: { reason: 'mismatch', triesLeft: 0 } })
    expect(await attempt({ address: '198.51.100.2' })).toMatchObject({ refusal: { reason: 'limited' } })
  })

  it('are not one more when all come at once, at two dashboards', async () => {
    await addUser('ada@okafor.example')
    const other = openDb(control.url)
    const tries = Array.from({ length: 24 }, (_, index) => attempt({ password: `guess-${index}` }, index % 2 ? other : db))
    const outcomes = await Promise.all(tries)
    await other.$disconnect()
    expect(outcomes.filter((outcome) => 'refusal' in outcome && outcome.refusal.reason === 'mismatch')).toHaveLength(5)
    expect(verify).toHaveBeenCalledTimes(5)
  })

  it('are forgiven to the pair by the right password, and to nobody else', async () => {
    await addUser('ada@okafor.example')
    await fail(4, () => ({}))
    await record('address:192.0.2.7', 25)
    expect(await attempt()).toHaveProperty('user')
    expect(await attempt({ password: 'guess' })).toMatchObject({ refusal: { reason: 'mismatch', triesLeft: 0 } })
    expect(await attempt({ email: 'tunde@okafor.example' })).toMatchObject({ refusal: { reason: 'limited' } })
  })

  it('are forgotten after the window', async () => {
    await record('address:203.0.113.9', 3, minutesLater(-15))
    await record('address:203.0.113.9', 1, minutesLater(-14))
    await attempt({ password: 'guess' })
    expect(await db.signInFailure.count({ where: { subject: 'address:203.0.113.9' } })).toBe(1)
  })

  it('are written down once, however many follow', async () => {
    const at = new Date()
    await fail(5, () => ({ now: at }))
    for (let index = 0; index < 4; index += 1) await attempt({ now: at })
    const reasons = (await audit()).map(({ after }) => (after as { reason: string }).reason)
    expect(reasons).toEqual(['mismatch', 'mismatch', 'mismatch', 'mismatch', 'mismatch', 'limited'])
  })
})
