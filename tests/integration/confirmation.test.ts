import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { confirmPassword, signIn } from '@/lib/auth/mutations'
import { hashPassword } from '@/lib/auth/password'
import type { Db } from '@/lib/db'
import { type TestControl, startControl } from '../support/control'

const password = 'correct horse battery staple'
const now = new Date('2026-11-24T13:00:00Z')
const address = '192.0.2.7'

let control: TestControl
let db: Db
let user: { id: string; name: string; address?: string }

beforeAll(async () => {
  control = await startControl()
  db = control.db
})
afterAll(() => control.stop())
beforeEach(async () => {
  await db.signInFailure.deleteMany()
  await db.auditEntry.deleteMany()
  await db.user.deleteMany()
  const row = await db.user.create({
    data: { email: 'ada@okafor.example', name: 'Ada Okafor', role: 'SUPER_ADMIN', passwordHash: await hashPassword(password) },
  })
  user = { id: row.id, name: row.name, address }
})

const confirm = (typed: string) => confirmPassword(db, { user, password: typed, now })
const audit = () => db.auditEntry.findMany({ orderBy: { id: 'asc' } })

describe('the password of somebody who is signed in', () => {
  it('is the person’s own', async () => {
    expect(await confirm(password)).toBeNull()
    expect(await audit()).toEqual([])
    const { lastSignInAt } = await db.user.findUniqueOrThrow({ where: { id: user.id } })
    expect(lastSignInAt).toBeNull()
  })

  it('is refused when it is wrong, under the person’s name', async () => {
    expect(await confirm('wrong')).toEqual({ reason: 'mismatch', triesLeft: 4 })
    expect(await audit()).toMatchObject([
      { action: 'auth.confirmation-refused', actorId: user.id, actorName: 'Ada Okafor', address, after: { reason: 'mismatch' } },
    ])
  })

  it('is counted together with tries to sign in', async () => {
    await signIn(db, { email: 'ada@okafor.example', password: 'wrong', address, now })
    for (const triesLeft of [3, 2, 1, 0]) expect(await confirm('wrong')).toEqual({ reason: 'mismatch', triesLeft })
    expect(await confirm(password)).toMatchObject({ reason: 'limited' })
    expect(await signIn(db, { email: 'ada@okafor.example', password, address, now })).toMatchObject({ refusal: { reason: 'limited' } })
    expect((await audit()).filter(({ after }) => (after as { reason?: string }).reason === 'limited')).toHaveLength(1)
  })

  it('forgives the tries before it', async () => {
    await confirm('wrong')
    expect(await confirm(password)).toBeNull()
    expect(await confirm('wrong')).toEqual({ reason: 'mismatch', triesLeft: 4 })
  })

  it('opens nothing for an account that was switched off meanwhile', async () => {
    await db.user.update({ where: { id: user.id }, data: { disabledAt: now } })
    expect(await confirm(password)).toEqual({ reason: 'no-access' })
  })
})
