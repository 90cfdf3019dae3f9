import { isActive, phasesOf } from '@/lib/jobs/rules'
import type { JobPhase } from '@/lib/jobs/schema'
import type { TailJob } from '@/lib/jobs/tail/schema'

export type StepState = 'done' | 'now' | 'failed' | 'stopped' | 'lost' | 'todo' | 'not-reached'
export type StepView = { phase: JobPhase; state: StepState; startedAt: Date | null; endedAt: Date | null; detail: string | null }

type Stepped = Pick<TailJob, 'kind' | 'status' | 'lost' | 'progress' | 'workerName'>

/** What the job went through, in order, and where it is or where it ended; what is still to come in its planned place. */
export function stepsOf(job: Stepped): StepView[] {
  const entered = job.progress?.steps ?? []
  const isToldByStep = entered.some(({ failure }) => failure)
  const steps = entered.map(({ phase, startedAt, endedAt, detail, failure }, at): StepView => {
    const isLast = at === entered.length - 1 && !(isToldByStep && job.status === 'FAILED')
    return {
      phase,
      state: failure ? 'failed' : isLast ? lastState(job, endedAt !== undefined) : 'done',
      startedAt: new Date(startedAt),
      endedAt: endedAt === undefined ? null : new Date(endedAt),
      detail: detail ?? (phase === 'claim' ? job.workerName : null),
    }
  })
  if (job.status === 'SUCCEEDED') return steps
  const plan = phasesOf(job.kind)
  const rest = plan.filter((phase) => entered.every((step) => step.phase !== phase))
  return rest.reduce((all, phase) => insert(all, phase, plan, isActive(job.status) ? 'todo' : 'not-reached'), steps)
}

function lastState({ status, lost }: Stepped, ended: boolean): StepState {
  if (status === 'FAILED') return 'failed'
  if (status === 'CANCELLED') return 'stopped'
  if (status === 'RUNNING' && lost) return 'lost'
  return ended ? 'done' : 'now'
}

/** Before the first step that comes later in the plan. */
function insert(steps: StepView[], phase: JobPhase, plan: readonly JobPhase[], state: StepState): StepView[] {
  const later = steps.findIndex((step) => plan.indexOf(step.phase) > plan.indexOf(phase))
  return steps.toSpliced(later === -1 ? steps.length : later, 0, { phase, state, startedAt: null, endedAt: null, detail: null })
}
