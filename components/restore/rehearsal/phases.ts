import type { Tense } from '@/components/jobs/words'
import { phasesOf } from '@/lib/jobs/rules'
import type { JobPhase } from '@/lib/jobs/schema'
import type { ClusterJob } from '@/lib/restore/view/schema'

export type PhaseView = { phase: JobPhase; tense: Tense }

type Phased = Pick<ClusterJob, 'kind' | 'phase' | 'status' | 'entered'>

/** What the job goes through, and where it is; while it waits for its turn all of it is to come. What it skipped is left out. */
export function phaseViews({ kind, phase, status, entered }: Phased): PhaseView[] {
  const phases = phasesOf(kind)
  const at = status === 'QUEUED' || phase === null ? -1 : phases.indexOf(phase)
  const views = phases.map((one, n): PhaseView => ({ phase: one, tense: n < at ? 'past' : n === at ? 'now' : 'future' }))
  return views.filter((view) => view.tense !== 'past' || entered.includes(view.phase))
}
