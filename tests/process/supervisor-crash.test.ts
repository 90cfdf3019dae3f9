/**
 * The supervisor is killed at every step of a switch, alone and together with PostgreSQL, and started again: on the way there and
 * on the way back. A ledger is kept all the while, and nothing that was acknowledged may be lost.
 */
import { existsSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Ledger, keepLedger, readLedger } from '../support/ledger'
import { type Template, type TestVolume, makeTemplate, openVolume, promote, withCluster } from '../support/template'
import type { Crash, Supervisor } from '../support/volume'

const TIMEOUT = { timeout: 20_000, interval: 20 }

/** The step that comes after each point, and where the shop is when it was not reached. */
const points = {
  booted: { within: 'mind_switch', at: 'find_obstacle', outcome: 'not-done' },
  checked: { within: 'switch', at: 'halt', outcome: 'not-done' },
  stopped: { within: 'point_to', at: 'ln *', outcome: 'not-done' },
  linked: { within: 'point_to', at: 'mv *', outcome: 'not-done' },
  moved: { within: 'point_to', at: 'sync *', outcome: 'done' },
  synced: { within: 'finish', at: 'bring_up', outcome: 'done' },
  started: { within: 'finish', at: 'settle *', outcome: 'done' },
  answered: { within: 'settle', at: 'remove_durably *', outcome: 'done' },
  removed: { within: 'settle', at: 'return', outcome: 'done' },
} as const
type Point = keyof typeof points

/** The same with a target that cannot start: PostgreSQL is down at most of these. Back means a second move of the link. */
const broken = {
  stopped: { within: 'point_to', at: 'ln *', outcome: 'not-done' },
  linked: { within: 'point_to', at: 'mv *', outcome: 'not-done' },
  moved: { within: 'point_to', at: 'sync *', outcome: 'rolled-back' },
  'linked back': { within: 'point_to', at: 'mv *', nth: 2, outcome: 'rolled-back' },
  'moved back': { within: 'point_to', at: 'sync *', nth: 2, outcome: 'not-done' },
  answered: { within: 'settle', at: 'remove_durably *', outcome: 'rolled-back' },
} as const

const killed = [['the supervisor', false], ['the supervisor and PostgreSQL', true]] as const
const matrix = (Object.keys(points) as Point[]).flatMap((point) =>
  killed.map(([who, withPostgres]) => ({ point, who, withPostgres })))

let template: Template
let volume: TestVolume
beforeAll(async () => {
  template = await makeTemplate()
})
afterAll(() => template.discard())
afterEach(() => volume.discard())

type Run = { job: string; from: string; to: string; crash: Crash; outcome: string }

/** One switch with one death in it, and the start after it. The supervisor that was started then is left running. */
async function switchAndDie({ job, from, to, crash, outcome }: Run, ledger: Ledger) {
  const doomed = volume.supervise({ crash })
  await vi.waitFor(() => expect(doomed.said()).toContain('is up'), TIMEOUT)
  await sells(ledger, from)
  volume.request({ job, from, to })
  expect(await doomed.ended()).toBe('SIGKILL')
  expect(volume.hasCrashed()).toBe(true)

  const supervisor = volume.supervise()
  const result = await answer(job, supervisor)
  const now = outcome === 'done' ? to : from
  expect(result).toMatchObject({ outcome, now })
  expect(volume.live()).toBe(now)
  await sells(ledger, now)
  expect(['switch.request', 'data.new', 'switch.result.tmp'].filter((name) => existsSync(volume.file(name)))).toEqual([])
  return { supervisor, now }
}

const answer = (job: string, supervisor: Supervisor) =>
  vi.waitFor(async () => (await volume.readResult(job)) ?? expect.fail(`no answer: ${supervisor.said()}`), TIMEOUT)

/** Three more sales are acknowledged by this cluster. */
async function sells(ledger: Ledger, by: string): Promise<void> {
  const before = ledger.by(by).length
  await vi.waitFor(() => expect(ledger.by(by).length).toBeGreaterThan(before + 2), TIMEOUT)
}

/** Asks for what did not happen once more, of a supervisor that lives. */
async function switchAgain(job: string, from: string, to: string, supervisor: Supervisor): Promise<void> {
  volume.request({ job, from, to })
  expect(await answer(job, supervisor)).toMatchObject({ outcome: 'done', now: to })
}

async function die({ child, ended }: Supervisor): Promise<void> {
  child.kill('SIGKILL')
  await ended()
}

const breakCluster = (id: string) =>
  appendFile(path.join(volume.cluster(id), 'postgresql.conf'), "shared_preload_libraries = 'no_such_library'\n")

/** Every row that a cluster acknowledged is in it. */
async function nothingIsLost(ledger: Ledger): Promise<void> {
  await ledger.close()
  const there = volume.live()
  for (const id of ['c0', 'c1']) {
    const client = id === there ? await volume.connect() : null
    const aside = () => withCluster(volume.cluster(id), { shared_preload_libraries: '' }, readLedger)
    const kept = new Set(client ? await readLedger(client) : await aside())
    await client?.end()
    expect(ledger.by(id).filter((n) => !kept.has(n))).toEqual([])
  }
}

describe('a switch, and the way back', () => {
  test.each(matrix)('$who killed when $point', async ({ point, withPostgres }) => {
    volume = openVolume(template)
    const { outcome, ...crash } = { ...points[point], withPostgres }
    const { cluster } = volume
    const ledger = keepLedger(volume.sockets)
    const there = await switchAndDie({ job: '1', from: 'c0', to: 'c1', crash, outcome }, ledger)
    if (there.now === 'c0') await switchAgain('2', 'c0', 'c1', there.supervisor)
    await sells(ledger, 'c1')
    const kept = await promote(cluster('c0'), cluster('c1'), readLedger)
    expect(kept).toEqual(expect.arrayContaining(ledger.by('c0')))
    await die(there.supervisor)

    const back = await switchAndDie({ job: '3', from: 'c1', to: 'c0', crash, outcome }, ledger)
    expect(volume.controlData('c0').timeline).toBe(3)
    await nothingIsLost(ledger)
    back.supervisor.child.kill('SIGTERM')
    expect(await back.supervisor.ended()).toBe(0)
  })
})

describe('a target that cannot start', () => {
  test.each(Object.entries(broken))('killed when %s', async (_, { outcome, ...step }) => {
    volume = openVolume(template)
    await breakCluster('c1')
    const crash = { ...step, withPostgres: true }
    const ledger = keepLedger(volume.sockets)
    await switchAndDie({ job: '1', from: 'c0', to: 'c1', crash, outcome }, ledger)
    await nothingIsLost(ledger)
  })

  test('on the way back', async () => {
    volume = openVolume(template, ['c1', 'c0'])
    await breakCluster('c0')
    const ledger = keepLedger(volume.sockets)
    const supervisor = volume.supervise()
    await sells(ledger, 'c1')
    volume.request({ job: '1', from: 'c1', to: 'c0' })
    expect(await answer('1', supervisor)).toMatchObject({ outcome: 'rolled-back', now: 'c1' })
    await sells(ledger, 'c1')
    await nothingIsLost(ledger)
  })
})
