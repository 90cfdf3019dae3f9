import {
  existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '@/worker/pgbackrest/engine'
import { clusterPath, countUnarchived, liveCluster, sizeOf, volumeOf } from '@/worker/volume/clusters'
import { removeDurably, writeDurably } from '@/worker/volume/durable'
import { hold, isHeld, release } from '@/worker/volume/hold'
import { clearInPlace, readInPlace, writeInPlace } from '@/worker/volume/in-place'
import { clearMaintenance, markMaintenance, readMaintenance } from '@/worker/volume/maintenance'
import { awaitSwitchResult, hasSwitchRequest, isSupervised, readSwitchResult, writeSwitchRequest } from '@/worker/volume/switch'

let volume: string
beforeEach(() => {
  volume = mkdtempSync(path.join(tmpdir(), 'salespider-files-'))
})
afterEach(() => rmSync(volume, { recursive: true }))

const at = (name: string) => path.join(volume, name)
const request = { job: '7', from: 'c0', to: 'c1', systemid: '7711015304780147577', checkpoint: '0/1E000028' }

describe('a durable file', () => {
  it('replaces the one before, and leaves nothing beside it', async () => {
    await writeDurably(at('file'), 'longer than what follows')
    await writeDurably(at('file'), 'short')
    expect(await readFile(at('file'), 'utf8')).toBe('short')
    expect(readdirSync(volume)).toEqual(['file'])
    expect(statSync(at('file')).mode & 0o777).toBe(0o600)
  })

  it('may be gone already when it is removed', async () => {
    await writeDurably(at('file'), '')
    await removeDurably(at('file'))
    await removeDurably(at('file'))
    expect(readdirSync(volume)).toEqual([])
  })
})

describe('a switch', () => {
  it('is asked for in the supervisor’s form', async () => {
    await writeSwitchRequest(volume, request)
    const lines = ['job=7', 'from=c0', 'to=c1', 'systemid=7711015304780147577', 'checkpoint=0/1E000028']
    expect(await readFile(at('switch.request'), 'utf8')).toBe(`${lines.join('\n')}\n`)
    expect(await hasSwitchRequest(volume, '7')).toBe(true)
    expect(await hasSwitchRequest(volume, '8')).toBe(false)
  })

  const wrong = [{ to: '../c1' }, { from: 'C0' }, { job: '7\nto=c9' }, { systemid: '-1' }, { checkpoint: '0/1e' }]
  it.each(wrong)('is not asked for with %o', async (change) => {
    await expect(writeSwitchRequest(volume, { ...request, ...change })).rejects.toThrow()
    expect(readdirSync(volume)).toEqual([])
  })

  it('has been answered when the answer is to this job', async () => {
    expect(await readSwitchResult(volume, '7')).toBeNull()
    writeFileSync(at('switch.result'), 'job=6\noutcome=done\nnow=c0\nwhy=\n')
    expect(await readSwitchResult(volume, '7')).toBeNull()
    expect(await awaitSwitchResult(volume, { job: '7', patienceMs: 60 })).toBeNull()
    const waiting = awaitSwitchResult(volume, { job: '7', patienceMs: 5_000 })
    await writeDurably(at('switch.result'), 'job=7\noutcome=rolled-back\nnow=c0\nwhy=c1 did not start: see PostgreSQL\'s log\n')
    expect(await waiting).toEqual({ job: '7', outcome: 'rolled-back', now: 'c0', why: 'c1 did not start: see PostgreSQL\'s log' })
  })

  it('has nobody to ask where the supervisor was not seen for five seconds', async () => {
    expect(await isSupervised(volume)).toBe(false)
    writeFileSync(at('supervisor.alive'), '')
    expect(await isSupervised(volume)).toBe(true)
    const past = new Date(Date.now() - 6_000)
    utimesSync(at('supervisor.alive'), past, past)
    expect(await isSupervised(volume)).toBe(false)
  })
})

describe('a hold', () => {
  const answer = (outcome: string) => writeFileSync(at('hold.result'), `job=7\noutcome=${outcome}\nwhy=it says so\n`)

  it('lasts until it is released', async () => {
    answer('held')
    await hold(volume, '7')
    expect(await readFile(at('hold.request'), 'utf8')).toBe('job=7\n')
    expect(await isHeld(volume)).toBe(true)
    await release(volume)
    expect(await isHeld(volume)).toBe(false)
  })

  it('is not left behind when it is refused', async () => {
    answer('refused')
    await expect(hold(volume, '7')).rejects.toMatchObject({ failure: { code: 'switch-refused', params: { why: 'it says so' } } })
    expect(existsSync(at('hold.request'))).toBe(false)
  })

  it('of an earlier job stays, whatever becomes of the later one: what it keeps closed may be half a restore', async () => {
    writeFileSync(at('hold.request'), 'job=6\n')
    answer('refused')
    await expect(hold(volume, '7')).rejects.toMatchObject({ failure: { code: 'switch-refused' } })
    expect(await isHeld(volume)).toBe(true)
  })
})

describe('a restore in place', () => {
  const plan = {
    target: { type: 'latest' }, repo: 1, label: '20261124-020000F', chain: ['20261124-020000F'], timeline: 1, time: '2026-11-24T10:00:00Z', segments: 3,
    databaseSize: 1_000, isOnLiveLineage: true,
  } as const
  const state = { job: '7', plan: { ...plan, chain: [...plan.chain] }, safetyLabel: 'none' }

  it('says how far it has come, to the worker alone, until it is over', async () => {
    expect(await readInPlace(volume)).toBeNull()
    await writeInPlace(volume, { ...state, stage: 'closing' })
    await writeInPlace(volume, { ...state, stage: 'reached', reached: { at: null, lsn: '0/3000028', timeline: 1 } })
    expect(await readInPlace(volume)).toMatchObject({ job: '7', stage: 'reached', reached: { lsn: '0/3000028' } })
    expect(statSync(at('in-place')).mode & 0o777).toBe(0o700)
    await clearInPlace(volume)
    expect(readdirSync(volume)).toEqual([])
  })

  it('whose state cannot be read is not taken for none', async () => {
    await writeInPlace(volume, { ...state, stage: 'closed' })
    writeFileSync(at('in-place/state.json'), '{"job":')
    await expect(readInPlace(volume)).rejects.toThrow()
  })
})

describe('the maintenance marker', () => {
  const marker = { job: '7', kind: 'switch', since: '2026-11-24T10:00:00.000Z', from: 'c0', to: 'c1', carried: [] } as const

  it('can be read by other services, until it is cleared', async () => {
    await markMaintenance(volume, { ...marker, carried: [...marker.carried] })
    const written = JSON.parse(await readFile(at('maintenance.json'), 'utf8'))
    expect(written).toMatchObject({ job: '7', kind: 'switch', since: marker.since })
    expect(statSync(at('maintenance.json')).mode & 0o444).toBe(0o444)
    expect(await readMaintenance(volume)).toEqual(marker)
    await clearMaintenance(volume)
    expect(await readMaintenance(volume)).toBeNull()
  })

  it('is none where it cannot be read', async () => {
    writeFileSync(at('maintenance.json'), '{"job":')
    expect(await readMaintenance(volume)).toBeNull()
  })
})

describe('clusters', () => {
  const engine = (dataPath: string | null) => ({ dataPath: async () => dataPath }) as unknown as Engine
  beforeEach(() => {
    mkdirSync(at('clusters/c0/pg_wal/archive_status'), { recursive: true })
    symlinkSync('clusters/c0', at('data'))
  })

  it('are found through the link', async () => {
    expect(await volumeOf(engine(at('data')))).toBe(volume)
    expect(await liveCluster(engine(at('data')))).toBe('c0')
    expect(await clusterPath(engine(at('data')), 'c1')).toBe(at('clusters/c1'))
    await expect(clusterPath(engine(at('data')), '../c1')).rejects.toThrow()
  })

  const elsewhere = [['nothing', null], ['a directory', 'clusters/c0'], ['what is not there', 'gone']] as const
  it.each(elsewhere)('are in no volume where pg1-path is %s', async (_, name) => {
    await expect(volumeOf(engine(name && at(name)))).rejects.toMatchObject({ failure: { code: 'supervisor-absent' } })
  })

  it('have a size on disk, and WAL that waits', async () => {
    writeFileSync(at('clusters/c0/one'), Buffer.alloc(100_000, 1))
    writeFileSync(at('clusters/c0/pg_wal/two'), Buffer.alloc(50_000, 1))
    const size = await sizeOf(at('clusters/c0'))
    expect(size).toBeGreaterThanOrEqual(150_000)
    expect(size).toBeLessThan(200_000)
    for (const name of ['A.ready', 'B.done', 'C.ready']) writeFileSync(at(`clusters/c0/pg_wal/archive_status/${name}`), '')
    expect(await countUnarchived(at('clusters/c0'))).toBe(2)
    expect(await countUnarchived(at('clusters/gone'))).toBe(0)
  })
})
