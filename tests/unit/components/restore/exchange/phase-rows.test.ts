import { describe, expect, it } from 'vitest'
import { phaseChart } from '@/components/restore/exchange/page/phase-rows'
import type { JobPhase, JobStatus } from '@/lib/jobs/schema'
import type { ExchangeKind } from '@/lib/restore/exchange/schema'

const at = (ms: number) => new Date(Date.UTC(2026, 10, 24, 16) + ms)
type Entered = [phase: JobPhase, from: number, to: number | null]

function chart(kind: ExchangeKind, status: JobStatus, entered: Entered[], now: number) {
  const steps = entered.map(([phase, from, to]) => ({ phase, startedAt: at(from), endedAt: to === null ? null : at(to) }))
  return phaseChart({ kind, status, steps }, at(now))
}

describe('the phases of a switch', () => {
  const running = chart('switch', 'RUNNING', [['claim', 0, 100], ['wait', 100, 60_100], ['promote', 60_100, 62_100], ['drain', 62_100, 63_100], ['switch', 63_100, null]], 63_600)

  it('are drawn from where it began to work, however long it waited', () => {
    expect(running.rows.map(({ phase, bar }) => [phase, bar?.from ?? null])).toEqual([
      ['wait', null], ['promote', 0], ['drain', 0.5], ['switch', 0.75], ['archive', null],
    ])
  })

  it('lie behind, are the one it is in, and are to come', () => {
    expect(running.rows.map(({ tense }) => tense)).toEqual(['past', 'past', 'past', 'now', 'future'])
  })

  it('tell how long each took, the waiting too', () => expect(running.rows.map(({ took }) => took)).toEqual([60_000, 2_000, 1_000, 500, null]))
  it('are closed in the exchange alone', () => expect(running.rows.filter(({ isClosed }) => isClosed).map(({ phase }) => phase)).toEqual(['switch']))
  it('show the shop closed up to now', () => expect(running.closed).toEqual({ from: 0.75, to: running.now }))
  it('have a scale of whole steps', () => expect(running.ticks.map(({ ms }) => ms)).toEqual([0, 1_000, 2_000, 3_000, 4_000]))
})

describe('a switch that waits', () => {
  it('has nothing to draw yet, only what is to come', () => {
    const { rows, ticks } = chart('switch', 'RUNNING', [['claim', 0, 10], ['wait', 10, null]], 90_000)
    expect(ticks).toEqual([])
    expect(rows.every(({ bar }) => bar === null)).toBe(true)
  })
})

describe('the phases of one that has ended', () => {
  it('leave out what a success did not need', () => {
    const { rows } = chart('switch', 'SUCCEEDED', [['claim', 0, 10], ['promote', 10, 20], ['drain', 20, 30], ['switch', 30, 430], ['archive', 430, 2_000]], 2_000)
    expect(rows.map(({ phase, tense }) => `${phase} ${tense}`)).toEqual(['promote past', 'drain past', 'switch past', 'archive past'])
  })

  it('show what a failure did not come to', () => {
    const { rows, closed } = chart('undo', 'FAILED', [['claim', 0, 10], ['wait', 10, 20], ['promote', 20, 500]], 90_000)
    expect(rows.map(({ tense }) => tense)).toEqual(['past', 'past', 'future', 'future', 'future'])
    expect(closed).toBeNull()
  })

  it('do not grow with the time since', () => {
    const end: Entered[] = [['claim', 0, 10], ['promote', 10, 20], ['drain', 20, 30], ['switch', 30, 430], ['archive', 430, 2_000]]
    expect(chart('switch', 'SUCCEEDED', end, 9_000_000)).toEqual(chart('switch', 'SUCCEEDED', end, 2_000))
  })
})

describe('a restore in place', () => {
  it('is closed while it restores and replays', () => {
    const { rows, closed } = chart('restore-in-place', 'RUNNING', [
      ['claim', 0, 10], ['plan', 10, 20], ['wait', 20, 30], ['safety', 30, 10_030], ['switch', 10_030, 11_030], ['restore', 11_030, 40_030], ['replay', 40_030, null],
    ], 45_030)
    expect(rows.filter(({ isClosed }) => isClosed).map(({ phase }) => phase)).toEqual(['switch', 'restore', 'replay'])
    expect(closed).toEqual({ from: 0.2, to: 0.9 })
  })
})
