import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { publishPolicy } from '@/lib/health/mutations'
import type { Policy } from '@/lib/policy/schema'
import { catchUp, startScheduler } from '@/worker/scheduler'
import { type TestControl, startControl } from '../support/control'
import { until } from '../support/lab'

let control: TestControl
const policy: Policy = { schedules: { full: '0 2 * * 0', diff: '0 2 * * *' }, timeZone: 'Africa/Lagos', retention: { full: null, diff: null } }
const monday = new Date('2026-11-23T09:00:00Z')
const sunday = new Date('2026-11-22T09:00:00Z')

beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
afterEach(async () => void (await control.db.job.deleteMany()))

const jobs = () => control.db.job.findMany({ orderBy: { id: 'asc' } })
const knownSince = (at: string) => control.db.stanza.update({ where: { name: control.stanza }, data: { createdAt: new Date(at) } })

describe('a tick that was missed while the worker was away', () => {
  it('runs once, whoever comes back first', async () => {
    await knownSince('2026-11-01T00:00:00Z')
    await Promise.all([catchUp(control.db, control.stanza, policy, sunday), catchUp(control.db, control.stanza, policy, sunday)])
    await catchUp(control.db, control.stanza, policy, sunday)
    expect(await jobs()).toMatchObject([{ trigger: 'catch-up', request: { type: 'full' }, dedupeKey: 'schedule:full:1:2026-11-22T01:00:00.000Z' }])
  })

  it('is nobody’s when the schedule was changed after it', async () => {
    await knownSince('2026-11-01T00:00:00Z')
    await publishPolicy(control.db, control.stanza, { ...policy, schedules: { full: null, diff: null } }, sunday)
    const changed = await publishPolicy(control.db, control.stanza, policy, monday)
    expect(changed.since).toBe(monday.toISOString())
    expect(await publishPolicy(control.db, control.stanza, policy, new Date('2026-11-24T09:00:00Z'))).toEqual(changed)
    await catchUp(control.db, control.stanza, changed, monday)
    expect(await jobs()).toEqual([])
  })

  it('asks for the most complete one that nobody answered', async () => {
    await knownSince('2026-11-01T00:00:00Z')
    await catchUp(control.db, control.stanza, policy, monday)
    expect(await jobs()).toMatchObject([{ request: { type: 'full' } }])
    await catchUp(control.db, control.stanza, policy, monday)
    expect((await jobs()).map(({ request }) => (request as { type: string }).type)).toEqual(['full', 'diff'])
  })

  it('is nobody’s from before the stanza was known', async () => {
    await knownSince('2026-11-23T08:00:00Z')
    await catchUp(control.db, control.stanza, policy, monday)
    expect(await jobs()).toEqual([])
  })
})

it('a live schedule enqueues one job a tick, however many schedulers there are', async () => {
  const everySecond: Policy = { ...policy, schedules: { full: '* * * * * *', diff: null } }
  const schedulers = [startScheduler(control.db, control.stanza, everySecond), startScheduler(control.db, control.stanza, everySecond)]
  await until('the schedule ticks', 10, async () => (await jobs()).length > 0)
  schedulers.forEach((scheduler) => scheduler.stop())
  const keys = (await jobs()).map(({ dedupeKey }) => dedupeKey)
  expect(new Set(keys).size).toBe(keys.length)
  expect(await jobs()).toMatchObject(keys.map(() => ({ trigger: 'schedule', actorKind: 'schedule' })))
})
