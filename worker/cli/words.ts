import { translator } from '@/lib/i18n'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { JobFailure, JobKind } from '@/lib/jobs/schema'

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
