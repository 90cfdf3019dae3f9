import { blockerOf } from '@/lib/restore/request/rules'
import type { ClusterJob, RestoreView } from '@/lib/restore/view/schema'
import type { AskedPlan } from './restore-query'
import type { DraftRead } from './target-draft'

/** Words: messages/<locale>/restore.json, `blocked`. */
export type Blocked =
  | { code: 'role' | 'lost' | 'worker' | 'target' | 'asking' | 'unreachable' | 'unread' }
  | { code: 'job'; job: ClusterJob }

type Asked = {
  mayDo: boolean
  view: Pick<RestoreView, 'isWorkerAlive' | 'jobs'>
  /** Where it needs a shop that runs, or did on this host */
  lost?: boolean
  /** Where it has to lead somewhere */
  target?: { read: DraftRead; asked: AskedPlan }
}

/** Why it cannot be asked for now, the reason that would stay longest first; null when it can. */
export function blockedReason({ mayDo, view, lost, target }: Asked): Blocked | null {
  if (!mayDo) return { code: 'role' }
  if (lost) return { code: 'lost' }
  const job = blockerOf(view.jobs)
  if (job) return { code: 'job', job }
  if (!view.isWorkerAlive) return { code: 'worker' }
  if (!target) return null
  const { read, asked } = target
  if (!read.wish) return { code: 'target' }
  if (asked.isError) return { code: 'unread' }
  if (!asked.answer) return { code: 'asking' }
  return 'refusal' in asked.answer ? { code: 'unreachable' } : null
}
