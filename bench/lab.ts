/** A supervised shop with its worker, and what is done to it again and again. */
import type { JobRequest, JobResult } from '@/lib/jobs/schema'
import { readWindows } from '@/lib/restore/window/data'
import { type Lab, startLab, until } from '../tests/support/lab'

export const STANZA = 'salespider'
export const note = (text: string) => process.stderr.write(`${text}\n`)

/** Settings of a shop that checkpoints seldom, so that there is WAL to replay. */
const busy = { max_wal_size: '4GB', checkpoint_timeout: '1h', archive_timeout: '5', shared_buffers: '256MB' }

export async function withLab<T>(use: (lab: Lab) => Promise<T>, settings: Record<string, string> = {}): Promise<T> {
  const lab = await startLab({ supervised: true, settings: { ...busy, ...settings } })
  try {
    await lab.startWorker()
    return await use(lab)
  } finally {
    await lab.stop()
  }
}

export async function run<K extends JobRequest['kind']>(lab: Lab, request: Extract<JobRequest, { kind: K }>, seconds = 900) {
  const job = await lab.succeeded(await lab.enqueue({ request }), seconds)
  return { job, result: job.result as Extract<JobResult, { kind: K }> }
}

export const idle = (lab: Lab) => until('nothing runs or waits', 900, async () =>
  (await lab.control.db.job.count({ where: { status: { in: ['QUEUED', 'RUNNING'] } } })) === 0)

export async function now(lab: Lab): Promise<string> {
  const [row] = await lab.sql(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`)
  return String(row?.at)
}

export const archived = (lab: Lab, at: string) =>
  until(`${at} is recoverable`, 300, async () => {
    const [live] = await readWindows(lab.control.db, STANZA, new Date())
    return live?.latest && live.latest >= new Date(at)
  })

/** Rows of about a kilobyte that do not compress to nothing. */
export async function grow(lab: Lab, table: string, bytes: number): Promise<void> {
  await lab.sql(`CREATE TABLE IF NOT EXISTS ${table} (n bigserial PRIMARY KEY, filler text)`)
  const chunk = 50_000
  for (let done = 0; done < bytes; done += chunk * 1_000) {
    await lab.sql(`INSERT INTO ${table} (filler) SELECT repeat(md5(random()::text), 29) FROM generate_series(1, ${chunk})`)
  }
}
