/** A deployment whose database somebody else runs: two containers, and a dashboard that says whose the backups are. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Deployment, openDeployment, settingOf } from '../support/compose'

let on: Deployment
const hosted = { SETUP_BACKUP: 'false', DATABASE_URL: 'postgresql://shop:hunter2@ep-1-pooler.eu-central-1.aws.neon.tech/shop' }

beforeAll(async () => {
  on = await openDeployment()
})
afterAll(() => on?.stop())

/** A session's cookies, as the form of the sign-in gets them. */
async function signIn(): Promise<string> {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      jar.set(name, value)
    }
    return response
  }
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const { csrfToken } = (await keep(await fetch(`${on.url}/api/auth/csrf`)).json()) as { csrfToken: string }
  const body = new URLSearchParams({
    csrfToken, email: settingOf(on, 'SUPER_ADMIN_EMAIL'), password: settingOf(on, 'SUPER_ADMIN_PASSWORD'), json: 'true',
  })
  const form = { method: 'POST', body, headers: { cookie: cookie() }, redirect: 'manual' } as const
  keep(await fetch(`${on.url}/api/auth/callback/credentials`, form))
  return cookie()
}

describe('a hosted database', () => {
  it('has to be named', async () => {
    const { code, output } = await on.deploy({ SETUP_BACKUP: 'false' })
    expect(code).not.toBe(0)
    expect(output).toContain('DATABASE_URL is needed')
  })

  it('is deployed as two containers', async () => {
    const { code, output } = await on.deploy(hosted)
    expect(output.slice(-2_000)).toContain('Dashboard')
    expect(code).toBe(0)
    const { output: names } = await on.docker('ps', '--all', '--filter', `name=${on.project}`, '--format', '{{.Names}}')
    expect(names.trim().split('\n').toSorted()).toEqual([`${on.project}-control-db`, `${on.project}-dashboard`])
  })

  it.each(['', '/restore', '/settings'])('is told of at %j, and nothing of its user or password', async (path) => {
    const page = await fetch(on.url + path, { headers: { cookie: await signIn() } })
    const html = await page.text()
    expect(page.status).toBe(200)
    expect(html).toContain('Neon runs this database and is responsible for its backups.')
    expect(html).toContain('https://neon.com/docs/guides/backup-restore')
    expect(html).not.toContain('hunter2')
    expect(html.includes('What otherwise stands at this address')).toBe(path !== '')
  })

  it('is well without a worker', async () => {
    const health = await fetch(`${on.url}/api/health`)
    expect(health.status).toBe(200)
    expect(await health.json()).toMatchObject({ database: 'up', worker: 'none' })
  })
})
