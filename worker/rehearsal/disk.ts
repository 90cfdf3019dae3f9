import { statfs } from 'node:fs/promises'
import path from 'node:path'
import type { ClusterObservation } from '@/lib/health/schema'
import { spaceNeeded } from '@/lib/restore/plan/rules'
import type { RestorePlan } from '@/lib/restore/schema'
import { type JobContext, JobFailed } from '../context'
import type { Engine } from '../pgbackrest/engine'
import { volumeOf } from '../volume/clusters'

/** Before anything is copied: a full disk would stop the shop. `present`: bytes of the copy that is there already. */
export async function requireSpace({ engine, remark }: JobContext, plan: Pick<RestorePlan, 'databaseSize' | 'segments'>, present: number): Promise<void> {
  const volume = await volumeOf(engine)
  const [needed, { free }] = [Math.max(0, spaceNeeded(plan) - present), await spaceOn(volume)]
  remark(`${Math.round(needed / 1e6)} MB needed, ${Math.round(free / 1e6)} MB free`)
  if (free < needed) throw new JobFailed({ code: 'disk-short', params: { needed, free, path: volume } })
}

/** Undefined where there is no data volume, or none that can be read. */
export async function findSpace(engine: Engine): Promise<ClusterObservation['volume']> {
  return volumeOf(engine).then(spaceOn).catch(() => undefined)
}

/** pg_wal may be a link to a volume of its own. Undefined where it is not at hand. */
export async function findWalSpace(engine: Engine): Promise<ClusterObservation['walVolume']> {
  const data = await engine.dataPath().catch(() => null)
  return data ? spaceOn(path.join(data, 'pg_wal')).catch(() => undefined) : undefined
}

async function spaceOn(volume: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(volume)
  return { free: bavail * bsize, total: blocks * bsize }
}
