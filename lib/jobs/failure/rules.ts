import { quantities } from '@/lib/format/quantity'
import { LOCALE, selector, type translator } from '@/lib/i18n'
import failures from '@/messages/en/failures.json'
import type { JobFailure, JobKind } from '../schema'

type Failures = ReturnType<typeof translator<'failures'>>
type Values = Record<string, string | number>
export type FailureWords = { title: string; meaning: string[]; steps: string[] }

/** Values that are bytes where they are numbers */
const sizes: readonly string[] = ['needed', 'free']

/**
 * A failure in words: what happened, what it means, what to do. What is still safe depends on what was being done: `kind`.
 * Values the worker did not know are `none`.
 */
export function failureWords(t: Failures, { code, params = {} }: Pick<JobFailure, 'code' | 'params'>, kind: JobKind): FailureWords {
  const entry: { title: string; meaning: Record<string, string>; steps: Record<string, string> } = failures[code]
  const known = { ...Object.fromEntries(Object.entries(params).map(shown)), kind: selector(kind) }
  const say = (key: string, message: string) => t(key as Parameters<Failures>[0], { ...unknownValues(message), ...known })
  const sayAll = (part: 'meaning' | 'steps') =>
    Object.entries(entry[part]).map(([n, message]) => say(`${code}.${part}.${n}`, message))
  return { title: say(`${code}.title`, entry.title), meaning: sayAll('meaning'), steps: sayAll('steps') }
}

function shown([name, value]: [string, string | number]): [string, string | number] {
  return [name, typeof value === 'number' && sizes.includes(name) ? quantities(LOCALE).bytes(value) : value]
}

function unknownValues(message: string): Values {
  return Object.fromEntries([...message.matchAll(/\{(\w+)/g)].map(([, name = '']) => [name, 'none']))
}
