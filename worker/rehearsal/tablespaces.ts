import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type JobContext, JobFailed } from '../context'
import { liveData } from '../volume/clusters'

/** A copy would need directories of its own for them, and a switch could not move them: told before anything is done. */
export async function refuseTablespaces({ engine }: JobContext): Promise<void> {
  const links = await readdir(path.join(await liveData(engine), 'pg_tblspc'))
  if (links.length > 0) throw new JobFailed({ code: 'tablespaces', params: { names: links.join(', ') } })
}
