import { listRepositories } from '@/lib/backups/data'
import { enqueueOnce } from '@/lib/jobs/mutations'
import type { WorkerContext } from '../context'

/** After an exchange, into every repository. Never a full: fulls on branches that die would count in retention. */
export async function enqueueIncrementals({ db, env }: WorkerContext, { name, reason }: { name: string; reason: string }): Promise<void> {
  for (const { key } of await listRepositories(db, env.stanza)) {
    await db.$transaction((tx) =>
      enqueueOnce(tx, {
        stanza: env.stanza, request: { kind: 'backup', type: 'incr', repo: key }, trigger: 'system', reason, actor: { kind: 'system', name },
      }))
  }
}
