import type { JobKind, JobResult } from '@/lib/jobs/schema'
import type { Handler, JobContext } from '../context'
import { backup } from './backup'
import { check } from './check'
import { checkArchive } from './check-archive'
import { compare } from './compare'
import { discard, purge } from './discard'
import { rehearse } from './rehearse'
import { planRescue, rescue, undoRescue } from './rescue'
import { restoreInPlace } from './restore-in-place'
import { restorePoint } from './restore-point'
import { stanzaCreate } from './stanza-create'
import { switchTo, undo } from './switch'
import { syncCatalog } from './sync-catalog'
import { testRepository } from './test-repository'

const handlers: { [K in JobKind]: Handler<K> } = {
  backup,
  check,
  'stanza-create': stanzaCreate,
  'sync-catalog': syncCatalog,
  'check-archive': checkArchive,
  rehearse,
  compare,
  discard,
  switch: switchTo,
  undo,
  'restore-in-place': restoreInPlace,
  'restore-point': restorePoint,
  purge,
  'plan-rescue': planRescue,
  rescue,
  'undo-rescue': undoRescue,
  'test-repository': testRepository,
}

export function handle<K extends JobKind>(context: JobContext<K>): Promise<JobResult> {
  const handler: Handler<K> = handlers[context.job.request.kind as K]
  return handler(context)
}
