/** The dashboard where somebody else runs the database and its backups: it refuses with words, after it knows who asks. */
import { NextRequest } from 'next/server'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { backUpNow } from '@/app/(admin)/actions'
import { GET as getHealth } from '@/app/api/health/route'
import { GET as getOverview } from '@/app/api/overview/route'
import { GET as getStatus } from '@/app/api/status/route'
import { SESSION_COOKIE } from '@/lib/auth/cookies'
import { hashPassword } from '@/lib/auth/password'
import type { Role } from '@/lib/auth/schema'
import { db as dashboardDb } from '@/lib/dashboard-db'
import { type TestControl, startControl } from '../support/control'

const request = vi.hoisted(() => ({ cookies: new Map<string, { value: string }>() }))
vi.mock('next/headers', () => ({ cookies: async () => request.cookies, headers: async () => new Headers() }))

const secret = 'a secret of more than thirty-two characters'
const refused = { code: 'refused', message: expect.stringContaining('Somebody else runs this database') as string }
let control: TestControl

beforeAll(async () => {
  control = await startControl()
  Object.assign(process.env, {
    BACKUP_DATABASE_URL: control.url, NEXTAUTH_SECRET: secret, SETUP_BACKUP: 'false',
    DATABASE_URL: 'postgresql://shop:hunter2@ep-1-pooler.eu-central-1.aws.neon.tech/shop',
  })
})
afterAll(async () => {
  await dashboardDb().$disconnect()
  await control.stop()
})
beforeEach(async () => {
  request.cookies.clear()
  await control.db.user.deleteMany()
})

async function signInAs(role: Role): Promise<void> {
  const passwordHash = await hashPassword('correct horse')
  const { id } = await control.db.user.create({ data: { email: 'ada@okafor.example', name: 'Ada Okafor', role, passwordHash } })
  request.cookies.set(SESSION_COOKIE, { value: await encode({ token: { sub: id }, secret, maxAge: 3_600 }) })
}

const ask = async (route: typeof getOverview) => {
  const response = await route(new NextRequest('http://dashboard/backups/api'), { params: Promise.resolve({}) })
  return { status: response.status, body: (await response.json()) as unknown }
}

describe('an action', () => {
  it('is refused with words, and nothing is enqueued', async () => {
    await signInAs('SUPER_ADMIN')
    expect(await backUpNow({ type: 'full' })).toEqual({ ok: false, error: refused })
    expect(await control.db.job.count()).toBe(0)
  })

  it('tells nothing to who is not signed in, or may not', async () => {
    expect(await backUpNow({ type: 'full' })).toMatchObject({ error: { code: 'unauthenticated' } })
    await signInAs('MANAGER')
    expect(await backUpNow({ type: 'full' })).toMatchObject({ error: { code: 'forbidden' } })
  })
})

describe('a route', () => {
  it.each([['overview', getOverview], ['status', getStatus]])('refuses with words: %s', async (_name, route) => {
    expect(await ask(route)).toMatchObject({ status: 401 })
    await signInAs('MANAGER')
    expect(await ask(route)).toEqual({ status: 409, body: { error: refused } })
  })

  it('of health misses no worker', async () => {
    const response = await getHealth()
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'ok', database: 'up', worker: 'none' })
  })
})
