import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { configureCluster, ensureControlCluster, ensureShopCluster } from '@/local/clusters'
import { pgHba } from '@/local/config'
import { findOwner, makeDirectory } from '@/local/owner'
import { type Paths, pathsIn } from '@/local/paths'
import { newestPostgres } from '@/local/programs'
import { StepFailed } from '@/local/steps'

const owner = findOwner()
let paths: Paths
let log: string

beforeEach(() => {
  paths = pathsIn(mkdtempSync(path.join(tmpdir(), 'salespider-local-')))
  log = path.join(paths.root, 'initdb.log')
  for (const directory of [paths.root, paths.volume]) makeDirectory(directory, owner)
})
afterEach(() => rmSync(paths.root, { recursive: true, force: true }))

const makeShop = () => ensureShopCluster(paths, owner, log)

test('the cluster lies in clusters/<id>, data leads to it, and a second start keeps it', async () => {
  await makeShop()
  const target = readlinkSync(paths.data)
  expect(target).toMatch(/^clusters\/\d{8}-\d{6}-[0-9a-f]{4}$/)
  expect(readdirSync(paths.clusters)).toEqual([path.basename(target)])
  expect(lstatSync(path.join(paths.data, 'PG_VERSION')).uid).toBe(owner.uid)
  await makeShop()
  expect(readlinkSync(paths.data)).toBe(target)
  expect(readdirSync(paths.clusters)).toHaveLength(1)
})

test('one whose making was interrupted is made anew', async () => {
  mkdirSync(path.join(paths.clusters, '20261124-000000-0000.unfinished/base'), { recursive: true })
  await makeShop()
  expect(readdirSync(paths.clusters)).toEqual([path.basename(readlinkSync(paths.data))])
})

test('a lost link is told, never replaced by an empty shop', async () => {
  await makeShop()
  const cluster = path.basename(readlinkSync(paths.data))
  unlinkSync(paths.data)
  await expect(makeShop()).rejects.toThrow(`data is missing, but there are clusters: ${cluster}`)
  expect(existsSync(paths.data)).toBe(false)
  expect(readdirSync(paths.clusters)).toEqual([cluster])
})

test('a link that leads nowhere is told', async () => {
  symlinkSync('clusters/gone', paths.data)
  await expect(makeShop()).rejects.toThrow('leads to no cluster')
  expect(readdirSync(paths.volume)).toEqual(['data'])
})

test('a plain data directory without a cluster is told, and left alone', async () => {
  mkdirSync(paths.data)
  await expect(makeShop()).rejects.toThrow(StepFailed)
  expect(readdirSync(paths.volume)).toEqual(['data'])
})

test('a cluster in place of the link, as an older installation has it, becomes one of clusters/ once the supervisor starts', async () => {
  await makeShop()
  const made = path.join(paths.clusters, path.basename(readlinkSync(paths.data)))
  writeFileSync(path.join(made, 'theirs'), '')
  rmSync(path.join(made, 'conf.d'), { recursive: true, force: true })
  rmSync(paths.data)
  renameSync(made, paths.data)
  await makeShop()
  expect(lstatSync(paths.data).isDirectory()).toBe(true)
  configureCluster(paths.data, `listen_addresses = ''\nunix_socket_directories = '${paths.volume}'\n`, owner)
  chmodSync(paths.root, 0o755)
  const command = owner.command(['bash', path.resolve('docker/supervisor'), paths.volume], 'SIGTERM')
  const supervisor = spawn(command[0]!, command.slice(1), { stdio: 'ignore', env: { ...process.env, PG_BIN: newestPostgres() } })
  const ended = once(supervisor, 'exit')
  await vi.waitFor(() => expect(existsSync(path.join(paths.volume, '.s.PGSQL.5432'))).toBe(true), { timeout: 20_000, interval: 50 })
  supervisor.kill('SIGTERM')
  await ended
  expect(readlinkSync(paths.data)).toMatch(/^clusters\/\d{8}-\d{6}$/)
  expect(existsSync(path.join(paths.data, 'theirs'))).toBe(true)
  await makeShop()
  expect(readdirSync(paths.clusters)).toHaveLength(1)
})

test('the control cluster lies beside the volume; access is configured at every start', async () => {
  await ensureControlCluster(paths, owner, log)
  configureCluster(paths.control, "port = '1'\n", owner)
  configureCluster(paths.control, "port = '2'\n", owner)
  expect(readFileSync(path.join(paths.control, 'conf.d/salespider.conf'), 'utf8')).toBe("port = '2'\n")
  expect(readFileSync(path.join(paths.control, 'postgresql.conf'), 'utf8').match(/^include_dir = 'conf.d'$/gm)).toHaveLength(1)
  expect(readFileSync(path.join(paths.control, 'pg_hba.conf'), 'utf8')).toBe(pgHba)
})
