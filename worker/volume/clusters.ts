/** The data volume: `clusters/<id>`, and the link `data` to the one that is the shop. */
import { lstat, readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { clusterIdSchema } from '@/lib/restore/schema'
import { JobFailed } from '../context'
import type { Engine } from '../pgbackrest/engine'

/** The directory of `pg1-path`. Throws JobFailed where that is not the link of a data volume. */
export async function volumeOf(engine: Engine): Promise<string> {
  const data = await engine.dataPath()
  const link = data ? await lstat(data).catch(() => null) : null
  if (!data || !link?.isSymbolicLink()) throw new JobFailed({ code: 'supervisor-absent', params: { path: data ?? 'pg1-path' } })
  return path.dirname(data)
}

export async function clusterPath(engine: Engine, id: string): Promise<string> {
  return path.join(await volumeOf(engine), 'clusters', clusterIdSchema.parse(id))
}

/** The link to the running shop's cluster: pg1-path itself. */
export async function liveData(engine: Engine): Promise<string> {
  return path.join(await volumeOf(engine), 'data')
}

/** The cluster that the shop runs on. */
export async function liveCluster(engine: Engine): Promise<string> {
  return clusterIdSchema.parse(path.basename(await readlink(await liveData(engine))))
}

/** Bytes on disk. What is removed while it is counted counts as nothing. */
export async function sizeOf(directory: string): Promise<number> {
  let total = 0
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (entry.isFile()) total += await lstat(path.join(entry.parentPath, entry.name)).then(({ blocks }) => blocks * 512, () => 0)
  }
  return total
}

/** WAL segments of a stopped cluster that no archive has taken. */
export async function countUnarchived(directory: string): Promise<number> {
  const names = await readdir(path.join(directory, 'pg_wal/archive_status')).catch(() => [])
  return names.filter((name) => name.endsWith('.ready')).length
}
