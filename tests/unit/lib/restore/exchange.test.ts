import { describe, expect, it } from 'vitest'
import type { Comparison, TableDifference } from '@/lib/restore/comparison/schema'
import { addTallies, changesOf, closedSpan, countUp, pointOf, shopAfter, standingOf } from '@/lib/restore/exchange/rules'
import type { Step } from '@/lib/restore/exchange/schema'
import type { FailureCode, JobPhase } from '@/lib/jobs/schema'

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 16, 0, second))
/** One a second, the last still open */
const steps = (...phases: JobPhase[]): Step[] =>
  phases.map((phase, n) => ({ phase, startedAt: at(n), endedAt: n === phases.length - 1 ? null : at(n + 1) }))
const ended = (...phases: JobPhase[]): Step[] => phases.map((phase, n) => ({ phase, startedAt: at(n), endedAt: at(n + 1) }))

describe('how an exchange stands', () => {
  it.each([
    ['waits', 'QUEUED', [], 'queued'],
    ['is prepared while the shop is open', 'RUNNING', ['claim', 'wait', 'promote', 'drain'], 'preparing'],
    ['has the shop closed', 'RUNNING', ['claim', 'drain', 'switch'], 'closed'],
    ['of a restore in place has it closed longer', 'RUNNING', ['claim', 'safety', 'switch', 'restore', 'replay'], 'closed'],
    ['has opened it again', 'RUNNING', ['claim', 'switch', 'archive'], 'open-again'],
    ['is done', 'SUCCEEDED', ['claim', 'switch', 'archive'], 'done'],
    ['has failed', 'FAILED', ['claim', 'switch'], 'failed'],
    ['was cancelled', 'CANCELLED', ['claim'], 'cancelled'],
  ] as const)('%s', (_, status, phases, expected) => expect(standingOf({ status, steps: steps(...phases) })).toBe(expected))

  it('is not done because all its phases are over: the result says so', () => {
    expect(standingOf({ status: 'RUNNING', steps: ended('claim', 'switch', 'archive') })).toBe('open-again')
  })
})

describe('the time the shop is closed', () => {
  it('has not begun before it is taken away', () => expect(closedSpan(steps('claim', 'promote', 'drain'))).toBeNull())
  it('has no end while it is', () => expect(closedSpan(steps('drain', 'switch'))).toEqual({ from: at(1), to: null }))
  it('ends when its new timeline is archived', () => {
    expect(closedSpan(steps('switch', 'restore', 'replay', 'archive'))).toEqual({ from: at(0), to: at(3) })
  })
  it('ends with a job that failed', () => expect(closedSpan(ended('drain', 'switch'))).toEqual({ from: at(1), to: at(2) }))
})

describe('the shop after an exchange that failed', () => {
  const after = (kind: 'switch' | 'undo' | 'restore-in-place', code: FailureCode, ...phases: JobPhase[]) =>
    shopAfter({ kind, status: 'FAILED', steps: ended(...phases), failure: { code } })

  it.each([
    ['switch', 'archive-behind-switch', ['claim', 'promote', 'drain'], 'before'],
    ['switch', 'queue-expired', [], 'before'],
    ['switch', 'switch-refused', ['drain', 'switch'], 'before'],
    ['undo', 'switch-rolled-back', ['drain', 'switch'], 'before'],
    ['switch', 'switch-interrupted', ['drain', 'switch'], 'before'],
    ['switch', 'switch-stuck', ['drain', 'switch'], 'unknown'],
    ['switch', 'internal', ['drain', 'switch'], 'unknown'],
    ['switch', 'internal', ['drain', 'switch', 'archive'], 'after'],
    ['restore-in-place', 'disk-short', ['claim', 'plan', 'wait'], 'before'],
    ['restore-in-place', 'wal-missing', ['safety', 'switch', 'restore'], 'before'],
    ['restore-in-place', 'in-place-incomplete', ['safety', 'switch', 'restore'], 'closed'],
    ['restore-in-place', 'outcome-unknown', ['safety', 'switch', 'restore', 'replay'], 'unknown'],
  ] as const)('%s, %s after %j: %s', (kind, code, phases, expected) => expect(after(kind, code, ...phases)).toBe(expected))
})

describe('the point an exchange goes to', () => {
  it('is the moment that was asked for', () => {
    expect(pointOf({ type: 'time', at: '2026-11-24T13:03:21.5Z' }, null).at).toEqual(new Date('2026-11-24T13:03:21.5Z'))
  })
  it('is the mark that the newest moment turned out to be', () => {
    expect(pointOf({ type: 'latest' }, { time: '2026-11-24T13:03:21Z' }).at).toEqual(new Date('2026-11-24T13:03:21Z'))
  })
  it('is no moment where it is a backup', () => {
    expect(pointOf({ type: 'set', label: '20261124-010003F' }, { time: null })).toEqual({ at: null, target: { type: 'set', label: '20261124-010003F' } })
  })
})

const table = (name: string, lost: number, returns: number, more: Partial<TableDifference> = {}) =>
  ({ schema: 'public', name, lost, returns, changed: 0, isCapped: false, ...more }) as TableDifference
const numbers = { newestSaleAt: '2026-11-24T15:59:30.000Z' }
const compared = (shop: boolean, ...tables: TableDifference[]) => changesOf({
  comparedAt: '2026-11-24T16:00:00.000Z', tables,
  shop: shop ? { then: numbers, now: numbers, lostSales: { count: 37, takings: '412300' }, returningSales: { count: 1, takings: '900' } } : null,
} as unknown as Comparison)

describe('what a switch changes', () => {
  it('is told in sales where the shop has them, and of the rest by table, the most first', () => {
    const { behind, back } = compared(true, table('Sale', 37, 1), table('SaleItem', 90, 2), table('deshelvings', 1, 0), table('Product', 2, 3, { isCapped: true }))
    expect(behind.sales).toEqual({ count: 37, takings: '412300' })
    expect(behind.rows).toEqual([{ table: 'Product', count: 2, isCapped: true }, { table: 'deshelvings', count: 1, isCapped: false }])
    expect(back.rows).toEqual([{ table: 'Product', count: 3, isCapped: true }])
  })

  it('is told in rows of whatever there is, where it is no shop', () => {
    const { behind } = compared(false, table('Sale', 2, 0), table('audit_logs', 5, 0))
    expect(behind).toEqual({
      sales: null, rows: [{ table: 'audit_logs', count: 5, isCapped: false }, { table: 'Sale', count: 2, isCapped: false }],
    })
  })

  it('counts on from the last sale that was counted, not from when that was', () => {
    expect(compared(true).countedTo).toEqual(new Date('2026-11-24T15:59:30Z'))
    expect(compared(false).countedTo).toEqual(new Date('2026-11-24T16:00:00Z'))
  })

  it('adds what was sold since, to the cent', () => {
    expect(addTallies({ count: 2, takings: '0.10' }, { count: 1, takings: '0.2' })).toEqual({ count: 3, takings: '0.3' })
    expect(addTallies({ count: 2, takings: '10' }, null)).toEqual({ count: 2, takings: '10' })
  })
})

describe('what an exchange took', () => {
  const closed = new Date('2026-11-24T16:16:02.100Z')
  const gone = { sales: { count: 1, takings: '100' }, products: 1, people: 2 }

  it('is what was compared and what came to it until the shop closed', () => {
    const counted = countUp(compared(true, table('Product', 1, 3), table('deshelvings', 4, 5)), { at: closed, sold: { count: 2, takings: '0.5' }, gone })
    expect(counted).toMatchObject({ countedAt: closed, comparedAt: new Date('2026-11-24T16:00:00Z') })
    expect(counted.behind).toEqual({
      sales: { count: 39, takings: '412300.5' },
      rows: [{ table: 'deshelvings', count: 4, isCapped: false }, { table: 'Product', count: 1, isCapped: false }],
    })
    expect(counted.back).toEqual({
      sales: { count: 2, takings: '1000' },
      rows: [
        { table: 'deshelvings', count: 5, isCapped: false }, { table: 'Product', count: 4, isCapped: false }, { table: 'User', count: 2, isCapped: false },
      ],
    })
  })

  it('is sales, products and people alone where nothing was compared', () => {
    expect(countUp(null, { at: closed, sold: { count: 2, takings: '200' }, gone: { ...gone, people: 0 } })).toEqual({
      countedAt: closed, comparedAt: null, behind: { sales: { count: 2, takings: '200' }, rows: [] },
      back: { sales: { count: 1, takings: '100' }, rows: [{ table: 'Product', count: 1, isCapped: false }] },
    })
  })

  it('leaves open what came back where that is not known', () => {
    expect(countUp(null, { at: closed, sold: { count: 0, takings: '0' }, gone: null }).back).toBeNull()
    expect(countUp(compared(true), { at: closed, sold: { count: 0, takings: '0' }, gone: null }).back?.sales).toEqual({ count: 1, takings: '900' })
  })
})
