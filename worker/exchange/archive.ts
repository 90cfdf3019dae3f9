/** Waits until what the shop has written is in the archive. */
import { setTimeout as sleep } from 'node:timers/promises'
import { JobFailed, type WorkerContext } from '../context'
import { withShop } from '../postgres/session'

const POLL_MS = 200
const DRAIN_MS = 90_000

type Archiver = { archived: string | null; waiting: number }

const ARCHIVER = `
  SELECT left(last_archived_wal, 24) AS archived,
    (SELECT count(*)::int FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready') AS waiting
  FROM pg_stat_archiver`

/** The message makes sure that there is something to switch away from. */
const CLOSE_SEGMENT = `
  WITH message AS MATERIALIZED (SELECT pg_logical_emit_message(true, 'salespider', 'switch'))
  SELECT pg_walfile_name(pg_switch_wal()) AS segment FROM message`

/**
 * Writes a checkpoint, so that stopping takes no longer than it must, closes the current segment and waits for it to arrive.
 * Returns the segment. Throws JobFailed when the archive does not take it.
 */
export async function drainArchive({ env }: Pick<WorkerContext, 'env'>, signal?: AbortSignal): Promise<string> {
  return withShop(env.shopUrl, async (client) => {
    await client.query('CHECKPOINT')
    const { rows: [closed] } = await client.query<{ segment: string }>(CLOSE_SEGMENT)
    const segment = closed?.segment ?? ''
    for (const deadline = Date.now() + DRAIN_MS; ; await sleep(POLL_MS)) {
      signal?.throwIfAborted()
      const { rows: [archiver] } = await client.query<Archiver>(ARCHIVER)
      if (archiver?.archived && archiver.archived.slice(0, 8) === segment.slice(0, 8) && archiver.archived >= segment) return segment
      if (Date.now() > deadline) throw new JobFailed({ code: 'archive-behind-switch', params: { waiting: archiver?.waiting ?? 0 } })
    }
  })
}

/** Short, as the shop is still open: what the stop itself has to write out. */
export async function checkpoint({ env }: Pick<WorkerContext, 'env'>): Promise<void> {
  await withShop(env.shopUrl, (client) => client.query('CHECKPOINT'))
}
