import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { LOCALE, messages } from '@/lib/i18n'
import { failureWords } from '@/lib/jobs/failure/rules'
import { type JobFailure, type JobKind, failureCodes, jobKinds } from '@/lib/jobs/schema'

const t = createTranslator({
  locale: LOCALE, messages, namespace: 'failures',
  onError: (error) => {
    throw error
  },
})
const words = (failure: Pick<JobFailure, 'code' | 'params'>, kind: JobKind = 'backup') =>
  failureWords(t as Parameters<typeof failureWords>[0], failure, kind)

describe.each(jobKinds)('of a job that is a %s', (kind) => {
  it.each(failureCodes)('%s is told without a value left open, also when the worker knew none', (code) => {
    const { title, meaning, steps } = words({ code }, kind)
    expect(title).not.toBe('')
    expect(meaning.length).toBeGreaterThan(0)
    expect(steps.length).toBeGreaterThan(0)
    expect([title, ...meaning, ...steps].join(' ')).not.toMatch(/[{}]|failures\.|NaN/)
  })
})

it('puts in what the worker knew', () => {
  expect(words({ code: 'repository-unreachable', params: { host: 's3.example' } }).title).toContain('s3.example')
  const { meaning } = words({ code: 'disk-short', params: { needed: 1_300_000_000, free: 912_000_000, path: '/srv/shop' } }, 'rehearse')
  expect(meaning[0]).toContain('1.3\u00a0GB are needed, 912\u00a0MB are free at /srv/shop')
})

it('says what is still safe by what was being done', () => {
  const safe = (kind: JobKind) => words({ code: 'worker-lost' }, kind).meaning[0]
  expect(safe('backup')).toMatch(/^Earlier backups are whole/)
  expect(safe('rehearse')).toMatch(/^The running shop was not touched/)
  expect(words({ code: 'wal-missing' }, 'restore-in-place').meaning[0]).not.toContain('was not touched')
})
