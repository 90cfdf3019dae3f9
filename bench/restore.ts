/** A switch beside a plain restore in place, a rehearsal beside the raw commands, moves, and a hundred random targets. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import type { JobRequest, JobResult } from '@/lib/jobs/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../tests/support/lab'
import { asServer, binaries } from '../tests/support/postgres'
import { median, percentile, round, timed } from './figures'

const STANZA = 'salespider'
const WAL_BYTES = 600 * 2 ** 20
const TARGETS = 100
const note = (text: string) => process.stderr.write(`${text}\n`)

/** Settings of a shop that checkpoints seldom, so that there is WAL to replay. */
const busy = { max_wal_size: '4GB', checkpoint_timeout: '1h', archive_timeout: '5', shared_buffers: '256MB' }

async function withLab<T>(use: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await startLab({ supervised: true, settings: busy })
  try {
    await lab.startWorker()
    return await use(lab)
  } finally {
    await lab.stop()
  }
}

async function run<K extends JobRequest['kind']>(lab: Lab, request: Extract<JobRequest, { kind: K }>, seconds = 900) {
  const job = await lab.succeeded(await lab.enqueue({ request }), seconds)
  return { job, result: job.result as Extract<JobResult, { kind: K }> }
}

const idle = (lab: Lab) => until('nothing runs or waits', 900, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)

async function now(lab: Lab): Promise<string> {
  const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`)
  return String(row?.at)
}

const archived = (lab: Lab, at: string) =>
  until(`${at} is recoverable`, 300, async () => {
    const [live] = await readWindows(lab.control.db, STANZA, new Date())
    return live?.latest && live.latest >= new Date(at)
  })

/** Rows of about a kilobyte that do not compress to nothing. */
async function grow(lab: Lab, table: string, bytes: number): Promise<void> {
  await lab.sql(`CREATE TABLE IF NOT EXISTS ${table} (n bigserial PRIMARY KEY, filler text)`)
  const chunk = 50_000
  for (let done = 0; done < bytes; done += chunk * 1_000) {
    await lab.sql(`INSERT INTO ${table} (filler) SELECT repeat(md5(random()::text), 29) FROM generate_series(1, ${chunk})`)
  }
}

/** Downtime of a switch and of an undo, with 600 MB of WAL since the last checkpoint, beside a plain restore in place. */
export async function benchSwitch(gigabytes: number) {
  return withLab(async (lab) => {
    note(`a shop of ${gigabytes} GB`)
    await grow(lab, 'ballast', gigabytes * 1e9)
    await lab.succeeded(await lab.enqueue(), 900)
    await grow(lab, 'recent', WAL_BYTES)
    const at = await now(lab)
    await lab.sql("INSERT INTO recent (filler) VALUES ('the mistake')")
    await archived(lab, at)
    const wish = { target: { type: 'time', at } } as const
    const { result: { rehearsal } } = await run(lab, { kind: 'rehearse', wish })
    await idle(lab)
    await grow(lab, 'recent', WAL_BYTES)
    const switched = await run(lab, { kind: 'switch', rehearsal, carryOver: { configuration: true, passwords: true } })
    await idle(lab)
    const undone = await run(lab, { kind: 'undo', cluster: switched.result.kept.id })
    await idle(lab)
    const plain = await restorePlainly(lab, at)
    return { gigabytes, switchMs: switched.result.downtimeMs ?? Number.NaN, undoMs: undone.result.downtimeMs ?? Number.NaN, plainMs: round(plain, 0) }
  })
}

/** As the manual says: stop, restore over it, start, wait until it has promoted. */
async function restorePlainly(lab: Lab, at: string): Promise<number> {
  lab.shop.supervisor?.().kill('SIGTERM')
  await until('the shop is closed', 60, async () => !(await isOpen(lab.shop.url)))
  return timed(async () => {
    const target = at.replace('T', ' ').replace('Z', '+00')
    const done = await lab.pgbackrest('--delta', '--type=time', `--target=${target}`, '--target-action=promote', '--target-timeline=1', 'restore')
    if (done.code !== 0) throw new Error(done.output)
    await lab.shop.supervise?.()
    await until('the shop has promoted', 600, () => isOpen(lab.shop.url))
  })
}

const isOpen = (url: string) => says({ connectionString: url }, 'SELECT NOT pg_is_in_recovery() AS yes')

/** Whether a server answers, and with yes. */
async function says(config: ClientConfig, sql: string): Promise<boolean> {
  const client = new Client({ ...config, connectionTimeoutMillis: 500 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return (await client.query<{ yes: boolean }>(sql)).rows[0]?.yes ?? false
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** From the job's row to ready, beside `pgbackrest restore` and a start of the same target by hand, interleaved. */
export async function benchRehearse(gigabytes: number, pairs = 5) {
  return withLab(async (lab) => {
    await grow(lab, 'ballast', gigabytes * 1e9)
    await lab.succeeded(await lab.enqueue(), 900)
    await grow(lab, 'recent', 100 * 2 ** 20)
    const at = await now(lab)
    await lab.sql("INSERT INTO recent (filler) VALUES ('later')")
    await archived(lab, at)
    const raw: number[] = []
    const ours: number[] = []
    for (let pair = 0; pair < pairs; pair += 1) {
      raw.push(await timed(() => restoreAside(lab, at)))
      const { job, result } = await run(lab, { kind: 'rehearse', wish: { target: { type: 'time', at } } })
      const ready = job.progress?.steps.find(({ phase }) => phase === 'ready')
      ours.push(Date.parse(ready?.startedAt ?? '') - job.createdAt.getTime())
      await idle(lab)
      await run(lab, { kind: 'discard', rehearsal: result.rehearsal })
      note(`pair ${pair + 1}: by hand ${round(raw.at(-1) ?? 0, 0)} ms, rehearsed ${ours.at(-1)} ms`)
    }
    return { gigabytes, pairs, rawMs: round(median(raw), 0), readyMs: median(ours), ratio: round(median(ours.map((took, n) => took / (raw[n] ?? Number.NaN)))) }
  })
}

async function restoreAside(lab: Lab, at: string): Promise<void> {
  const directory = path.join(lab.directory, 'by-hand')
  const target = at.replace('T', ' ').replace('Z', '+00')
  const restored = await lab.pgbackrest(`--pg1-path=${directory}`, '--type=time', `--target=${target}`, '--target-action=pause', '--archive-mode=off', 'restore')
  if (restored.code !== 0) throw new Error(restored.output)
  const pgCtl = (...args: string[]) =>
    execFileSync('setpriv', [...asServer(), '--', path.join(binaries(), 'pg_ctl'), '-D', directory, '-w', ...args], { cwd: '/', stdio: 'ignore' })
  const sockets = path.join(lab.directory, 'spool')
  pgCtl('-o', `-c port=5432 -c listen_addresses= -c unix_socket_directories=${sockets}`, '-l', `${directory}.log`, 'start')
  const copy = { host: sockets, port: 5432, user: 'postgres', database: 'postgres' }
  await until('it is paused', 300, () => says(copy, "SELECT pg_get_wal_replay_pause_state() = 'paused' AS yes"))
  pgCtl('-m', 'immediate', 'stop')
  rmSync(directory, { recursive: true, force: true })
}

/** Random moments of a busy shop, ascending by moving later: the newest sale at or before each is there, the next one is not. */
export async function benchTargets() {
  return withLab(async (lab) => {
    await lab.sql('CREATE TABLE sale (id serial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp())')
    await lab.succeeded(await lab.enqueue(), 120)
    const closing = Date.now() + 60_000
    const seller = new Client(lab.shop.url)
    seller.on('error', () => undefined)
    await seller.connect()
    while (Date.now() < closing) {
      await seller.query('INSERT INTO sale DEFAULT VALUES')
      await sleep(Math.random() * 20)
    }
    await seller.end()
    const [span] = (await lab.sql('SELECT min(at) AS first, max(at) AS last FROM sale')) as [{ first: Date; last: Date }]
    await lab.sql('INSERT INTO sale DEFAULT VALUES')
    await archived(lab, new Date(span.last.getTime() + 1).toISOString())
    const targets = Array.from({ length: TARGETS }, () => new Date(span.first.getTime() + Math.random() * (span.last.getTime() - span.first.getTime())))
      .toSorted((a, b) => a.getTime() - b.getTime())
    let rehearsal: string | undefined
    let right = 0
    const moves: number[] = []
    for (const at of targets) {
      const { job, result } = await run(lab, { kind: 'rehearse', wish: { target: { type: 'time', at: at.toISOString() } }, rehearsal })
      if (rehearsal) moves.push(Date.parse(job.progress?.steps.at(-1)?.startedAt ?? '') - job.createdAt.getTime())
      rehearsal = result.rehearsal
      await idle(lab)
      const compared = await lab.control.db.rehearsal.findUniqueOrThrow({ where: { id: rehearsal } })
      const tables = (compared.comparison as { tables: { name: string; rowsThen: number }[] }).tables
      const then = tables.find(({ name }) => name === 'sale')?.rowsThen
      const [expected] = await lab.sql(`SELECT count(*)::int AS n FROM sale WHERE at <= '${at.toISOString()}'`)
      if (then === expected?.n) right += 1
      else note(`at ${at.toISOString()}: ${then} sales, expected ${expected?.n}`)
    }
    return { targets: TARGETS, right, moveLaterP50Ms: median(moves), moveLaterP95Ms: percentile(moves, 95) }
  })
}
