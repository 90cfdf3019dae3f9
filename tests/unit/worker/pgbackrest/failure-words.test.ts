import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { LOCALE, selector } from '@/lib/i18n'
import { type FailureCode, failureCodes, jobKinds } from '@/lib/jobs/schema'
import failures from '@/messages/en/failures.json'
import { failureParams, failureRules } from '@/worker/pgbackrest/failure-rules'

type Words = { title: string; meaning: Record<string, string>; steps: Record<string, string> }
const words: Record<FailureCode, Words> = failures

function keysOf(code: FailureCode): string[] {
  const { meaning, steps } = words[code]
  return ['title', ...Object.keys(meaning).map((n) => `meaning.${n}`), ...Object.keys(steps).map((n) => `steps.${n}`)]
}

function say(code: FailureCode, values: Record<string, string | number>): string[] {
  const problems: string[] = []
  const t = createTranslator({ locale: LOCALE, messages: failures, onError: (error) => problems.push(String(error)) })
  const text = keysOf(code).map((key) => t(`${code}.${key}` as Parameters<typeof t>[0], values))
  expect(problems).toEqual([])
  return text
}

/** The values a message names: `{path}` and `{path, select, …}`. The job's kind is given to all. */
function placeholdersOf(code: FailureCode): string[] {
  const text = JSON.stringify(words[code])
  const names = [...text.matchAll(/\{(\w+)(?:\}|, (?:select|plural))/g)].map(([, name]) => name ?? '')
  return [...new Set(names)].filter((name) => name !== 'kind')
}

/** Each rule of the code finds it in words it demands, or it is not from pgBackRest's words at all. */
function isAlwaysKnown(code: FailureCode, name: string): boolean {
  if (name === 'stanza' || name === 'label') return true
  const rules = failureRules.filter((rule) => rule.code === code)
  return code !== 'repository-missing' && rules.every((rule) => rule.words?.source.includes(`(?<${name}>`))
}

describe.each(failureCodes)('%s', (code) => {
  it('says what happened, what it means for the data, and what to do', () => {
    const { title, meaning, steps } = words[code]
    expect(title.length).toBeGreaterThan(10)
    for (const part of [meaning, steps]) {
      expect(Object.keys(part)).toEqual(Object.keys(part).map((_, index) => `${index + 1}`))
      expect(Object.keys(part).length).toBeGreaterThan(0)
    }
  })

  it('uses the values that the mapping provides, all of them and no other', () => {
    expect(placeholdersOf(code).toSorted()).toEqual(failureParams[code].toSorted())
  })

  it.each(['X1', 'none'])('reads well where a value that may be unknown is %s', (value) => {
    const values = failureParams[code].map((name) => [name, isAlwaysKnown(code, name) ? (name === 'waiting' ? 3 : 'X1') : value])
    for (const text of jobKinds.flatMap((kind) => say(code, { ...Object.fromEntries(values), kind: selector(kind) }))) {
      expect(text).toMatch(/^(?:[\p{Lu}“]|pgBackRest).*(?:\.|: X1)$/u)
      expect(text).not.toMatch(/[{}!]|please|oops|successful|\bnone\b(?! was)| {2}/i)
    }
  })
})

describe('rules', () => {
  it('give a code only values it has words for', () => {
    for (const { code, words: pattern, find } of failureRules) {
      const source = `${pattern?.source} ${find?.source}`
      const groups = [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name)
      expect(failureParams[code]).toEqual(expect.arrayContaining(groups))
    }
  })

  it('have words for no code that does not exist', () => {
    expect(Object.keys(failures).toSorted()).toEqual([...failureCodes].toSorted())
  })
})
