import { describe, expect, it } from 'vitest'
import { cellText } from '@/components/restore/rehearsal/cells'
import { estimateOf } from '@/components/restore/estimate'
import { moneyText } from '@/components/restore/rehearsal/money'

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
  const rates = { restoreRate: 100_000_000, replayRate: 4, startMs: 2_000, checkMs: 9_000, downtimeMs: null, samples: 3 }

  it('comes from what past rehearsals took', () => {
    expect(estimateOf({ databaseSize: 3_000_000_000, segments: 40 }, rates)).toEqual({
      copy: 30_000, start: 2_000, replay: 10_000, check: 9_000, total: 51_000, samples: 3,
    })
  })

  it('is not made up before the first, nor for a replay that was never measured', () => {
    expect(estimateOf({ databaseSize: 1, segments: 1 }, { ...rates, restoreRate: null })).toBeNull()
    expect(estimateOf({ databaseSize: 100_000_000, segments: 40 }, { ...rates, replayRate: null, startMs: null, checkMs: null })).toMatchObject({
      start: 0, replay: 0, check: 0, total: 1_000,
    })
  })
})

it('a value is shown as text, and cut where it is long', () => {
  expect([null, undefined, '', 0, false, ['a'], { a: 1 }].map(cellText)).toEqual([null, null, '', '0', 'false', '["a"]', '{"a":1}'])
  expect(cellText('x'.repeat(500))).toBe(`${'x'.repeat(120)}…`)
})
