/** A host that was set up for a shop whose sets are in the repositories, and has only a stand-in for its cluster. */
import type { WalIdentity } from './postgres/observe'
import type { WorkerContext } from './context'
import { liveData } from './volume/clusters'
import { controlDataOf } from './volume/control-data'
import { isStandIn } from './volume/stand-in'

export async function isLost({ engine }: Pick<WorkerContext, 'engine'>): Promise<boolean> {
  return liveData(engine).then(isStandIn, () => false)
}

/** Whose WAL it is that lies in the repositories, but for its timelines, which they have to tell. Null on any other host. */
export async function findLostCluster(context: Pick<WorkerContext, 'engine' | 'env'>): Promise<WalIdentity | null> {
  if (!(await isLost(context))) return null
  const { systemId, segmentSize } = await controlDataOf(context.env, await liveData(context.engine))
  return { systemId, segmentSize, live: { id: 1, parents: [] } }
}
