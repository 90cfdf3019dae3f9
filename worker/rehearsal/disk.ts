import { statfs } from 'node:fs/promises'
import type { RestorePlan } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import { volumeOf } from '../volume/clusters'

/** WAL that a server keeps while it replays, at most, and what it writes besides: bytes */
const SEGMENT = 16 * 2 ** 20
const WAL_KEPT = 2 ** 30
const MARGIN = 64 * 2 ** 20

/** Bytes that a copy of the set needs while it is replayed. */
export function spaceNeeded({ databaseSize, segments }: Pick<RestorePlan, 'databaseSize' | 'segments'>): number {
  return databaseSize + Math.min((segments + 2) * SEGMENT, WAL_KEPT) + MARGIN
}

/** Before anything is copied: a full disk would stop the shop. `present`: bytes of the copy that is there already. */
export async function requireSpace({ engine, remark }: JobContext, plan: Pick<RestorePlan, 'databaseSize' | 'segments'>, present: number): Promise<void> {
  const volume = await volumeOf(engine)
  const { bavail, bsize } = await statfs(volume)
  const [needed, free] = [Math.max(0, spaceNeeded(plan) - present), bavail * bsize]
  remark(`${Math.round(needed / 1e6)} MB needed, ${Math.round(free / 1e6)} MB free`)
  if (free < needed) throw new JobFailed({ code: 'disk-short', params: { needed, free, path: volume } })
}
