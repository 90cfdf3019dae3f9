import { describe, expect, it } from 'vitest'
import { blockedReason } from '@/components/restore/blocked'
import { phaseViews } from '@/components/restore/rehearsal/phases'
import type { AskedPlan } from '@/components/restore/restore-query'
import type { DraftRead } from '@/components/restore/target-draft'
import type { RestorePlan } from '@/lib/restore/schema'
import { clusterJob, restoreView } from './view'

const plan = { target: { type: 'latest' } } as RestorePlan
const wished: DraftRead = { wish: { target: { type: 'latest' } }, problem: null }
const details = { chain: [], from: null, to: null, needed: 0, free: null }
const answered: AskedPlan = { answer: { plan, details }, last: null, isAsking: true, isError: false }
const view = restoreView()
const reason = (read: DraftRead, asked: AskedPlan) => blockedReason({ mayDo: true, view, target: { read, asked } })?.code

describe('why something cannot be asked for', () => {
  it('is nothing when all is well', () => {
    expect(reason(wished, answered)).toBeUndefined()
    expect(blockedReason({ mayDo: true, view })).toBeNull()
  })

  it('is the role before anything that would pass', () => {
    expect(blockedReason({ mayDo: false, view: restoreView({ isWorkerAlive: false }) })).toEqual({ code: 'role' })
  })

  it('names the job that is under way', () => {
    const job = clusterJob({ kind: 'switch' })
    expect(blockedReason({ mayDo: true, view: restoreView({ jobs: [job] }) })).toEqual({ code: 'job', job })
  })

  it.each(['rescue', 'undo-rescue'] as const)('is a %s: it changes the shop that somebody else looks at', (kind) => {
    const job = clusterJob({ kind, status: 'QUEUED' })
    expect(blockedReason({ mayDo: true, view: restoreView({ jobs: [clusterJob({ kind: 'compare' }), job] }) })).toEqual({ code: 'job', job })
  })

  it('is nothing that only looks, and no restore point', () => {
    const jobs = [clusterJob({ kind: 'compare' }), clusterJob({ kind: 'plan-rescue' }), clusterJob({ kind: 'restore-point', status: 'QUEUED' })]
    expect(blockedReason({ mayDo: true, view: restoreView({ jobs }) })).toBeNull()
  })

  it('is that nobody would do it', () => {
    expect(blockedReason({ mayDo: true, view: restoreView({ isWorkerAlive: false }) })).toEqual({ code: 'worker' })
    expect(blockedReason({ mayDo: true, lost: true, view: restoreView({ isWorkerAlive: false }) })).toEqual({ code: 'lost' })
  })

  it('is what is not known of the way there', () => {
    expect(reason({ wish: null, problem: null }, answered)).toBe('target')
    expect(reason(wished, { ...answered, answer: null })).toBe('asking')
    expect(reason(wished, { ...answered, answer: null, isError: true })).toBe('unread')
    expect(reason(wished, { ...answered, answer: { refusal: { code: 'no-set', params: {} } } })).toBe('unreachable')
  })
})

describe('the phases of a job', () => {
  it('lie behind and before the one it is in', () => {
    expect(phaseViews(clusterJob({ phase: 'restore' })).map(({ phase, tense }) => `${phase} ${tense}`)).toEqual([
      'claim past', 'plan past', 'disk past', 'restore now', 'replay future', 'ready future',
    ])
  })

  it('leave out what it skipped', () => {
    const moved = clusterJob({ phase: 'replay', entered: ['claim', 'plan', 'replay'] })
    expect(phaseViews(moved).map(({ phase, tense }) => `${phase} ${tense}`)).toEqual([
      'claim past', 'plan past', 'replay now', 'ready future',
    ])
  })

  it('are all to come while it waits', () => {
    expect(phaseViews(clusterJob({ status: 'QUEUED', phase: null })).every(({ tense }) => tense === 'future')).toBe(true)
  })
})
