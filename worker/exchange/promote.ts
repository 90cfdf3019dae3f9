/** Promotes a copy beside the shop, where nothing is lost if it does not work, and leaves it cleanly shut down. */
import { copyFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type JobContext, JobFailed } from '../context'
import type { SideCluster } from '../postgres/side-cluster'

const HISTORY = /^[0-9A-F]{8}\.history$/

/** Every timeline the shop has had: the copy must open one above all of them, or the archive refuses its WAL. */
export async function copyHistories(live: string, copy: string): Promise<void> {
  const [from, to] = [path.join(live, 'pg_wal'), path.join(copy, 'pg_wal')]
  for (const name of await readdir(from)) if (HISTORY.test(name)) await copyFile(path.join(from, name), path.join(to, name))
}

/** Ends recovery at the point where it pauses. Throws JobFailed when the copy does not become a primary. */
export async function promote({ signal }: JobContext, side: SideCluster): Promise<void> {
  await side.query('SELECT pg_wal_replay_resume()')
  await untilPrimary(side, signal)
}

export async function untilPrimary(side: SideCluster, signal: AbortSignal): Promise<void> {
  const isPrimary = async () => {
    const [row] = await side.query<{ recovering: boolean }>('SELECT pg_is_in_recovery() AS recovering')
    return row?.recovering === false
  }
  if (await side.until(isPrimary, signal)) return
  throw new JobFailed({ code: 'rehearsal-broken', detail: side.lines().slice(-6).join('\n').slice(0, 4_000) })
}

/** So that it is recovered when it is started: a cluster that was the shop before, or one whose promotion was interrupted. */
export async function prepareOnward(copy: string): Promise<void> {
  await writeFile(path.join(copy, 'recovery.signal'), '', { mode: 0o600 })
}
