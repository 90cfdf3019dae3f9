import type { JobKind, JobResult } from '@/lib/jobs/schema'
import type { Handler, JobContext } from '../context'
import { backup } from './backup'
import { check } from './check'
import { stanzaCreate } from './stanza-create'
import { syncCatalog } from './sync-catalog'

const handlers: { [K in JobKind]: Handler<K> } = {
  backup,
  check,
  'stanza-create': stanzaCreate,
  'sync-catalog': syncCatalog,
}

export function handle<K extends JobKind>(context: JobContext<K>): Promise<JobResult> {
  const handler: Handler<K> = handlers[context.job.request.kind as K]
  return handler(context)
}
