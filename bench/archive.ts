/** Whether archiving keeps up with pgbench, asynchronously and not, into each kind of repository. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Lab, startLab } from '../tests/support/lab'
import { binaries } from '../tests/support/postgres'
import { type StoreKind, startStore } from '../tests/support/store/store'
import { round } from './figures'
import { note } from './lab'

const SECONDS = 30
const SCALE = 20
/** The pushes of one run take this many processes, as an installation's do */
const PROCESSES = 2

export async function benchArchive() {
  const results: Record<string, unknown> = {}
  for (const kind of ['posix', 's3', 'azure', 'gcs'] as const) {
    note(`archiving to ${kind}`)
    results[kind] = { sync: await measure(kind, false), async: await measure(kind, true) }
  }
  return results
}

async function measure(kind: 'posix' | StoreKind, isAsync: boolean) {
  const store = kind === 'posix' ? null : await startStore(kind)
  const options = Object.fromEntries(Object.entries(store?.options ?? {}).map(([name, value]) => [`repo1-${name}`, value]))
  const lab = await startLab({ config: { ...options, 'process-max': String(PROCESSES), ...(isAsync && { 'archive-async': 'y' }) } })
  try {
    const pgbench = (...args: string[]) => lab.asServer(`${binaries()}/pgbench`, '-h', lab.shop.socketDir, '-p', String(lab.shop.port), '-U', 'postgres', ...args, 'postgres')
    await pgbench('-q', '-i', '-s', String(SCALE))
    await drained(lab)
    const before = await segments(lab)
    await pgbench('-c', '4', '-T', String(SECONDS))
    const after = await segments(lab)
    const caughtUp = performance.now()
    await drained(lab)
    return {
      generatedMbPerSecond: round(((after.written - before.written) * 16) / SECONDS, 1),
      ratio: round((after.archived - before.archived) / Math.max(1, after.written - before.written), 2),
      behindSeconds: round((performance.now() - caughtUp) / 1_000, 1),
    }
  } finally {
    await lab.stop()
    await store?.stop()
  }
}

/** Whole segments that were written, and those of them that were archived. */
async function segments(lab: Lab): Promise<{ written: number; archived: number }> {
  const [row] = await lab.sql(`
    SELECT div(pg_current_wal_lsn() - '0/0', pg_size_bytes(current_setting('wal_segment_size')))::int AS written, archived_count::int AS archived
    FROM pg_stat_archiver`)
  return row as { written: number; archived: number }
}

async function drained(lab: Lab): Promise<void> {
  await lab.sql('SELECT pg_switch_wal()')
  const waiting = "SELECT count(*)::int AS waiting FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'"
  while ((await lab.sql(waiting))[0]?.waiting !== 0) await sleep(50)
}
