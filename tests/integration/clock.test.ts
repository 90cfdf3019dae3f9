/** The WAL clock on a real shop with two repositories, one of them encrypted. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJobTail } from '@/lib/jobs/data'
import { planFor } from '@/lib/restore/plan/data'
import type { PlanOutcome } from '@/lib/restore/plan/rules'
import type { RestoreWish, Target } from '@/lib/restore/schema'
import { segmentName } from '@/lib/restore/wal/rules'
import { listTimelines, readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../support/lab'
import { binaries, giveToServer } from '../support/postgres'
import { startServer, stopServer } from '../support/server-control'

const SEGMENT = 16 * 1024 * 1024
const SECOND = 1_000
let lab: Lab
let second: string

const db = () => lab.control.db
const window = async () => (await readWindows(db(), 'salespider', new Date()))[0]
const plan = (target: Target, wish: Partial<RestoreWish> = {}): Promise<PlanOutcome> =>
  planFor(db(), 'salespider', { target, ...wish }, new Date())
const at = (date: Date): Target => ({ type: 'time', at: date.toISOString() })
const backup = async (repo: number, type: 'full' | 'incr' = 'full') =>
  lab.succeeded(await lab.enqueue({ request: { kind: 'backup', type, repo } }))
const newestMark = () => db().walMark.findFirstOrThrow({ orderBy: { at: 'desc' } })
const movesOn = async (from = new Date()) =>
  until('the window moves on', 60, async () => {
    const now = await window()
    return now?.latest && now.latest > from ? now : null
  })
const worker = () => db().worker.findFirstOrThrow({ where: { stoppedAt: null }, orderBy: { startedAt: 'desc' } })

beforeAll(async () => {
  second = mkdtempSync(path.join(tmpdir(), 'salespider-second-'))
  giveToServer(second)
  lab = await startLab({
    settings: { archive_timeout: '5' },
    config: {
      'repo1-retention-full': '9', 'repo2-path': second, 'repo2-retention-full': '9', 'repo2-cipher-type': 'aes-256-cbc',
      'repo2-cipher-pass': 'a passphrase of the test',
    },
  })
  await lab.startWorker()
})
afterAll(async () => {
  await lab.stop()
  rmSync(second, { recursive: true, force: true })
})

describe('the window', () => {
  it('has no beginning before there is a set', async () => {
    await until('the shop was seen', 20, window)
    expect(await window()).toMatchObject({ timeline: 1, isLive: true, earliest: null, latest: null, rpoSeconds: null })
    expect(await plan({ type: 'latest' })).toEqual({ refusal: { code: 'no-set', params: {} } })
  })

  it('appears after the first backup, and its end follows an idle shop', async () => {
    const { result, finishedAt } = await backup(1)
    const first = await movesOn(finishedAt ?? new Date())
    expect(first).toMatchObject({ repo: 1, gaps: [] })
    const seen: number[] = []
    for (let n = 0; n < 2; n += 1) seen.push((await movesOn()).rpoSeconds ?? 0)
    // A segment and a beat are five seconds each, a look at most ten; the rest is what a busy machine takes.
    for (const rpo of seen) expect(rpo).toBeLessThan(30)
    const outcome = await plan({ type: 'latest' })
    expect(outcome).toMatchObject({ plan: { label: result && 'label' in result && result.label, repo: 1, timeline: 1, isOnLiveLineage: true } })
  })

  it('is of whatever repository has a set: WAL goes to both', async () => {
    const { finishedAt } = await backup(2)
    await movesOn(finishedAt ?? new Date())
    const moment = at((await window())?.latest ?? new Date(0))
    expect([await plan(moment, { repo: 1 }), await plan(moment, { repo: 2 })]).toMatchObject([{ plan: { repo: 1 } }, { plan: { repo: 2 } }])
    const ranges = await db().walRange.findMany({ orderBy: { repoKey: 'asc' } })
    expect(ranges.map(({ repoKey, archiveId, timeline }) => [repoKey, archiveId, timeline])).toEqual([[1, '15-1', 1], [2, '15-1', 1]])
  })

  it('refuses what is not there yet', async () => {
    expect(await plan(at(new Date(Date.now() + 3_600_000)))).toMatchObject({ refusal: { code: 'in-future' } })
    expect(await plan(at(new Date(0)))).toMatchObject({ refusal: { code: 'before-window' } })
    expect(await plan(at(new Date()))).toMatchObject({ refusal: { code: 'after-window' } })
  })
})

describe('a restore point', () => {
  const create = async (name: string) => lab.ended(await lab.enqueue({ request: { kind: 'restore-point', name } }))

  it('is made in the WAL and can be planned for once it has arrived', async () => {
    const job = await create('Before the price change ₦')
    expect(job).toMatchObject({ status: 'SUCCEEDED', result: { kind: 'restore-point', timeline: 1 } })
    const outcome = await until('it has arrived', 60, async () => {
      const now = await plan({ type: 'name', name: 'Before the price change ₦' })
      return 'plan' in now ? now : null
    })
    expect(outcome.plan).toMatchObject({ timeline: 1, time: null, isOnLiveLineage: true })
  })

  it('has a name of its own', async () => {
    const again = { status: 'FAILED', failure: { code: 'restore-point-exists', params: { name: 'Before the price change ₦' } } }
    expect(await create('Before the price change ₦')).toMatchObject(again)
    expect(await plan({ type: 'name', name: 'elsewhere' })).toMatchObject({ refusal: { code: 'name-unknown' } })
  })
})

describe('transactions and positions', () => {
  it('are found by the marks around them', async () => {
    const [row] = await lab.sql('SELECT pg_current_wal_insert_lsn()::text AS lsn, pg_current_xact_id()::text AS xid')
    const targets: Target[] = [{ type: 'lsn', lsn: String(row?.lsn) }, { type: 'xid', xid: String(row?.xid) }]
    for (const target of targets) expect(await plan(target)).toMatchObject({ refusal: { code: 'after-window' } })
    for (const target of targets) await until('it has arrived', 60, async () => 'plan' in (await plan(target)))
  })
})

describe('a segment that is lost', () => {
  let lost: { name: string; mark: Date }
  const removeFrom = (repository: string, name: string) => {
    const directory = path.join(repository, 'archive/salespider/15-1', name.slice(0, 16))
    const file = readdirSync(directory).find((candidate) => candidate.startsWith(`${name}-`))
    rmSync(path.join(directory, file ?? ''))
  }

  beforeAll(async () => {
    const { lsn, at: mark } = await newestMark()
    const name = segmentName({ timeline: 1, number: (lsn - 1n) / BigInt(SEGMENT) }, SEGMENT)
    lost = { name, mark }
    await movesOn(new Date(mark.getTime() + 10 * SECOND))
    for (const repository of [lab.repository, second]) removeFrom(repository, name)
    await backup(1, 'incr')
  })

  it('is found by the check, and told', async () => {
    const id = await lab.enqueue({ request: { kind: 'check-archive' } })
    expect((await lab.succeeded(id)).result).toMatchObject({ kind: 'check-archive', gaps: 2 })
    const tail = await readJobTail(db(), id, -1, new Date())
    const warnings = tail?.events.filter(({ level }) => level === 'warn').map(({ message }) => message)
    expect(warnings?.toSorted()).toEqual([1, 2].map((repo) => expect.stringContaining(`repository ${repo}, timeline 1: ${lost.name} missing`)))
  })

  it('makes a gap, which is refused, and on both sides of which there is a way', async () => {
    const now = await movesOn()
    expect(now.gaps).toMatchObject([{ repo: 1, timeline: 1, first: lost.name, last: lost.name }])
    expect(await plan(at(lost.mark))).toMatchObject({ refusal: { code: 'in-gap' } })
    const [{ from, to }] = now.gaps as unknown as [{ from: Date; to: Date }]
    expect(from < lost.mark && lost.mark < to).toBe(true)
    expect(await plan(at(from))).toMatchObject({ plan: { timeline: 1 } })
    expect(await plan(at(to))).toMatchObject({ plan: { timeline: 1 } })
    expect(await plan(at(to), { repo: 2 })).toMatchObject({ refusal: { code: 'after-window' } })
  })
})

describe('what may happen to the worker', () => {
  /** Read off the shop's WAL itself. */
  async function countBeats(since: string): Promise<number> {
    const { output } = await lab.asServer(
      path.join(binaries(), 'pg_waldump'), '--rmgr=LogicalMessage', `--path=${path.join(lab.shop.dataDir, 'pg_wal')}`, `--start=${since}`)
    return output.match(/prefix "salespider"/g)?.length ?? 0
  }

  it('the shop restarts: the clock goes on', async () => {
    const { id } = await worker()
    stopServer(lab.shop)
    startServer(lab.shop)
    await movesOn()
    expect((await worker()).id).toBe(id)
  })

  it('the control database is away: marks are kept and written later', async () => {
    stopServer(lab.control.postgres)
    const away = new Date()
    const [here] = await lab.sql('SELECT pg_current_wal_insert_lsn()::text AS lsn')
    await until('marks have piled up', 60, async () => (await countBeats(String(here?.lsn))) >= 3)
    const back = new Date()
    startServer(lab.control.postgres)
    const kept = await until('they are written', 30, async () => {
      const marks = await db().walMark.count({ where: { at: { gt: away, lt: back } } }).catch(() => 0)
      return marks > 0 ? marks : null
    })
    expect(kept).toBeGreaterThanOrEqual(2)
    await movesOn()
  })

  it('the control database lost what it knew: the clock is rebuilt from the archive', async () => {
    const before = await window()
    process.kill((await worker()).pid, 'SIGKILL')
    const emptied = new Date()
    await db().walMark.deleteMany()
    await db().walRange.deleteMany()
    await db().timeline.deleteMany()
    await lab.startWorker()
    const after = await movesOn(emptied)
    expect(after).toMatchObject({ repo: 1, earliest: before?.earliest, gaps: [{ first: before?.gaps[0]?.first }] })
    expect(after.gaps[0]?.from).not.toBeNull()
    // Coarse: from the first set to the last commit before the gap, and on from the second.
    const between = new Date((before?.earliest?.getTime() ?? 0) + SECOND)
    expect(await plan(at(between))).toMatchObject({ plan: { repo: 1, timeline: 1 } })
    const old = await db().walMark.findMany({ where: { at: { lt: emptied } }, orderBy: { at: 'asc' } })
    expect(old.length).toBeGreaterThanOrEqual(4)
  })
})

describe('a promotion', () => {
  it('opens a timeline, and the window goes through the fork', async () => {
    const before = await window()
    stopServer(lab.shop)
    const command = `pgbackrest --config=${lab.config} --stanza=salespider --no-archive-async archive-get %f "%p"`
    writeFileSync(path.join(lab.shop.dataDir, 'recovery.signal'), '')
    writeFileSync(path.join(lab.shop.dataDir, 'postgresql.auto.conf'), `restore_command = '${command}'\nrecovery_target_timeline = 'current'\n`)
    startServer(lab.shop)
    const after = await movesOn()
    expect(after).toMatchObject({ timeline: 2, isLive: true, earliest: before?.earliest })
    expect(await plan({ type: 'latest' })).toMatchObject({ plan: { timeline: 2, isOnLiveLineage: true } })
    expect(await plan(at(before?.latest ?? new Date(0)))).toMatchObject({ plan: { timeline: 1, isOnLiveLineage: true } })
    const timelines = await listTimelines(db(), 'salespider')
    expect(timelines).toMatchObject([
      { id: 1, parents: [], isLive: false, isAncestor: true }, { id: 2, parents: [{ timeline: 1 }], isLive: true, isAncestor: true },
    ])
    expect(await readWindows(db(), 'salespider', new Date())).toHaveLength(1)
  })
})
