import type { Tense } from '@/components/jobs/words'
import { phasesOf } from '@/lib/jobs/rules'
import type { JobPhase } from '@/lib/jobs/schema'
import type { ClusterJob } from '@/lib/restore/view/schema'

export type PhaseView = { phase: JobPhase; tense: Tense }

/** What the job goes through, and where it is; while it waits for its turn all of it is to come. */
export function phaseViews({ kind, phase, status }: Pick<ClusterJob, 'kind' | 'phase' | 'status'>): PhaseView[] {
  const phases = phasesOf(kind)
  const at = status === 'QUEUED' || phase === null ? -1 : phases.indexOf(phase)
  return phases.map((one, n) => ({ phase: one, tense: n < at ? 'past' : n === at ? 'now' : 'future' }))
}
