/** A switch beside a plain restore in place, and a rehearsal beside the raw commands. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { Client, type ClientConfig } from 'pg'
import { type Lab, until } from '../tests/support/lab'
import { asServer, binaries } from '../tests/support/postgres'
import { median, round, timed } from './figures'
import { archived, grow, idle, note, now, run, withLab } from './lab'

const WAL_BYTES = 600 * 2 ** 20

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
