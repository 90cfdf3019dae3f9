import { describe, expect, it } from 'vitest'
import { stepsOf } from '@/components/jobs/steps'
import type { JobKind, JobPhase, JobStatus } from '@/lib/jobs/schema'

const T0 = '2026-11-24T13:00:00.000Z'
const T1 = '2026-11-24T13:00:01.000Z'

function job(status: JobStatus, phases: JobPhase[], { kind = 'backup' as JobKind, lost = false, open = false } = {}) {
  const steps = phases.map((phase, at) => ({
    phase,
    startedAt: T0,
    ...(open && at === phases.length - 1 ? {} : { endedAt: T1 }),
  }))
  return { kind, status, lost, workerName: 'backup-1', progress: phases.length > 0 ? { steps } : null }
}
const shape = (one: ReturnType<typeof job>) => stepsOf(one).map(({ phase, state }) => `${phase} ${state}`)

describe('stepsOf', () => {
  it('shows all that is planned while it waits', () => {
    expect(shape(job('QUEUED', [], { kind: 'check' }))).toEqual(['claim todo', 'check todo', 'catalog todo'])
  })

  it('shows where it is and what is to come', () => {
    expect(shape(job('RUNNING', ['claim', 'start', 'copy'], { open: true }))).toEqual([
      'claim done', 'start done', 'copy now', 'wal todo', 'label todo', 'expire todo', 'catalog todo',
    ])
  })

  it('shows where it failed and what it did not reach, also where it went on to the catalog', () => {
    expect(shape(job('FAILED', ['claim', 'start', 'copy']))).toEqual([
      'claim done',
      'start done',
      'copy failed',
      'wal not-reached',
      'label not-reached',
      'expire not-reached',
      'catalog not-reached',
    ])
    expect(shape(job('FAILED', ['claim', 'catalog'])).at(-1)).toBe('catalog failed')
  })

  it('shows the steps that failed, not the last one, where the job went on after a failure', () => {
    const tested = job('FAILED', ['claim', 'write', 'list', 'read', 'delete'], { kind: 'test-repository' })
    const failure = { code: 'repository-not-allowed' as const }
    const steps = tested.progress?.steps.map((step) => (step.phase === 'list' ? { ...step, failure } : step)) ?? []
    expect(shape({ ...tested, progress: { steps } })).toEqual(['claim done', 'write done', 'list failed', 'read done', 'delete done', 'catalog not-reached'])
  })

  it('shows only what was done once it is done', () => {
    expect(shape(job('SUCCEEDED', ['claim', 'check', 'catalog'], { kind: 'check' }))).toEqual([
      'claim done',
      'check done',
      'catalog done',
    ])
  })

  it('keeps steps no plan has, such as the creation of a stanza on first use', () => {
    expect(shape(job('RUNNING', ['claim', 'start', 'stanza', 'start', 'copy'], { open: true })).slice(0, 6)).toEqual([
      'claim done', 'start done', 'stanza done', 'start done', 'copy now', 'wal todo',
    ])
  })

  it('says of a cancelled job where it was stopped, and of a lost one that nobody knows', () => {
    expect(shape(job('CANCELLED', ['claim', 'start', 'copy']))[2]).toBe('copy stopped')
    expect(shape(job('RUNNING', ['claim', 'start', 'copy'], { open: true, lost: true }))[2]).toBe('copy lost')
  })

  it('names the worker that took it', () => {
    expect(stepsOf(job('RUNNING', ['claim'], { open: true }))[0]).toMatchObject({ detail: 'backup-1', endedAt: null })
  })
})
