/** A volume of an older installation has the cluster itself where the link to it belongs. */
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { giveToServer } from '../support/postgres'
import { type Template, type TestVolume, makeTemplate, openVolume, withCluster } from '../support/template'

const TIMEOUT = { timeout: 20_000, interval: 20 }

let template: Template
let volume: TestVolume
beforeAll(async () => {
  template = await makeTemplate()
})
afterAll(() => template.discard())
beforeEach(() => {
  volume = openVolume(template, ['c0'])
  rmSync(volume.data)
  renameSync(volume.cluster('c0'), volume.data)
  rmSync(volume.clusters, { recursive: true })
})
afterEach(() => volume.discard())

const isUp = () => vi.waitFor(() => volume.ask('SELECT count(*) FROM ledger'), TIMEOUT)

async function isConverted(): Promise<void> {
  await isUp()
  expect(volume.live()).toMatch(/^\d{8}-\d{6}$/)
  expect(readdirSync(volume.clusters)).toEqual([volume.live()])
  expect(readdirSync(volume.volume).toSorted()).toEqual(['clusters', 'data', 'supervisor.alive'])
}

/** Nothing was renamed, started or made. */
async function isRefused(words: string): Promise<void> {
  const supervisor = volume.supervise()
  expect(await supervisor.ended()).toBe(1)
  expect(supervisor.said()).toContain(words)
  expect(lstatSync(volume.data).isDirectory()).toBe(true)
  expect(existsSync(`${volume.data}.converted`)).toBe(false)
}

test('it becomes a cluster among others, once', async () => {
  const first = volume.supervise()
  await isConverted()
  const live = volume.live()
  first.child.kill('SIGTERM')
  await first.ended()
  const second = volume.supervise()
  await isUp()
  expect(volume.live()).toBe(live)
  expect(second.said()).not.toContain('moved')
})

test('a lock file that a crash left is no hindrance', async () => {
  const first = volume.supervise()
  await isUp()
  first.child.kill('SIGKILL')
  await first.ended()
  process.kill(volume.postmaster() ?? 0, 'SIGKILL')
  const cluster = volume.cluster(volume.live())
  rmSync(volume.data)
  renameSync(cluster, volume.data)
  await vi.waitFor(() => expect(existsSync(`/proc/${volume.postmaster()}`)).toBe(false), TIMEOUT)
  volume.supervise()
  await isConverted()
})

test.each([
  ['the link was prepared', 'convert', 'sync "$volume"'],
  ['before the cluster was moved', 'convert', 'mv *'],
  ['the cluster was moved', 'convert', 'sync "$clusters"*'],
  ['before the link was moved', 'require_link', 'mv *'],
  ['the link was moved', 'require_link', 'sync *'],
])('killed when %s, the next start completes it', async (_, within, at) => {
  const killed = volume.supervise({ crash: { within, at, withPostgres: false } })
  expect(await killed.ended()).toBe('SIGKILL')
  expect(volume.hasCrashed()).toBe(true)
  volume.supervise()
  await isConverted()
})

describe('is refused', () => {
  test('while PostgreSQL runs in it', () =>
    withCluster(volume.data, {}, () => isRefused(`runs in ${volume.data}. Stop it first`)))

  test('beside other clusters', async () => {
    mkdirSync(volume.clusters)
    execFileSync('cp', ['-a', volume.data, volume.cluster('c9')])
    giveToServer(volume.clusters)
    await isRefused(`${volume.data} is a cluster, and there are others in ${volume.clusters}`)
  })

  test('where there is no cluster in it', async () => {
    rmSync(volume.data, { recursive: true })
    mkdirSync(volume.data)
    await isRefused('is a directory without a cluster. Nothing was started, and no cluster is made')
    expect(readdirSync(volume.data)).toEqual([])
  })

  test.runIf(process.getuid?.() === 0)('where it is a mount point', async () => {
    execFileSync('mount', ['--bind', volume.data, volume.data])
    try {
      await isRefused(`${volume.data} is a mount point and cannot be renamed. Mount the volume one level higher`)
      expect(readFileSync(`${volume.data}/PG_VERSION`, 'utf8')).toBe('15\n')
    } finally {
      execFileSync('umount', [volume.data])
    }
  })
})

test('a link that is missing is not mistaken for a conversion', async () => {
  const first = volume.supervise()
  await isUp()
  first.child.kill('SIGTERM')
  await first.ended()
  rmSync(volume.data)
  const second = volume.supervise()
  expect(await second.ended()).toBe(1)
  expect(second.said()).toContain('is not a link to a cluster. Nothing was started, and no cluster is made')
  expect(existsSync(volume.data)).toBe(false)
})
