import { NextRequest } from 'next/server'
import { type JWT, encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { GET as getHealth } from '@/app/api/health/route'
import { adminAction, adminRoute, refuse } from '@/lib/action'
import { SESSION_COOKIE } from '@/lib/auth/cookies'
import { authOptions } from '@/lib/auth/options'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/schema'
import { requireUser } from '@/lib/auth/session'
import { db as dashboardDb } from '@/lib/dashboard-db'
import type { Db } from '@/lib/db'
import { enqueueJob } from '@/lib/jobs/mutations'
import { type TestControl, startControl } from '../support/control'

const request = vi.hoisted(() => ({ cookies: new Map<string, { value: string }>(), headers: new Headers() }))
vi.mock('next/headers', () => ({ cookies: async () => request.cookies, headers: async () => request.headers }))

const secret = 'a secret of more than thirty-two characters'
let control: TestControl
let db: Db
let userId: string

beforeAll(async () => {
  control = await startControl()
  db = control.db
  process.env.BACKUP_DATABASE_URL = control.url
  process.env.NEXTAUTH_SECRET = secret
})
afterAll(async () => {
  await dashboardDb().$disconnect()
  await control.stop()
})
beforeEach(async () => {
  await db.auditEntry.deleteMany()
  await db.jobEvent.deleteMany()
  await db.job.deleteMany()
  await db.user.deleteMany()
  request.headers = new Headers({ 'x-forwarded-for': '10.1.1.1, 192.0.2.7', 'x-dashboard-path': '/history?type=full' })
  userId = await signInAs('SUPER_ADMIN')
})

async function signInAs(role: Role): Promise<string> {
  const passwordHash = await hashPassword('correct horse')
  const user = await db.user.create({ data: { email: `${role}@okafor.example`, name: 'Ada Okafor', role, passwordHash } })
  await carry({ sub: user.id })
  return user.id
}

async function carry(token: JWT, { key = secret, maxAge = 3_600 } = {}) {
  request.cookies.set(SESSION_COOKIE, { value: await encode({ token, secret: key, maxAge }) })
}

const change = (data: object) => db.user.update({ where: { id: userId }, data })

describe('requireUser', () => {
  const toSignIn = { digest: expect.stringContaining(';/sign-in?next=%2Fhistory%3Ftype%3Dfull;') as string }

  it('knows who asks, and from where', async () => {
    expect(await requireUser()).toMatchObject({ id: userId, name: 'Ada Okafor', role: 'SUPER_ADMIN', address: '192.0.2.7' })
  })

  it.each([
    ['is disabled', { disabledAt: new Date() }],
    ['becomes a cashier', { role: 'CASHIER' }],
  ])('sends to sign-in, at once, who %s', async (_what, data) => {
    await change(data)
    await expect(requireUser()).rejects.toMatchObject(toSignIn)
  })

  it('sends to sign-in who was removed', async () => {
    await db.user.delete({ where: { id: userId } })
    await expect(requireUser()).rejects.toMatchObject(toSignIn)
  })

  it('takes the role from the row, whatever the cookie says', async () => {
    await carry({ sub: userId, role: 'SUPER_ADMIN' })
    await change({ role: 'MANAGER' })
    expect(await requireUser()).toMatchObject({ role: 'MANAGER' })
    await expect(requireUser('backups:run')).rejects.toMatchObject(toSignIn)
  })

  it.each([
    ['without a cookie', () => void request.cookies.clear()],
    ['with a cookie of garbage', () => void request.cookies.set(SESSION_COOKIE, { value: 'garbage' })],
    ['with a cookie of another key', () => carry({ sub: userId }, { key: 'another secret of thirty-two characters' })],
    ['with a cookie that has run out', () => carry({ sub: userId }, { maxAge: -60 })],
    ['with a cookie about nobody', () => carry({})],
  ])('sends to sign-in %s', async (_how, prepare) => {
    await prepare()
    await expect(requireUser()).rejects.toMatchObject(toSignIn)
  })
})

describe('signing out', () => {
  const signOut = async (token: JWT) =>
    authOptions('10.1.1.1, 192.0.2.7').events?.signOut?.({ token, session: { user: undefined, expires: '' } })

  it('is written down: who, and from where', async () => {
    await signOut({ sub: userId })
    expect(await db.auditEntry.findMany()).toMatchObject([
      { action: 'auth.sign-out', actorKind: 'user', actorId: userId, target: 'SUPER_ADMIN@okafor.example', address: '192.0.2.7' },
    ])
  })

  it('is let happen also where it cannot be written down, or nobody is there any more', async () => {
    await db.$executeRaw`ALTER TABLE "audit_entry" ADD CONSTRAINT "no_audit" CHECK (false) NOT VALID`
    await signOut({ sub: userId }).finally(() => db.$executeRaw`ALTER TABLE "audit_entry" DROP CONSTRAINT "no_audit"`)
    await db.user.delete({ where: { id: userId } })
    await signOut({ sub: userId })
    expect(await db.auditEntry.count()).toBe(0)
  })
})

describe('adminAction', () => {
  const run = vi.fn()
  const enqueue = adminAction({
    permission: 'backups:run',
    input: z.object({ reason: z.string().max(20) }),
    run: async ({ tx, actor, input }) => {
      run()
      const { job } = await enqueueJob(tx, {
        stanza: control.stanza, request: { kind: 'check' }, actor, trigger: 'manual', reason: input.reason,
      })
      if (input.reason === 'not now') return refuse('Not now.')
      return job.id.toString()
    },
  })
  beforeEach(() => run.mockClear())

  it('runs, and its audit entry names the person and the address', async () => {
    const result = await enqueue({ reason: 'before the sale' })
    expect(result).toEqual({ ok: true, data: expect.stringMatching(/^\d+$/) as string })
    expect(await db.auditEntry.findMany()).toMatchObject([
      { action: 'job.enqueue', actorKind: 'user', actorId: userId, actorName: 'Ada Okafor', address: '192.0.2.7' },
    ])
  })

  it('does nothing when its audit entry cannot be written', async () => {
    await db.$executeRaw`ALTER TABLE "audit_entry" ADD CONSTRAINT "no_audit" CHECK (false) NOT VALID`
    await expect(enqueue({ reason: 'unseen' })).rejects.toThrow()
    await db.$executeRaw`ALTER TABLE "audit_entry" DROP CONSTRAINT "no_audit"`
    expect([await db.job.count(), await db.jobEvent.count()]).toEqual([0, 0])
  })

  it('undoes what it had done when it refuses', async () => {
    expect(await enqueue({ reason: 'not now' })).toEqual({ ok: false, error: { code: 'refused', message: 'Not now.' } })
    expect([await db.job.count(), await db.auditEntry.count()]).toEqual([0, 0])
  })

  it('refuses whoever may only read', async () => {
    await change({ role: 'MANAGER' })
    expect(await enqueue({ reason: 'x' })).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(run).not.toHaveBeenCalled()
  })

  it.each([
    ['who is disabled', { disabledAt: new Date() }],
    ['who became a cashier', { role: 'CASHIER' }],
  ])('does not know %s any more', async (_who, data) => {
    await change(data)
    expect(await enqueue({ reason: 'x' })).toMatchObject({ ok: false, error: { code: 'unauthenticated' } })
    expect(run).not.toHaveBeenCalled()
  })

  it('names the fields that cannot be used', async () => {
    const result = await enqueue({ reason: 'x'.repeat(21) })
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', fields: { reason: [expect.any(String)] } } })
    expect(run).not.toHaveBeenCalled()
  })

  it('looks at nothing that a stranger sends', async () => {
    request.cookies.clear()
    expect(await enqueue({ reason: 'x'.repeat(21) })).toMatchObject({ error: { code: 'unauthenticated' } })
  })
})

describe('adminRoute', () => {
  const route = adminRoute<{ id: string }>('backups:run', async ({ params, user }) =>
    params.id === '0' ? Response.json({ gone: true }, { status: 404 }) : { id: params.id, name: user.name },
  )
  const get = (id: string) => route(new NextRequest('http://localhost/backups/api/x'), { params: Promise.resolve({ id }) })

  it('answers with JSON that nobody keeps', async () => {
    const response = await get('7')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await response.json()).toEqual({ id: '7', name: 'Ada Okafor' })
  })

  it('hands a response of the handler on', async () => {
    expect((await get('0')).status).toBe(404)
  })

  it('says 401 to strangers and 403 to readers', async () => {
    await change({ role: 'MANAGER' })
    expect((await get('7')).status).toBe(403)
    request.cookies.clear()
    const response = await get('7')
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated', message: expect.any(String) } })
  })
})

describe('health', () => {
  const worker = { id: 'w1', stanzaName: 'salespider', name: 'backup-1', pid: 1, version: '0.1.0' }
  const health = async () => {
    const response = await getHealth()
    return { status: response.status, cache: response.headers.get('cache-control'), body: (await response.json()) as object }
  }
  beforeEach(() => db.worker.deleteMany())

  it('is good while the database answers and a worker is about', async () => {
    await db.worker.create({ data: worker })
    expect(await health()).toEqual({
      status: 200,
      cache: 'no-store',
      body: { status: 'ok', database: 'up', worker: 'up', version: expect.stringMatching(/^\d+\./) as string },
    })
  })

  it.each([
    ['no worker ever came', null],
    ['the worker is silent', { heartbeatAt: new Date(Date.now() - 16_000) }],
    ['the worker was stopped', { stoppedAt: new Date() }],
  ])('is bad when %s', async (_what, data) => {
    if (data) await db.worker.create({ data: { ...worker, ...data } })
    expect(await health()).toMatchObject({ status: 503, body: { status: 'degraded', database: 'up', worker: 'down' } })
  })
})

describe('without the control database', () => {
  it('actions, routes and health say so, and none of them throws', async () => {
    await control.postgres.stop()
    const action = adminAction({ permission: 'backups:run', input: z.object({}), run: async () => 'done' })
    const message = expect.stringContaining('control database') as string
    expect(await action({})).toMatchObject({ ok: false, error: { code: 'unavailable', message } })
    const route = adminRoute('backups:read', async () => 'done')
    const response = await route(new NextRequest('http://localhost/backups/api/x'), { params: Promise.resolve({}) })
    expect(response.status).toBe(503)
    expect(await (await getHealth()).json()).toMatchObject({ status: 'down', database: 'down', worker: 'unknown' })
  })
})
