/** The host is gone with its control database; a new one has the repository, and gets the shop back from it. */
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureStanza } from '@/lib/jobs/mutations'
import { readOverview } from '@/lib/health/data'
import { readRestore } from '@/lib/restore/view/data'
import type { Target } from '@/lib/restore/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { binaries, giveToServer } from '../support/postgres'

const STANZA = 'salespider'
let lab: Lab
let systemId: string
let wanted: string

const sell = (note: string) => lab.sql(`INSERT INTO sale (note) VALUES ('${note}')`)
const notes = async () => (await lab.sql('SELECT note FROM sale ORDER BY id')).map(({ note }) => note)
const one = async (sql: string) => String((await lab.sql(`SELECT (${sql})::text AS it`))[0]?.it)
const window = async () => (await readWindows(lab.control.db, STANZA, new Date()))[0]
const verdict = async () => (await readOverview(lab.control.db, STANZA, new Date())).verdict
const restore = async (target: Target) => lab.enqueue({ request: { kind: 'restore-in-place', wish: { target } } })

/** Everything but the repository and its configuration; then what the setup service makes on an empty volume. */
async function loseHost(): Promise<void> {
  const supervisor = lab.shop.supervisor!()
  supervisor.kill('SIGTERM')
  await once(supervisor, 'exit')
  const volume = lab.shop.volume!
  for (const name of readdirSync(volume)) rmSync(path.join(volume, name), { recursive: true })
  await lab.control.db.$executeRaw`TRUNCATE "stanza", "job", "worker", "wal_mark", "wal_range", "timeline" CASCADE`
  await ensureStanza(lab.control.db, STANZA)
  const program = path.join(lab.directory, 'app', 'make-room.cjs')
  const call = `import { makeRoomForRestore } from './worker/setup/cluster'
    void makeRoomForRestore(${[volume, systemId, binaries()].map((word) => JSON.stringify(word)).join()}, new Date())`
  await build({ stdin: { contents: call, resolveDir: '.', loader: 'ts' }, outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' })
  giveToServer(program)
  expect(await lab.asServer(process.execPath, program)).toEqual({ code: 0, output: '' })
  lab.shop.superviseHeld!()
}

beforeAll(async () => {
  lab = await startLab({ supervised: true, settings: { archive_timeout: '3' }, config: { 'compress-type': 'gz', 'process-max': '1' } })
  const worker = await lab.startWorker()
  await lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, note text NOT NULL)')
  systemId = await one('SELECT system_identifier FROM pg_control_system()')
  await lab.sql("ALTER SYSTEM SET work_mem = '7MB'")
  await lab.succeeded(await lab.enqueue())
  await sell('before')
  const sold = new Date()
  await until('that can be restored', 60, async () => ((await window())?.latest ?? 0) > sold)
  await lab.succeeded(await restore({ type: 'latest' }), 120)
  await sell('on the second timeline')
  wanted = await one(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)
  await sell('deleted by mistake')
  await lab.sql('SELECT pg_switch_wal()')
  await until('everything is archived', 60, async () => (await one("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")) === '0')
  worker.kill('SIGTERM')
  await once(worker, 'exit')
  await loseHost()
})
afterAll(() => lab?.stop())

describe('before it is restored', () => {
  beforeAll(() => lab.startWorker())

  it('the dashboard says that the shop is lost and where it is', async () => {
    await until('the sets are known', 60, async () => (await lab.control.db.backupSet.count()) > 1)
    await until('it is told', 60, async () => (await verdict()).reasons[0]?.code === 'shop-lost')
    expect((await verdict()).state).toBe('unprotected')
  })

  it('the sets are the shop’s own, on the timeline it ran on last', async () => {
    const view = await until('its window is known', 60, async () => {
      const found = await readRestore(lab.control.db, STANZA, new Date())
      return found.windows[0]?.latest && found
    })
    expect(view.isShopLost).toBe(true)
    expect(view.windows[0]).toMatchObject({ timeline: 2, isLive: true })
    expect(view.sets.every(({ isUsable }) => isUsable)).toBe(true)
    expect(view.timelines.map(({ id, parents }) => [id, parents.map(({ timeline }) => timeline)])).toEqual([[1, []], [2, [1]]])
  })

  it('the clock is rebuilt as far as the archive leads', async () => {
    await until('the moment can be reached', 60, async () => ((await window())?.latest ?? 0) > new Date(wanted))
  })
})

describe('restored', () => {
  it('to a moment, in place, with what the set has of its configuration', async () => {
    const job = await lab.succeeded(await restore({ type: 'time', at: wanted }), 120)
    expect(job.result).toMatchObject({ kind: 'restore-in-place', safetyLabel: 'none' })
    expect(await notes()).toEqual(['before', 'on the second timeline'])
    expect([await one('SELECT system_identifier FROM pg_control_system()'), await one("current_setting('work_mem')")]).toEqual([systemId, '7MB'])
    expect(readdirSync(lab.shop.volume!)).not.toContain('hold.request')
  })

  it('it sells, is backed up and is protected', async () => {
    await sell('after')
    // Nobody has scheduled anything here, which is all there is to say against it.
    await until('it is protected but for a schedule', 120, async () => (await verdict()).reasons.map(({ code }) => code).join() === 'schedule-missing')
    const { isShopLost, windows } = await readRestore(lab.control.db, STANZA, new Date())
    expect([isShopLost, windows[0]?.timeline]).toEqual([false, 3])
  })
})
