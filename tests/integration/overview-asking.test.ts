import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/lib/audit/schema'
import { enqueueOnce, requestCancel } from '@/lib/jobs/mutations'
import { type TestControl, startControl } from '../support/control'

const ada: Actor = { kind: 'user', id: 'u1', name: 'Ada Okafor' }

let control: TestControl
beforeAll(async () => (control = await startControl()))
afterAll(() => control.stop())
afterEach(() => control.db.job.deleteMany())

describe('two who ask at once', () => {
  const request = { kind: 'backup' as const, type: 'incr' as const, repo: 1 }
  const ask = (changes = {}) =>
    control.db.$transaction((tx) =>
      enqueueOnce(tx, { stanza: control.stanza, request, actor: ada, trigger: 'manual', ...changes }),
    )

  it('get one job', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => ask()))
    expect(all.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(all.map(({ job }) => job.id)).size).toBe(1)
    expect(await control.db.job.count()).toBe(1)
  })

  it('get two where they ask for different things, or where the first is being cancelled', async () => {
    const first = await ask()
    expect((await ask({ request: { ...request, type: 'full' } })).created).toBe(true)
    await control.db.job.update({
      where: { id: first.job.id },
      data: { status: 'RUNNING', claimedAt: new Date(), heartbeatAt: new Date() },
    })
    expect((await ask()).created).toBe(false)
    await control.db.$transaction((tx) => requestCancel(tx, first.job.id, ada))
    expect((await ask()).created).toBe(true)
  })
})
