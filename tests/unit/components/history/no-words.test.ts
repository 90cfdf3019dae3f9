import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { noJobsWords, noSetsWords } from '@/components/history/no-words'
import { createFormat } from '@/lib/format'
import { LOCALE, messages } from '@/lib/i18n'
import { jobKinds, jobStatuses, jobTriggers } from '@/lib/jobs/schema'

const t = createTranslator({
  locale: LOCALE, messages, namespace: 'history',
  onError: (error) => {
    throw error
  },
}) as unknown as Parameters<typeof noJobsWords>[0]
const format = createFormat({ timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE })
const sets = { type: null, repo: null, by: null, since: null, q: null }
const jobs = { kind: null, status: null, trigger: null, q: null }

describe('an empty list says what it is empty of', () => {
  it.each([
    [{ ...sets, type: 'diff' as const, by: 'Tunde Bello', since: '2026-11-01' }, 'No differential by Tunde Bello since 1 Nov.'],
    [{ ...sets, by: 'pgbackrest' }, 'No backup set made by hand with pgbackrest.'],
    [{ ...sets, by: 'schedule', q: 'x' }, 'No backup set by schedule that mentions “x”.'],
    [{ ...sets, repo: 2, type: 'full' as const }, 'No full in repository 2.'],
  ])('sets: %o', (params, expected) => expect(noSetsWords(t, params, format)).toBe(expected))

  it.each([
    [{ ...jobs, status: 'FAILED' as const, kind: 'check' as const, q: 'disk' }, 'No failed check that mentions “disk”.'],
    [{ ...jobs, kind: 'stanza-create' as const, trigger: 'catch-up' as const }, 'No stanza creation caught up by the schedule.'],
    [{ ...jobs, trigger: 'cli' as const }, 'No job from the command line.'],
  ])('jobs: %o', (params, expected) => expect(noJobsWords(t, params)).toBe(expected))

  it('has words for every choice', () => {
    const all = [
      ...jobKinds.map((kind) => ({ ...jobs, kind })),
      ...jobStatuses.map((status) => ({ ...jobs, status })),
      ...jobTriggers.map((trigger) => ({ ...jobs, trigger })),
    ]
    const said = all.map((params) => noJobsWords(t, params))
    expect(new Set(said).size).toBe(all.length)
  })
})
