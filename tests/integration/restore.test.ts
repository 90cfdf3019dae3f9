/** A shop restored by rehearsal and switch, gone back, and restored again: real pgBackRest, the supervisor, the worker's bundle. */
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobRequest, JobResult } from '@/lib/jobs/schema'
import { findComparison, listDifferenceRows } from '@/lib/restore/comparison/data'
import { findCurrentRehearsal } from '@/lib/restore/rehearsal/data'
import { listKeptClusters } from '@/lib/restore/kept/data'
import type { Target } from '@/lib/restore/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { PEOPLE_AND_PRODUCTS } from '../support/life'

let lab: Lab
const STANZA = 'salespider'
const volume = () => path.dirname(lab.shop.dataDir)

/** How a client learns that the shop is being exchanged: its connection is lost, or none is to be had. */
const LOST = /^(?:57P0[123]|08\d{3}|ECONNREFUSED|ECONNRESET|EPIPE)$|Connection terminated|connection error|timeout/

/** A client as shops have them: keeps its connection and opens another one when that is lost; sells, and looks at what there is. */
function openTill(url: string) {
  const acknowledged: number[] = []
  /** What it saw, each time that was something else */
  const seen: unknown[] = []
  const strange: unknown[] = []
  let course = ''
  let stopped = false
  const selling = (async () => {
    let client: Client | null = null
    for (let n = 1; !stopped; n += 1) {
      try {
        client ??= await connect(url)
        await client.query('INSERT INTO till VALUES ($1)', [n])
        acknowledged.push(n)
        const { rows: [row] } = await client.query('SELECT array_agg(note ORDER BY id) AS notes FROM sale')
        if (String(seen.at(-1)) !== String(row.notes)) seen.push(row.notes)
        course += 'o'
      } catch (error) {
        const { code, message } = error as Error & { code?: string }
        if (!LOST.test(code ?? message)) strange.push(error)
        course += 'x'
        await client?.end().catch(() => undefined)
        client = null
      }
      await sleep(20)
    }
    await client?.end()
  })()
  return {
    acknowledged, seen, strange,
    /** An `o` for each time it was served, an `x` for each time it was not */
    course: () => course,
    async close() {
      stopped = true
      await selling
    },
  }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 500, query_timeout: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function sell(note: string): Promise<void> {
  await lab.sql(`INSERT INTO sale (note) VALUES ('${note}')`)
}
/** In SaleSpider's own table, for 100 */
async function ring(): Promise<void> {
  await lab.sql(`
    INSERT INTO "Sale" (id, "cashierId", subtotal, "vatAmount", "vatPercentage", "totalAmount", "paymentMode", "updatedAt")
    VALUES (gen_random_uuid(), 'u1', 100, 0, 0, 100, 'CASH', now())`)
}
const remove = (product: string) => lab.sql(`UPDATE "Product" SET "deletedAt" = now() AT TIME ZONE 'UTC' WHERE id = '${product}'`)
const notes = async () => (await lab.sql('SELECT note FROM sale ORDER BY id')).map(({ note }) => note)
/** A moment between what was before and what comes after, by the shop's own clock. */
async function moment(): Promise<string> {
  await sleep(30)
  const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`)
  await sleep(30)
  return String(row?.at)
}

const timeline = async () => (await lab.sql('SELECT timeline_id AS id FROM pg_control_checkpoint()'))[0]?.id
const archived = (at: string) =>
  until(`${at} is recoverable`, 60, async () => {
    const [live] = await readWindows(lab.control.db, STANZA, new Date())
    return live?.latest && live.latest >= new Date(at)
  })

async function run<K extends JobRequest['kind']>(request: Extract<JobRequest, { kind: K }>): Promise<Extract<JobResult, { kind: K }>> {
  const job = await lab.succeeded(await lab.enqueue({ request }), 120)
  return job.result as Extract<JobResult, { kind: K }>
}
const failure = async (request: JobRequest) => (await lab.ended(await lab.enqueue({ request }), 120)).failure
const rehearse = (target: Target, more: Partial<Extract<JobRequest, { kind: 'rehearse' }>> = {}) => run({ kind: 'rehearse', wish: { target }, ...more })
const switchTo = (rehearsal: string) => run({ kind: 'switch', rehearsal, carryOver: { configuration: true, passwords: true } })
const quiet = () => until('nothing runs or waits', 120, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)

beforeAll(async () => {
  lab = await startLab({ supervised: true, settings: { archive_timeout: '5' } })
  await lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, note text NOT NULL)')
  await lab.sql('CREATE TABLE till (n int)')
  await lab.startWorker()
  await sell('before the first backup')
  await lab.succeeded(await lab.enqueue())
  // pgBackRest tells a backup's end to the second; the window begins with the next one.
  await until('the window has begun', 60, async () => {
    const [live] = await readWindows(lab.control.db, STANZA, new Date())
    return live?.earliest && live.earliest < new Date()
  })
})
afterAll(() => lab?.stop())

describe('a rehearsal', () => {
  let between: string
  let later: string

  beforeAll(async () => {
    await sell('a')
    between = await moment()
    await sell('b')
    later = await moment()
    await sell('c')
    await archived(later)
  })

  it('shows the shop as it was, beside the running one, and what a switch would change', async () => {
    const result = await rehearse({ type: 'time', at: between })
    expect(result).toMatchObject({ plan: { timeline: 1, time: between }, reached: { timeline: 1 } })
    await quiet()
    expect(await findCurrentRehearsal(lab.control.db, STANZA)).toMatchObject({ id: result.rehearsal, status: 'ready' })
    const comparison = await findComparison(lab.control.db, STANZA, result.rehearsal)
    expect(comparison?.shop).toBeNull()
    expect(comparison?.tables.find(({ name }) => name === 'sale')).toMatchObject({ rowsThen: 2, rowsNow: 4, lost: 2, returns: 0, changed: 0 })
    const query = { rehearsal: result.rehearsal, schema: 'public', table: 'sale', search: '', after: -1 }
    const { rows } = await listDifferenceRows(lab.control.db, STANZA, query)
    expect(rows.map(({ sort, then, now }) => [sort, then, now?.note])).toEqual([['lost', null, 'c'], ['lost', null, 'b']])
  })

  it('is the only one: a second one is refused in words', async () => {
    expect(await failure({ kind: 'rehearse', wish: { target: { type: 'latest' } } })).toMatchObject({ code: 'rehearsal-exists' })
  })

  it('moves later without another restore, and earlier with one', async () => {
    const { id } = (await findCurrentRehearsal(lab.control.db, STANZA))!
    const onward = await lab.succeeded(await lab.enqueue({ request: { kind: 'rehearse', wish: { target: { type: 'time', at: later } }, rehearsal: id } }), 120)
    expect(onward.progress?.steps.map(({ phase }) => phase)).not.toContain('restore')
    await quiet()
    expect((await findComparison(lab.control.db, STANZA, id))?.tables.find(({ name }) => name === 'sale')).toMatchObject({ lost: 1 })
    await rehearse({ type: 'time', at: between }, { rehearsal: id })
    await quiet()
    expect((await findComparison(lab.control.db, STANZA, id))?.tables.find(({ name }) => name === 'sale')).toMatchObject({ lost: 2 })
  })

  it('leaves nothing behind when it is discarded', async () => {
    const { id } = (await findCurrentRehearsal(lab.control.db, STANZA))!
    expect((await run({ kind: 'discard', rehearsal: id })).freed).toBeGreaterThan(10_000_000)
    expect(existsSync(path.join(volume(), 'clusters', id))).toBe(false)
    expect(await findCurrentRehearsal(lab.control.db, STANZA)).toBeNull()
    expect(await failure({ kind: 'discard', rehearsal: id })).toMatchObject({ code: 'rehearsal-missing' })
  })

  it('reaches a restore point, a transaction, a position, the newest point, and a backup exactly', async () => {
    await run({ kind: 'restore-point', name: 'before stocktaking' })
    const [{ xid, lsn }] = (await lab.sql("SELECT pg_current_xact_id()::text AS xid, pg_current_wal_insert_lsn()::text AS lsn")) as [{ xid: string; lsn: string }]
    await sell('d')
    await archived(await moment())
    const { label } = await lab.control.db.backupSet.findFirstOrThrow({ orderBy: { stoppedAt: 'asc' } })
    const targets: Target[] = [
      { type: 'name', name: 'before stocktaking' }, { type: 'xid', xid }, { type: 'lsn', lsn }, { type: 'latest' }, { type: 'set', label },
    ]
    let id: string | undefined
    for (const target of targets) {
      const result = await rehearse(target, { rehearsal: id })
      id = result.rehearsal
      expect(result.plan.target).toEqual(target)
      await quiet()
    }
    const sale = (await findComparison(lab.control.db, STANZA, id!))?.tables.find(({ name }) => name === 'sale')
    expect(sale).toMatchObject({ rowsThen: 1, rowsNow: 5 })
    await run({ kind: 'discard', rehearsal: id! })
  })
})

describe('a switch', () => {
  let target: string
  let before: unknown[]

  beforeAll(async () => {
    await lab.sql(`${await readFile('demo/schema.sql', 'utf8')}; ${PEOPLE_AND_PRODUCTS}`)
    await ring()
  })

  it('puts the rehearsal in the shop’s place; a client that reconnects sees the one shop or the other, whole', async () => {
    await sell('kept')
    target = await moment()
    await sell('a mistake')
    await ring()
    await remove('p1')
    await archived(target)
    before = await notes()
    const { rehearsal } = await rehearse({ type: 'time', at: target })
    await quiet()
    const comparison = await findComparison(lab.control.db, STANZA, rehearsal)
    expect(comparison?.shop?.lostSales).toEqual({ count: 1, takings: '100' })
    await ring()
    await remove('p2')
    const till = openTill(lab.shop.url)
    await sleep(300)
    const result = await switchTo(rehearsal)
    await sleep(300)
    await till.close()
    expect(result).toMatchObject({ cluster: rehearsal, timeline: 2 })
    expect(result.counted).toMatchObject({
      comparedAt: new Date(comparison?.comparedAt ?? ''), behind: { sales: { count: 2, takings: '200' } },
      back: { sales: { count: 0 }, rows: [{ table: 'Product', count: 2 }] },
    })
    expect(result.downtimeMs).toBeGreaterThan(0)
    expect(result.downtimeMs).toBeLessThan(5_000)
    expect(await notes()).toEqual(before.slice(0, -1))
    expect(till.acknowledged.length).toBeGreaterThan(10)
    expect(till.seen).toEqual([before, before.slice(0, -1)])
    expect(till.strange).toEqual([])
    expect(till.course()).toMatch(/^o+x+o+$/)
    expect(readdirSync(volume()).filter((name) => /switch|maintenance|data\./.test(name) && name !== 'switch.result')).toEqual([])
  })

  it('is followed by an incremental, and leaves the old shop to go back to', async () => {
    await quiet()
    const followed = await lab.control.db.job.findFirst({ where: { kind: 'backup' }, orderBy: { id: 'desc' } })
    expect(followed).toMatchObject({ status: 'SUCCEEDED', request: { type: 'incr' } })
    expect(await listKeptClusters(lab.control.db, STANZA)).toMatchObject([{ id: 'first', leftBy: 'switch', timeline: 1 }])
  })

  it('is undone onto a timeline above all, with every sale of before', async () => {
    await sell('after the switch')
    await ring()
    const result = await run({ kind: 'undo', cluster: 'first' })
    expect(result).toMatchObject({ cluster: 'first', timeline: 3 })
    // What is sold from now on is known to be on the new timeline, and not taken for the end of the one that was left.
    expect(await lab.control.db.walMark.count({ where: { timeline: 3 } })).toBeGreaterThan(0)
    expect(result.counted).toMatchObject({ comparedAt: null, behind: { sales: { count: 1, takings: '100.00' }, rows: [] }, back: null })
    expect(await notes()).toEqual(before)
    expect(await timeline()).toBe(3)
    await quiet()
    const kept = await listKeptClusters(lab.control.db, STANZA)
    expect(kept).toMatchObject([{ leftBy: 'undo', timeline: 2 }])
  })

  it('and the undo is undone', async () => {
    const [kept] = await listKeptClusters(lab.control.db, STANZA)
    expect(await run({ kind: 'undo', cluster: kept!.id })).toMatchObject({ timeline: 4 })
    expect(await notes()).toEqual([...before.slice(0, -1), 'after the switch'])
    await quiet()
  })

  it('a moment on a branch that was left is never chosen silently, and is reached when it is named', async () => {
    const { db } = lab.control
    const kept = (await listKeptClusters(db, STANZA)).find(({ timeline: id }) => id === 3)!
    const left = new Date(kept.leftAt.getTime() - 3_000).toISOString()
    const refused = await failure({ kind: 'rehearse', wish: { target: { type: 'time', at: left } } })
    expect(refused).toMatchObject({ code: 'target-unreachable' })
    expect(await findCurrentRehearsal(db, STANZA)).toBeNull()
  })

  it('restores to both sides of earlier restores', async () => {
    const earlier = await rehearse({ type: 'time', at: target })
    expect(earlier.plan.isOnLiveLineage).toBe(true)
    await quiet()
    const sale = (await findComparison(lab.control.db, STANZA, earlier.rehearsal))?.tables.find(({ name }) => name === 'sale')
    expect(sale).toMatchObject({ lost: 1, returns: 0 })
    await sell('e')
    const late = await moment()
    await sell('f')
    await archived(late)
    await rehearse({ type: 'time', at: late }, { rehearsal: earlier.rehearsal })
    await quiet()
    expect(await switchTo(earlier.rehearsal)).toMatchObject({ timeline: 5 })
    expect((await notes()).at(-1)).toBe('e')
    await quiet()
  })

  it('removes a kept cluster on demand, and never one that holds WAL of its own', async () => {
    const kept = await listKeptClusters(lab.control.db, STANZA)
    for (const { id, unarchived } of kept) {
      if (unarchived === 0) await run({ kind: 'purge', cluster: id })
      else expect(await failure({ kind: 'purge', cluster: id })).toMatchObject({ code: 'cluster-unarchived' })
    }
    expect(await failure({ kind: 'purge', cluster: 'nobody' })).toMatchObject({ code: 'cluster-missing' })
  })
})

describe('in place', () => {
  it('restores over the shop after a safety backup', async () => {
    await sell('g')
    const at = await moment()
    await sell('h')
    await ring()
    await archived(at)
    const before = await notes()
    const result = await run({ kind: 'restore-in-place', wish: { target: { type: 'time', at } } })
    expect(result.safetyLabel).toMatch(/^\d{8}-\d{6}F/)
    expect(result.downtimeMs).toBeGreaterThan(0)
    expect(result.counted).toMatchObject({ comparedAt: null, behind: { sales: { count: 1, takings: '100.00' } }, back: { rows: [] } })
    expect(await notes()).toEqual(before.slice(0, -1))
  })
})
