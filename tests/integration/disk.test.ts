/** WAL that cannot be archived fills the shop's disk, for real: how long that takes is told, and what happens in the end. */
import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readOverview } from '@/lib/health/data'
import { findWalRate } from '@/lib/health/disk/data'
import type { Reason, ReasonCode } from '@/lib/health/schema'
import { writeMarks } from '@/lib/restore/clock/mutations'
import { type TestControl, startControl } from '../support/control'
import { type Lab, startLab, until } from '../support/lab'
import { giveToServer } from '../support/postgres'

const STANZA = 'salespider'
const MEGABYTE = 2 ** 20

describe('the rate of WAL, from the marks of the clock', () => {
  const now = new Date('2026-11-24T13:00:00Z')
  const cluster = { up: true, history: [], timeline: 2, archiveTimeout: 0, segmentSize: 16 * MEGABYTE }
  let control: TestControl
  beforeAll(async () => (control = await startControl(STANZA)))
  afterEach(() => control.db.walMark.deleteMany())
  afterAll(() => control.stop())

  /** One each minute for `hours` until now */
  const write = (timeline: number, hours: number, lsnAt: (minutesAgo: number) => number) => writeMarks(control.db, STANZA, Array.from(
    { length: hours * 60 + 1 }, (_, ago) => ({ timeline, lsn: BigInt(lsnAt(ago)), at: new Date(now.getTime() - ago * 60_000), xid: 0n }),
  ))
  const rate = () => findWalRate(control.db, STANZA, cluster, now)

  it('is the faster of the last hour and the last day', async () => {
    await write(2, 30, (ago) => 1e12 - Math.min(ago, 60) * 60e6 - Math.max(0, ago - 60) * 60e3)
    expect(await rate()).toBeCloseTo(1e6, -3)
    await control.db.walMark.deleteMany()
    await write(2, 30, (ago) => 1e12 - Math.min(ago, 60) * 60e3 - Math.max(0, ago - 60) * 60e6)
    expect(await rate()).toBeCloseTo(((23 * 1e6) + 1e3) / 24, -3)
  })

  it('leaves out the timeline the shop has left', async () => {
    await write(1, 24, (ago) => 9e12 - ago * 60e9)
    expect(await rate()).toBeUndefined()
    await write(2, 2, (ago) => 1e12 - ago * 60e6)
    expect(await rate()).toBeCloseTo(1e6, -3)
  })
})

type Told<C extends ReasonCode> = Extract<Reason, { code: C }>
let lab: Lab
const verdict = async () => (await readOverview(lab.control.db, STANZA, new Date())).verdict
async function told<C extends ReasonCode>(code: C, seconds: number, is: (reason: Told<C>) => boolean = () => true): Promise<Told<C>> {
  return until(`${code} is told`, seconds, async () => {
    const reason = (await verdict()).reasons.find((found): found is Told<C> => found.code === code)
    return reason && is(reason) && reason
  })
}
const isGone = (code: ReasonCode) => until(`${code} is over`, 60, async () =>
  (await verdict()).checks.some(({ status }) => status !== 'unknown') && (await verdict()).reasons.every((reason) => reason.code !== code))

/** Needs root: the volume is a file system of its own. */
describe.skipIf(process.getuid?.() !== 0)('a shop whose WAL cannot be archived', () => {
  const volume = () => lab.shop.volume!
  const reserve = () => path.join(volume(), 'reserve')
  const gate = () => path.join(lab.directory, 'gate')
  const configuration = () => path.join(lab.shop.dataDir, 'postgresql.conf')

  beforeAll(async () => {
    lab = await startLab({ supervised: true, megabytes: 600, settings: { archive_timeout: '60', max_wal_size: '64MB', min_wal_size: '32MB' } })
    execFileSync('fallocate', ['-l', '100M', reserve()])
    // Archives as long as the gate is open.
    const archive = readFileSync(configuration(), 'utf8').split('\n').findLast((line) => line.startsWith('archive_command'))!
    appendFileSync(configuration(), `${archive.replace(/= *'/, `= 'test -e ${gate()} && `)}\n`)
    writeFileSync(gate(), '')
    giveToServer(gate())
    await lab.sql('SELECT pg_reload_conf()')
    await lab.sql('CREATE TABLE ballast (filler text)')
    await lab.startWorker()
    await lab.succeeded(await lab.enqueue())
  })
  afterAll(() => lab?.stop())

  it('is told how long its disk lasts', async () => {
    rmSync(gate())
    for (let n = 0; n < 18; n += 1) {
      await lab.sql("INSERT INTO ballast VALUES ('a sale')")
      await lab.sql('SELECT pg_switch_wal()')
    }
    const { severity, free, total, rate, secondsLeft, walSize, waiting } = await told('disk-filling', 60)
    expect({ severity, rate }).toEqual({ severity: 'bad', rate: (16 * MEGABYTE) / 60 })
    expect(total).toBe(600 * MEGABYTE)
    expect(free).toBeLessThan(total - 100 * MEGABYTE)
    expect(secondsLeft).toBe(Math.floor(free / rate!))
    expect(waiting).toBeGreaterThan(16)
    expect(walSize).toBeGreaterThanOrEqual(16 * MEGABYTE)
    expect((await verdict()).reasons[0]?.code).toBe('disk-filling')
  })

  it('stops when there is no room, and that is told as the cause', async () => {
    const fill = () => lab.sql("INSERT INTO ballast SELECT repeat(md5(n::text), 30) FROM generate_series(1, 20000) AS n")
    await until('PostgreSQL stops', 120, () => fill().then(() => false, () => lab.sql('SELECT 1').then(() => false, () => true)))
    const { isFull, severity } = await told('disk-low', 60, (reason) => reason.isFull)
    expect({ isFull, severity }).toEqual({ isFull: true, severity: 'bad' })
    await told('database-down', 60)
    expect((await verdict()).reasons.map(({ code }) => code)).toEqual(['disk-low', 'database-down', 'schedule-missing'])
  })

  it('runs again by itself when there is room and what waits can go', async () => {
    rmSync(reserve())
    writeFileSync(gate(), '')
    await until('it answers', 120, () => lab.sql('SELECT 1').catch(() => null))
    await lab.sql('TRUNCATE ballast')
    await until('everything is archived', 120, async () => (await lab.sql("SELECT count(*)::int AS n FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'"))[0]?.n === 0)
    await isGone('database-down')
    await isGone('disk-filling')
  })
})
