import { Ban, Check, CircleHelp, X } from 'lucide-react'
import type { StepState } from './steps'
import type { Tense } from './words'

export const stepTenses: Record<StepState, Tense> = {
  done: 'past', now: 'now', failed: 'now', stopped: 'now', lost: 'now', todo: 'future', 'not-reached': 'future',
}

export function StepMark({ state }: { state: StepState }) {
  switch (state) {
    case 'done':
      return <Check aria-hidden className="size-4 text-ok" />
    case 'failed':
      return <X aria-hidden className="size-4 text-bad" />
    case 'stopped':
      return <Ban aria-hidden className="size-4 text-muted" />
    case 'lost':
      return <CircleHelp aria-hidden className="size-4 text-warn" />
    case 'now':
      return <i aria-hidden className="size-2.5 rounded-full bg-run-fill ring-4 ring-run/16" />
    default:
      return <i aria-hidden className="size-1.5 rounded-full bg-bar" />
  }
}
