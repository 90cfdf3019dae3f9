import { describe, expect, it } from 'vitest'
import { cellText, changedColumns, columnsOf, rowName } from '@/components/restore/cells'
import { estimateOf } from '@/components/restore/estimate'
import { moneyText } from '@/components/restore/money'

describe('money', () => {
  const naira = { code: 'NGN', symbol: '₦' }
  it.each([
    ['412300', '₦412,300'],
    ['412300.00', '₦412,300'],
    ['38.5', '₦38.50'],
    ['0', '₦0'],
    ['-1250.75', '−₦1,250.75'],
  ])('%s is %s', (amount, text) => {
    expect(moneyText(amount, naira, 'en')).toBe(text)
  })

  it('is named by its code where it has no symbol', () => {
    expect(moneyText('7', { code: 'XAF', symbol: '' }, 'en')).toBe('XAF\u00a07')
  })
})

describe('an estimate', () => {
  const rates = { restoreRate: 100_000_000, replayRate: 4, downtimeMs: null, samples: 3 }

  it('comes from what past rehearsals took', () => {
    expect(estimateOf({ databaseSize: 3_000_000_000, segments: 40 }, rates)).toEqual({
      copy: 30_000, replay: 10_000, total: 40_000, samples: 3,
    })
  })

  it('is not made up before the first, nor for a replay that was never measured', () => {
    expect(estimateOf({ databaseSize: 1, segments: 1 }, { ...rates, restoreRate: null })).toBeNull()
    expect(estimateOf({ databaseSize: 100_000_000, segments: 40 }, { ...rates, replayRate: null })).toMatchObject({
      replay: 0, total: 1_000,
    })
  })
})

describe('rows', () => {
  const then = { id: 7, name: 'Indomie Chicken 70 g', price: '250.00', tags: ['noodles'], deletedAt: null }
  const now = { ...then, price: '300.00', deletedAt: '2026-11-24T13:03:22Z' }
  const columns = ['name', 'id', 'price', 'tags', 'deletedAt']

  it('show their key first, then the table’s own order', () => {
    expect(columnsOf({ key: ['id'], columns })).toEqual(['id', 'name', 'price', 'tags', 'deletedAt'])
  })

  it('show of a change only what differs', () => {
    expect(changedColumns({ then, now }, columns)).toEqual(['price', 'deletedAt'])
    expect(rowName(then, ['id', 'deletedAt'])).toBe('7, NULL')
  })

  it('show values as text, and cut long ones', () => {
    expect([null, undefined, '', 0, false, ['a'], { a: 1 }].map(cellText)).toEqual([
      null, null, '', '0', 'false', '["a"]', '{"a":1}',
    ])
    expect(cellText('x'.repeat(500))).toBe(`${'x'.repeat(120)}…`)
  })
})
