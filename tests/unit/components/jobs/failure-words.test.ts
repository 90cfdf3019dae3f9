import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { failureWords } from '@/components/jobs/failure-words'
import { LOCALE, messages } from '@/lib/i18n'
import { failureCodes } from '@/lib/jobs/schema'

const t = createTranslator({
  locale: LOCALE, messages, namespace: 'failures',
  onError: (error) => {
    throw error
  },
})

it.each(failureCodes)('%s is told without a value left open, also when the worker knew none', (code) => {
  const { title, meaning, steps } = failureWords(t as Parameters<typeof failureWords>[0], { code })
  expect(title).not.toBe('')
  expect(meaning.length).toBeGreaterThan(0)
  expect(steps.length).toBeGreaterThan(0)
  expect([title, ...meaning, ...steps].join(' ')).not.toMatch(/[{}]|failures\./)
})

it('puts in what the worker knew', () => {
  const { title } = failureWords(t as Parameters<typeof failureWords>[0], {
    code: 'repository-unreachable',
    params: { host: 's3.example' },
  })
  expect(title).toContain('s3.example')
})
