/** A hundred random targets of a busy shop, moves over much WAL, and how old the newest point becomes that can be restored. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { JobView } from '@/lib/jobs/data'
import { findComparison } from '@/lib/restore/comparison/data'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, until } from '../tests/support/lab'
import { median, percentile, round } from './figures'
import { STANZA, archived, grow, idle, note, now, run, withLab } from './lab'

const TARGETS = 100
const SELLING_MS = 60_000
const MOVES = 3
const MOVE_BYTES = 220 * 2 ** 20
const AGE_MS = 180_000

/** The commit's own time is what recovery goes by. */
const exact = { track_commit_timestamp: 'on' }
const at = (moment: Date | string) => ({ target: { type: 'time', at: new Date(moment).toISOString() } }) as const

export async function benchTargets() {
  const aimed = await withLab(async (lab) => {
    const { rehearsal, ...targets } = await aim(lab)
    return { ...targets, ...(await moveFar(lab, rehearsal)) }
  }, exact)
  return { ...aimed, ...(await withLab(watchAge, { archive_timeout: '60' })) }
}

/** Sells until told otherwise, at random moments. */
function openTill(lab: Lab) {
  let isOpen = true
  const selling = (async () => {
    const client = new Client(lab.shop.url)
    client.on('error', () => undefined)
    await client.connect()
    for (; isOpen; await sleep(Math.random() * 20)) await client.query('INSERT INTO sale DEFAULT VALUES')
    await client.end()
  })()
  return { close: () => ((isOpen = false), selling) }
}

const makeTable = (lab: Lab) => lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())')

/** Ascending by moving later: the newest sale at or before each target is there, the next one is not. */
async function aim(lab: Lab) {
  await makeTable(lab)
  await lab.succeeded(await lab.enqueue(), 300)
  const till = openTill(lab)
  await sleep(SELLING_MS)
  await till.close()
  // The second that the backup ended in is not in its window.
  const [live] = await readWindows(lab.control.db, STANZA, new Date())
  const [span] = (await lab.sql(`SELECT min(at) AS first, max(at) AS last FROM sale WHERE at >= '${live?.earliest?.toISOString()}'`)) as [{ first: Date; last: Date }]
  await lab.sql('INSERT INTO sale DEFAULT VALUES')
  await archived(lab, new Date(span.last.getTime() + 1).toISOString())
  const targets = Array.from({ length: TARGETS }, () => new Date(span.first.getTime() + Math.random() * (span.last.getTime() - span.first.getTime())))
    .toSorted((a, b) => a.getTime() - b.getTime())
  let rehearsal = ''
  let right = 0
  const moves: number[] = []
  for (const target of targets) {
    const { job, result } = await run(lab, { kind: 'rehearse', wish: at(target), ...(rehearsal && { rehearsal }) })
    if (rehearsal) moves.push(untilReady(job))
    rehearsal = result.rehearsal
    await idle(lab)
    if (await isExact(lab, rehearsal, target)) right += 1
  }
  return { rehearsal, targets: TARGETS, right, moveLaterP50Ms: median(moves), moveLaterP95Ms: percentile(moves, 95) }
}

/** One till sells one after the other: so many sales are the first ones, and no other. */
async function isExact(lab: Lab, rehearsal: string, target: Date): Promise<boolean> {
  const comparison = await findComparison(lab.control.db, STANZA, rehearsal)
  const then = comparison?.tables.find(({ name }) => name === 'sale')?.rowsThen
  const [expected] = await lab.sql(`SELECT count(*)::int AS n FROM sale WHERE pg_xact_commit_timestamp(xmin) <= '${target.toISOString()}'`)
  if (then !== expected?.n) note(`at ${target.toISOString()}: ${then} sales, expected ${expected?.n}`)
  return then === expected?.n
}

function untilReady(job: JobView): number {
  const ready = job.progress?.steps.find(({ phase }) => phase === 'ready')
  return Date.parse(ready?.startedAt ?? '') - job.createdAt.getTime()
}

/** From the click to ready, over somewhat less than 256 MB of WAL. */
async function moveFar(lab: Lab, rehearsal: string) {
  const moves: { walMb: number; ms: number }[] = []
  const position = async () => BigInt(String((await lab.sql("SELECT (pg_current_wal_insert_lsn() - '0/0')::text AS lsn"))[0]?.lsn))
  for (let n = 0; n < MOVES; n += 1) {
    const before = await position()
    await grow(lab, 'recent', MOVE_BYTES)
    const target = await now(lab)
    const walMb = Number((await position()) - before) / 2 ** 20
    await lab.sql("INSERT INTO recent (filler) VALUES ('later')")
    await archived(lab, target)
    await lab.sql('CHECKPOINT')
    const { job } = await run(lab, { kind: 'rehearse', wish: { target: { type: 'time', at: target } }, rehearsal })
    moves.push({ walMb: round(walMb, 0), ms: untilReady(job) })
    note(`moved over ${round(walMb, 0)} MB in ${moves.at(-1)?.ms} ms`)
    await idle(lab)
  }
  return { moveFar: moves, moveFarMedianMs: median(moves.map(({ ms }) => ms)) }
}

/** While somebody sells: seconds between now and the newest moment that could be restored now, at worst. */
async function watchAge(lab: Lab) {
  await makeTable(lab)
  await lab.succeeded(await lab.enqueue(), 300)
  const till = openTill(lab)
  const latest = async () => (await readWindows(lab.control.db, STANZA, new Date()))[0]?.latest
  const first = await until('there is a window', 120, latest)
  await until('it has moved', 120, async () => ((await latest()) ?? first) > first)
  let worst = 0
  for (const end = Date.now() + AGE_MS; Date.now() < end; await sleep(500)) {
    worst = Math.max(worst, Date.now() - ((await latest())?.getTime() ?? 0))
  }
  await till.close()
  return { latestWorstAgeSeconds: round(worst / 1_000, 1), watchedSeconds: AGE_MS / 1_000 }
}
