/** Two hosts on one repository, for real: what pgBackRest lets happen, and how it shows. */
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Client } from 'pg'
import { readOverview } from '@/lib/health/data'
import type { ClusterObservation, Reason } from '@/lib/health/schema'
import { writeMarks } from '@/lib/restore/clock/mutations'
import { findOtherHost } from '@/worker/other-host'
import { openEngine } from '@/worker/pgbackrest/engine'
import { findRecentWal } from '@/worker/setup/repositories'
import { type Lab, startLab, until } from '../support/lab'
import { freePort, giveToServer, runAsServer } from '../support/postgres'
import { startServer, stopServer } from '../support/server-control'

const STANZA = 'salespider'
const HOUR = 3_600_000
/** The worker looks once a minute */
const LONG_MS = 300_000
let lab: Lab
let copy: string

const told = () => until('the other host is told', 150, async () => {
  const { verdict } = await readOverview(lab.control.db, STANZA, new Date())
  return verdict.reasons.find((reason): reason is Extract<Reason, { code: 'other-host' }> => reason.code === 'other-host')
})
const age = (at: Date) => Date.now() - at.getTime()

/** Starts what lies in `copy`, on a host with the same configuration. */
async function startCopy(): Promise<(text: string) => Promise<unknown>> {
  const port = await freePort()
  const archive = `pgbackrest --config=${lab.config} --stanza=${STANZA} --pg1-path=${copy} archive-push %p`
  appendFileSync(path.join(copy, 'postgresql.conf'), `\narchive_command = '${archive}'\n`)
  runAsServer('pg_ctl', ['-D', copy, '-w', '-s', '-l', `${copy}.log`, '-o', `-p ${port} -k ${path.dirname(copy)}`, 'start'])
  return async (text) => {
    const client = new Client(`postgres://postgres@127.0.0.1:${port}/postgres`)
    await client.connect()
    return client.query(text).finally(() => client.end())
  }
}

async function sellAndArchive(sql: (text: string) => Promise<unknown>): Promise<void> {
  await sql('CREATE TABLE IF NOT EXISTS sale (note text)')
  await sql("INSERT INTO sale VALUES ('sold')")
  await sql('SELECT pg_switch_wal()')
}

/** The WAL clock of a shop that has run for an hour */
const runsForLong = (timeline: number) => writeMarks(lab.control.db, STANZA, [{ timeline, lsn: 1n, at: new Date(Date.now() - HOUR), xid: 0n }])

beforeAll(async () => {
  lab = await startLab({ settings: { archive_timeout: '60' }, config: { 'archive-timeout': '10', 'process-max': '1' } })
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-copy-'))
  copy = path.join(directory, 'data')
  giveToServer(directory)
})
afterEach(() => {
  runAsServer('pg_ctl', ['-D', copy, '-m', 'immediate', '-w', '-s', 'stop'])
  rmSync(copy, { recursive: true, force: true })
})
afterAll(async () => {
  await lab?.stop()
  rmSync(path.dirname(copy), { recursive: true, force: true })
})

describe('the shop was restored on a second host while the first runs', () => {
  it('pgBackRest takes both; each is told of the other, and so is a third that waits', async () => {
    await lab.pgbackrest('--type=full', 'backup')
    await lab.sql('SELECT pg_switch_wal()')
    mkdirSync(copy, { mode: 0o700 })
    giveToServer(copy)
    expect(await lab.pgbackrest(`--pg1-path=${copy}`, 'restore')).toMatchObject({ code: 0 })
    const second = await startCopy()
    await until('the second host is a shop', 60, () => second('CREATE TABLE of_the_second ()').catch(() => null))
    await sellAndArchive(second)
    const archived = async () => (await lab.pgbackrest('repo-ls', '--recurse', `archive/${STANZA}`)).output
    await until('both archive', 60, async () => /\/00000002[0-9A-F]{16}-/.test(await archived()))
    const waiting = new Date()
    await runsForLong(1)
    await lab.startWorker()

    const reason = await told()
    expect(reason).toMatchObject({ severity: 'bad', place: 'apart', timeline: 2, own: 1 })
    expect(age(reason.at)).toBeLessThan(HOUR)
    expect((await readOverview(lab.control.db, STANZA, new Date())).verdict.reasons[0]?.code).toBe('other-host')

    await runsForLong(2)
    await sellAndArchive(lab.sql)
    const engine = await openEngine({ config: lab.config, stanza: STANZA })
    const seenBy = (cluster: ClusterObservation, since = waiting) =>
      findOtherHost({ db: lab.control.db, env: { stanza: STANZA }, engine, since }, cluster, new Date())
    const restored = { up: true, timeline: 2, history: [{ timeline: 1, switchLsn: '0/3000000' }] }
    expect(await seenBy(restored)).toMatchObject({ timeline: 1 })
    await sellAndArchive(second)
    await until('it arrives', 30, () => seenBy({ up: false, lost: true, history: [] }))
    expect(await seenBy({ up: false, lost: true, history: [] }, new Date(Date.now() + 1_000))).toBeNull()

    vi.stubEnv('PGBACKREST_REPO1_PATH', lab.repository)
    expect(age((await findRecentWal(STANZA, new Date()))!)).toBeLessThan(HOUR)
    expect(await findRecentWal(STANZA, new Date(Date.now() + HOUR))).toBeNull()
    vi.unstubAllEnvs()
  }, LONG_MS)
})

describe('a copy of the shop’s files runs on a second host', () => {
  it('the one whose WAL comes second is told why it cannot archive', async () => {
    stopServer(lab.shop)
    cpSync(lab.shop.dataDir, copy, { recursive: true, preserveTimestamps: true })
    giveToServer(copy)
    const second = await startCopy()
    for (let n = 0; n < 3; n += 1) await sellAndArchive(second)
    startServer(lab.shop)
    await until('it answers', 30, () => lab.sql('SELECT 1').catch(() => null))
    await sellAndArchive(lab.sql)
    const reason = await until('the same timeline is told', 150, async () => {
      const found = await told()
      return found.place === 'same' && found
    })
    const [archiver] = await lab.sql('SELECT last_failed_wal AS wal FROM pg_stat_archiver')
    expect(reason).toMatchObject({ severity: 'bad', timeline: 1, own: 1, wal: archiver?.wal })
  }, LONG_MS)
})
