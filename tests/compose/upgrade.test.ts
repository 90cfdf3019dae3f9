/** A deployment of the version before the newest migration, brought up to this one. */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Deployment, openDeployment } from '../support/compose'
import { until } from '../support/lab'

let on: Deployment
const isProtected = async () => (await on.cli('status')).output.includes('salespider: Protected')
const sets = async () => (JSON.parse((await on.cli('info', '--json')).output) as { sets: { label: string }[] }).sets.map(({ label }) => label)

beforeAll(async () => {
  const migration = execFileSync('git', ['log', '-1', '--diff-filter=A', '--format=%H', '--', 'prisma/migrations'], { encoding: 'utf8' }).trim()
  on = await openDeployment({ commit: `${migration}^` })
  expect(await on.deploy()).toMatchObject({ code: 0 })
  await on.sql("CREATE TABLE sale (note text); INSERT INTO sale SELECT 'before' FROM generate_series(1, 100)")
  expect(await on.cli('backup', '--type=full')).toMatchObject({ code: 0 })
})
afterAll(() => on?.stop())

it('keeps every sale, every set and every job', async () => {
  const before = await sets()
  on.update()
  expect(await on.deploy()).toMatchObject({ code: 0 })
  expect(await on.sql('SELECT count(*) FROM sale')).toBe('100')
  await until('the worker tells of it', 120, isProtected)
  expect(await sets()).toEqual(before)
  expect((await on.cli('jobs', '--kind=backup', '--json')).output).toContain('SUCCEEDED')
  expect((await fetch(`${on.url}/sign-in`)).status).toBe(200)
})
