import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { resultCells } from '@/components/jobs/result-cells'
import { type JobWords, cancelWords, jobTitle, phaseWords, targetWords } from '@/components/jobs/words'
import { createFormat } from '@/lib/format'
import { LOCALE, messages, selector } from '@/lib/i18n'
import { phasesOf } from '@/lib/jobs/rules'
import { type JobKind, type JobResult, failureCodes, jobKinds, jobPhases } from '@/lib/jobs/schema'
import type { RestorePlan, Target } from '@/lib/restore/schema'

const now = new Date('2026-11-24T16:00:00Z')
const format = createFormat({ timeZone: 'Africa/Lagos', dateFormat: 'dd/MM/yyyy', timeFormat: 'HH:mm', locale: LOCALE })
const onError = (error: Error) => {
  throw error
}
const t = createTranslator({ locale: LOCALE, messages, namespace: 'jobs', onError }) as unknown as JobWords
const overview = createTranslator({ locale: LOCALE, messages, namespace: 'overview', onError })

describe.each(jobKinds)('%s', (kind) => {
  const sentence = (words: string) => expect(words).toMatch(/^\p{Lu}[^{}]*$/u)

  it('has a name, a title, and words for what a cancel keeps', () => {
    sentence(t(`kind.${kind}`))
    sentence(jobTitle(t, { kind, type: null, target: null }, format, now))
    for (const status of ['QUEUED', 'RUNNING'] as const) sentence(cancelWords(t, { kind, status }))
  })

  it('has words for each of its phases, in every tense', () => {
    const tenses = ['past', 'now', 'future'] as const
    for (const phase of phasesOf(kind)) {
      const said = tenses.map((tense) => phaseWords(t, phase, kind, tense))
      said.forEach(sentence)
      expect(new Set(said).size).toBe(tenses.length)
      expect(overview(`running.phase.${phase}`, { kind: selector(kind) })).toMatch(/^\p{Ll}[^{}]*$/u)
    }
  })

  it('is told as what somebody did', () => {
    const values = { who: 'Ada', type: 'full', note: 'none', target: 'none', strong: (chunks: string) => chunks, soft: (chunks: string) => chunks }
    expect(overview.markup(`activity.did.${kind}`, values)).toMatch(/^Ada [\p{Ll}][^{}<>]*$/u)
  })
})

it('no phase is without words, and no failure without a cause', () => {
  for (const phase of jobPhases) expect(phaseWords(t, phase, 'backup', 'now')).not.toBe('')
  for (const code of failureCodes) expect(overview(`cause.${code}`)).not.toMatch(/[.{}]/)
})

it('a phase that several kinds go through is named by what it does there', () => {
  expect(phaseWords(t, 'start', 'compare', 'now')).not.toBe(phaseWords(t, 'start', 'backup', 'now'))
  expect(phaseWords(t, 'switch', 'restore-in-place', 'now')).not.toBe(phaseWords(t, 'switch', 'undo', 'now'))
  expect(phaseWords(t, 'check', 'check-archive', 'now')).not.toBe(phaseWords(t, 'check', 'check', 'now'))
})

it.each<[Target, string]>([
  [{ type: 'time', at: '2026-11-24T13:03:21Z' }, 'today 14:03:21'],
  [{ type: 'time', at: '2026-11-22T13:03:21.5Z' }, '22 Nov 14:03:21.500'],
  [{ type: 'latest' }, 'the newest moment'],
  [{ type: 'set', label: '20261122-010003F' }, 'backup 20261122-010003F'],
  [{ type: 'name', name: 'before stocktaking' }, '“before stocktaking”'],
  [{ type: 'xid', xid: '771' }, 'transaction 771'],
  [{ type: 'lsn', lsn: '0/5000028' }, 'position 0/5000028'],
])('names the point %o', (target, words) => {
  expect(targetWords(t, target, format, now)).toBe(words)
  expect(jobTitle(t, { kind: 'rehearse', type: null, target }, format, now)).toBe(`Rehearsal, ${words}`)
})

describe('results', () => {
  const plan: RestorePlan = {
    target: { type: 'latest' }, repo: 1, label: '20261122-010003F', chain: ['20261122-010003F'], timeline: 1, time: null, segments: 3,
    databaseSize: 1, isOnLiveLineage: true,
  }
  const reached = { at: '2026-11-24T13:03:20.871Z', lsn: '0/5000028', timeline: 1 }
  const switched = {
    cluster: 'c2', kept: { id: 'c1', keepUntil: new Date('2026-12-01T13:00:00Z'), size: 1.3e9 }, downtimeMs: 412, timeline: 2,
    carried: ['postgresql.conf', 'password of shop'],
  }
  const sale = { schema: 'public', table: 'Sale', key: { id: 's1' }, name: 's1', how: 'insert', why: 'chosen' } as const
  const steps = [sale, ...['i1', 'i2'].map((id) => ({ ...sale, table: 'SaleItem', key: { id }, name: id, why: 'child' as const }))]
  const results: { [K in JobKind]: Omit<Extract<JobResult, { kind: K }>, 'kind'> } = {
    backup: {
      label: 'x', type: 'full', databaseSize: 1e9, databaseDelta: 1e9, repositoryDelta: 1e8, resumed: false, expired: [], warnings: 0, error: false,
    },
    check: {},
    'stanza-create': { created: true },
    'sync-catalog': { sets: 3, appeared: 1, expired: 0 },
    'check-archive': { segments: 1440, gaps: 1 },
    rehearse: { rehearsal: 'c2', plan, reached, size: 1.3e9, took: { restore: 41_000, replay: 9_000 } },
    compare: { rehearsal: 'c2', tables: 18, lost: 37, returns: 3 },
    discard: { rehearsal: 'c2', freed: 1.3e9 },
    switch: switched,
    undo: { ...switched, downtimeMs: null, carried: [] },
    'restore-in-place': { plan, reached: { ...reached, at: null }, downtimeMs: 52_000, safetyLabel: 'none' },
    'restore-point': { name: 'before stocktaking', lsn: '0/5000028', timeline: 1, at: '2026-11-24T13:03:21Z' },
    purge: { cluster: 'c1', freed: 1.3e9 },
    'plan-rescue': { rehearsal: 'c2', outcome: { steps, conflicts: [], renamed: [], stillDeleted: [] } },
    rescue: { rehearsal: 'c2', transaction: '812', steps, written: [] },
    'undo-rescue': { rescue: '14', transaction: '813', steps },
    'test-repository': { repo: 1 },
  }
  const words = createTranslator({ locale: LOCALE, messages, namespace: 'jobs.progress', onError }) as unknown as Parameters<typeof resultCells>[1]
  const told = (kind: JobKind) =>
    Object.fromEntries(resultCells({ kind, ...results[kind] } as JobResult, words, format).map(({ name, text, note }) => [name, [text, note]]))

  it.each(jobKinds)('%s comes to figures with names', (kind) => {
    const cells = resultCells({ kind, ...results[kind] } as JobResult, words, format)
    expect(cells.length).toBeGreaterThan(0)
    for (const { name, text } of cells) expect([name, text].join(' ')).toMatch(/^\p{Lu}[^{}]+$/u)
  })

  it('a rehearsal says what was reached, its size and its times', () => {
    expect(told('rehearse')).toEqual({
      Reached: ['14:03:20', 'LSN 0/5000028, timeline 1'], 'On disk': ['1.3\u00a0GB', expect.any(String)],
      Copied: ['41\u00a0s', expect.any(String)], Replayed: ['9\u00a0s', expect.any(String)],
    })
  })

  it('a switch says for how long the shop was closed, what is kept and until when, and on which timeline it is', () => {
    expect(told('switch')).toMatchObject({
      'Shop closed for': ['0.4\u00a0s', expect.any(String)], 'Kept until': ['1 Dec', expect.stringContaining('1.3\u00a0GB')],
      Timeline: ['2', expect.any(String)], 'Carried over': ['2', 'postgresql.conf and password of shop'],
    })
    expect(told('undo')).toMatchObject({ 'Shop closed for': ['not measured', expect.any(String)] })
  })

  it('a rescue says what was put back, and what came along with it', () => {
    expect(told('rescue')).toEqual({ 'Put back': ['1', 'row that was chosen'], 'Brought along': ['2', 'rows that belong to it'] })
    expect(told('plan-rescue')).toMatchObject({ 'Can come back': ['1', expect.any(String)], 'In the way': ['0', 'all of it can come back'] })
    expect(told('undo-rescue')).toEqual({ 'Taken back': ['3', 'rows of the rescue'] })
  })

  it('a position stands for a time that is not known', () => {
    expect(told('restore-in-place')).toMatchObject({ Reached: ['0/5000028', expect.any(String)], 'Safety backup': ['none', expect.any(String)] })
  })
})
