import { translator } from '@/lib/i18n'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { JobFailure, JobKind, JobResult } from '@/lib/jobs/schema'
import { conflictText, stepText } from '../rescue/words'

/** A failure in the dashboard's own words: what happened, what it means, what to do; pgBackRest's or PostgreSQL's words last. */
export function failureText(failure: JobFailure, kind: JobKind): string {
  const { title, meaning, steps } = failureWords(translator('failures'), failure, kind)
  return [
    title,
    ...meaning.map((sentence) => `  ${sentence}`),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
    ...(failure.detail ? [`  ${failure.detail}`] : []),
  ].join('\n')
}

/** The rows of a rescue, a line each; nothing for other jobs. */
export function rescueLines(result: JobResult | null): string[] {
  if (result?.kind === 'rescue' || result?.kind === 'undo-rescue') return result.steps.map(stepText)
  if (result?.kind !== 'plan-rescue') return []
  const { steps, conflicts, renamed } = result.outcome
  const names = renamed.map(({ then, now }) => `keeps its name: ${now}, then ${then}`)
  return [...steps.map(stepText), ...names, ...conflicts.map((conflict) => `in the way: ${conflictText(conflict)}`)]
}

/** A plan that something is in the way of was made, and still says no. */
export function saysNo(result: JobResult | null): boolean {
  return result?.kind === 'plan-rescue' && result.outcome.conflicts.length > 0
}
