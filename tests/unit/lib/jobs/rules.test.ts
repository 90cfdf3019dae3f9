import { describe, expect, it } from 'vitest'
import { canRetry, exclusiveKinds, isBarred, measureOf, targetOf } from '@/lib/jobs/rules'
import { type JobKind, jobKinds } from '@/lib/jobs/schema'

describe('run again', () => {
  it.each(jobKinds)('a failed or cancelled %s, unless it exchanges the shop', (kind) => {
    const may = !['switch', 'undo', 'restore-in-place'].includes(kind)
    expect(canRetry({ kind, status: 'FAILED' })).toBe(may)
    expect(canRetry({ kind, status: 'CANCELLED' })).toBe(may)
    expect(canRetry({ kind, status: 'SUCCEEDED' })).toBe(false)
    expect(canRetry({ kind, status: 'RUNNING' })).toBe(false)
  })
})

describe('what has to end first', () => {
  it.each<[JobKind, JobKind, boolean]>([
    ['backup', 'check', true],
    ['switch', 'rehearse', true],
    ['backup', 'rehearse', false],
    // A switch begins, and waits for the backup within itself.
    ['switch', 'backup', false],
    ...exclusiveKinds.map((kind): [JobKind, JobKind, boolean] => ['backup', kind, true]),
  ])('%s behind %s: %s', (waiting, running, expected) => expect(isBarred(waiting, running)).toBe(expected))
})

describe('the point a job is about', () => {
  const target = { type: 'latest' } as const
  it.each([
    [{ kind: 'rehearse', wish: { target } } as const, target],
    [{ kind: 'restore-in-place', wish: { target } } as const, target],
    [{ kind: 'restore-point', name: 'before stocktaking' } as const, { type: 'name', name: 'before stocktaking' }],
    [{ kind: 'undo', cluster: 'c1' } as const, null],
  ])('%o', (request, expected) => expect(targetOf(request)).toEqual(expected))
})

describe('what progress is about', () => {
  const replayedAt = new Date('2026-11-24T13:03:21Z')
  const none = { percent: null, replayedAt: null }
  it.each([
    ['a backup up to its end', { kind: 'backup', phase: 'expire', percent: 100, replayedAt: null } as const, 'backup'],
    ['a backup that has not begun to copy', { kind: 'backup', phase: 'start', ...none } as const, null],
    ['files that are restored', { kind: 'rehearse', phase: 'restore', percent: 12, replayedAt: null } as const, 'restore'],
    ['replay, whatever the copy left behind', { kind: 'rehearse', phase: 'replay', percent: 100, replayedAt } as const, 'replay'],
    ['replay of which nothing is known yet', { kind: 'rehearse', phase: 'replay', percent: 100, replayedAt: null } as const, null],
    ['nothing, once replay is over', { kind: 'rehearse', phase: 'ready', percent: 100, replayedAt } as const, null],
    ['the safety backup', { kind: 'restore-in-place', phase: 'copy', percent: 40, replayedAt: null } as const, 'backup'],
    ['nothing, while the shop is closed', { kind: 'restore-in-place', phase: 'switch', percent: 100, replayedAt: null } as const, null],
    ['tables that are compared', { kind: 'compare', phase: 'compare', percent: 40, replayedAt: null } as const, 'share'],
  ])('%s', (_, progressed, expected) => expect(measureOf(progressed)).toBe(expected))
})
