import type { useTranslations } from 'use-intl'
import type { JobFailure } from '@/lib/jobs/schema'
import failures from '@/messages/en/failures.json'

type Failures = ReturnType<typeof useTranslations<'failures'>>
type Key = Parameters<Failures>[0]
export type FailureWords = { title: string; meaning: string[]; steps: string[] }

/** A failure in words: what happened, what it means, what to do. Values the worker did not know are `none`. */
export function failureWords(t: Failures, { code, params }: Pick<JobFailure, 'code' | 'params'>): FailureWords {
  const entry: { title: string; meaning: Record<string, string>; steps: Record<string, string> } = failures[code]
  const say = (key: string, message: string) => t(key as Key, { ...unknownValues(message), ...params })
  const sayAll = (part: 'meaning' | 'steps') =>
    Object.entries(entry[part]).map(([n, message]) => say(`${code}.${part}.${n}`, message))
  return { title: say(`${code}.title`, entry.title), meaning: sayAll('meaning'), steps: sayAll('steps') }
}

function unknownValues(message: string): Record<string, string> {
  return Object.fromEntries([...message.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 'none']))
}
