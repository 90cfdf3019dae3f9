import { describe, expect, it } from 'vitest'
import { columnsOf, changedColumns, keyOf, rowName, shownColumns, sortOfCell, toldColumns } from '@/components/restore/rehearsal/cells'
import { cumulative, lineOf } from '@/components/restore/rehearsal/day'
import { moveEstimate } from '@/components/restore/rehearsal/move'
import { rightSale, sameSchema, shopChecks, soundness } from '@/components/restore/rehearsal/proofs'
import { choiceId, countChildren, withoutConflicts } from '@/components/restore/rescue/choice'
import { isRescuable, mayHideRows, pgTime } from '@/lib/restore/comparison/rules'
import type { Comparison, DifferenceRow, TableDifference } from '@/lib/restore/comparison/schema'
import type { Conflict, RescueStep } from '@/lib/restore/rescue/schema'
import type { RestorePlan } from '@/lib/restore/schema'

const milk = { id: 'p1', name: 'Peak Evaporated Milk 160 g', price: 850, quantity: 141, deletedAt: null, updatedAt: '2026-11-24 08:00:00' }
const row = (part: Partial<DifferenceRow>): DifferenceRow => ({ ordinal: 0, sort: 'changed', then: null, now: null, names: {}, ...part })
const table = (part: Partial<TableDifference> = {}): TableDifference => ({
  schema: 'public', name: 'Product', columns: Object.keys(milk), key: ['id'], rowsThen: 9, rowsNow: 9, lost: 0, returns: 1, changed: 0,
  isCapped: false, skipped: null, reason: null, samples: 1, ...part,
})

describe('a row', () => {
  const then = { id: 7, name: 'Indomie Chicken 70 g', price: '250.00', tags: ['noodles'], deletedAt: null }
  const now = { ...then, price: '300.00', deletedAt: '2026-11-24 13:03:22' }
  const columns = ['name', 'id', 'price', 'tags', 'deletedAt']

  it('shows its key first, then the table’s own order', () => {
    expect(columnsOf({ key: ['id'], columns })).toEqual(['id', 'name', 'price', 'tags', 'deletedAt'])
  })

  it('tells of a change only what differs, of a row that one side lacks all that it holds', () => {
    expect(changedColumns(row({ then, now }), columns)).toEqual(['price', 'deletedAt'])
    expect(changedColumns(row({ then }), columns)).toEqual(['name', 'id', 'price', 'tags'])
  })

  it('is silent about when it was written, unless nothing else differs', () => {
    const later = { ...milk, updatedAt: '2026-11-24 09:00:00' }
    expect(toldColumns(row({ then: milk, now: { ...later, price: 900 } }), Object.keys(milk))).toEqual(['price'])
    expect(toldColumns(row({ then: milk, now: later }), Object.keys(milk))).toEqual(['updatedAt'])
  })

  it('is called by its name, by what it is about, or by its key', () => {
    expect(rowName(row({ then, now: { ...now, name: 'Indomie Chicken' } }), ['id'])).toBe('Indomie Chicken')
    expect(rowName(row({ now: { id: 'i1', productId: 'p1' }, names: { productId: 'Lux Soap' } }), ['id'])).toBe('Lux Soap')
    expect(rowName(row({ now: { shop: 4, product: null } }), ['shop', 'product'])).toBe('4, NULL')
  })

  it('is asked for by its key as PostgreSQL prints it', () => {
    expect(keyOf({ shop: 4, code: 'a', other: 1 }, ['shop', 'code'])).toEqual({ shop: '4', code: 'a' })
  })
})

describe('the columns side by side', () => {
  it('are those that people know, where the table has them', () => {
    expect(shownColumns(table(), [])).toEqual(['price', 'quantity', 'deletedAt'])
    expect(shownColumns(table({ columns: ['id', 'price'] }), [])).toEqual(['price'])
  })

  it('are those that differ most, in the table’s order, in a table nobody knows', () => {
    const other = table({ schema: 'till', name: 'drawer', columns: ['id', 'a', 'b', 'c', 'd', 'e', 'name', 'updatedAt'] })
    const drawer = { id: 1, a: 1, b: 1, c: 1, d: 1, e: 1, name: 'x', updatedAt: 'x' }
    const rows = [row({ then: drawer, now: { ...drawer, e: 2, updatedAt: 'y' } }), row({ then: drawer, now: { ...drawer, e: 2, c: 2 } })]
    expect(shownColumns(other, rows)).toEqual(['a', 'b', 'c', 'e'])
  })

  it('are said as money, time, or what a mark means', () => {
    expect(sortOfCell('Product', 'price', 850)).toBe('money')
    expect(sortOfCell('drawer', 'price', 850)).toBe('text')
    expect(sortOfCell('Product', 'deletedAt', null)).toBe('mark')
    expect(sortOfCell('drawer', 'opened', '2026-11-24 13:03:22.5')).toBe('time')
  })
})

it.each([
  ['2026-11-24 13:03:22.125', '2026-11-24T13:03:22.125Z'],
  ['2026-11-24 13:03:22+00', '2026-11-24T13:03:22.000Z'],
  ['2026-11-24 13:03:22+05:30', '2026-11-24T07:33:22.000Z'],
  ['2026-11-24', null],
  ['infinity', null],
  [12, null],
])('%s is the time %s', (text, at) => {
  expect(pgTime(text)?.toISOString() ?? null).toBe(at)
})

describe('what can be rescued', () => {
  it('is a row with a key, in a table that both sides have and that is no bookkeeping', () => {
    expect(isRescuable(table())).toBe(true)
    expect(isRescuable(table({ key: [] }))).toBe(false)
    expect(isRescuable(table({ rowsNow: null }))).toBe(false)
    expect(isRescuable(table({ skipped: 'timeout' }))).toBe(false)
    expect(isRescuable(table({ name: 'audit_logs' }))).toBe(false)
    expect(isRescuable(table({ schema: 'other', name: 'audit_logs' }))).toBe(true)
  })

  it('may be more than was counted', () => {
    expect(mayHideRows({ tables: [table(), table({ skipped: 'unlogged' }), table({ name: 'audit_logs', isCapped: true })] })).toBe(false)
    expect(mayHideRows({ tables: [table({ isCapped: true })] })).toBe(true)
    expect(mayHideRows({ tables: [table({ skipped: 'locked', returns: 0 })] })).toBe(true)
  })
})

describe('the day as a line', () => {
  const minute = 60_000
  const bars: [number, number, number][] = [[0, 2, 900], [10 * minute, 1, 100], [20 * minute, 3, 2_000]]
  const to = 25 * minute

  it('sums up what was sold, each bin from where it ends', () => {
    expect(cumulative(bars, { bin: 600, to }, 'sales')).toEqual([
      { at: 10 * minute, value: 2 }, { at: 20 * minute, value: 3 }, { at: to, value: 6 },
    ])
    expect(cumulative(bars, { bin: 600, to }, 'takings').at(-1)).toEqual({ at: to, value: 3_000 })
  })

  it('is cut in two at the moment, on one axis', () => {
    const frame = { from: 0, to, moment: 20 * minute, width: 250, height: 60 }
    expect(lineOf(cumulative(bars, { bin: 600, to }, 'sales'), frame)).toEqual({
      before: 'M0 60H100V40H200V30H200', after: 'M200 30H250V0H250', momentX: 200,
    })
    expect(lineOf([], frame)).toEqual({ before: 'M0 60H200', after: 'M200 60H250', momentX: 200 })
  })
})

describe('a move', () => {
  const plan: RestorePlan = {
    target: { type: 'latest' }, repo: 1, label: '20261124-010003F', chain: [], timeline: 1, time: null, segments: 40,
    databaseSize: 1_000_000_000, isOnLiveLineage: true,
  }
  const past = { restoreRate: 100_000_000, replayRate: 4, startMs: 1_500, checkMs: 4_000, downtimeMs: null, samples: 6 }

  it('to later replays only what lies between', () => {
    expect(moveEstimate({ plan }, { ...plan, segments: 42 }, 1_000, past)).toEqual({ way: 'later', ms: 2_000 })
  })

  it('to earlier, or to another timeline, takes as long as making it anew at most', () => {
    const anew = 10_000 + 1_500 + 10_000 + 4_000
    expect(moveEstimate({ plan }, plan, -1_000, past)).toEqual({ way: 'earlier', ms: anew })
    expect(moveEstimate({ plan }, { ...plan, timeline: 2 }, 1_000, past)).toEqual({ way: 'earlier', ms: anew })
  })

  it('is not measured before the first rehearsal', () => {
    const none = { restoreRate: null, replayRate: null, startMs: null, checkMs: null, downtimeMs: null, samples: 0 }
    expect(moveEstimate({ plan }, plan, 1_000, none)).toEqual({ way: 'later', ms: null })
    expect(moveEstimate({ plan }, plan, -1_000, none)).toEqual({ way: 'earlier', ms: null })
  })
})

describe('a proof', () => {
  const shop = (newestSaleAt: string | null) => ({ shop: { then: { newestSaleAt } } }) as unknown as Pick<Comparison, 'shop'>
  const moment = new Date('2026-11-24T13:03:21Z')
  const amcheck = (status: 'ok' | 'damaged' | 'skipped') => ({ amcheck: { status, relations: 9, problems: [], reason: null, took: 1 } })

  it('of the right sale holds while the newest one lies before the moment', () => {
    expect(rightSale(shop('2026-11-24T13:02:58.000Z'), moment)).toBe('ok')
    expect(rightSale(shop('2026-11-24T13:03:49.000Z'), moment)).toBe('found')
    expect(rightSale(shop(null), moment)).toBe('unknown')
    expect(rightSale({ shop: null }, moment)).toBe('unknown')
  })

  it('of soundness waits for the check, and is none without it', () => {
    expect([soundness({ amcheck: null }, true), soundness({ amcheck: null }, false)]).toEqual(['pending', 'unknown'])
    expect((['ok', 'damaged', 'skipped'] as const).map((status) => soundness(amcheck(status), false))).toEqual(['ok', 'found', 'unknown'])
  })

  it('of the schema is none where something could not be read', () => {
    const definition = { kind: 'column', name: 'Product.gtin', side: 'only-now' as const, then: null, now: 'text' }
    expect(sameSchema({ definitions: [], unread: ['shop'] })).toBe('ok')
    expect(sameSchema({ definitions: [], unread: ['index'] })).toBe('unknown')
    expect(sameSchema({ definitions: [definition], unread: ['index'] })).toBe('found')
  })

  it('of the shop’s rules counts what breaks one, and claims nothing of those not counted', () => {
    const checks = (...found: (number | null)[]) => ({ checks: found.map((count) => ({ name: 'negative-stock' as const, found: count })) })
    expect(shopChecks(checks(0, 0), false)).toBe('ok')
    expect(shopChecks(checks(0, null), false)).toBe('unknown')
    expect(shopChecks(checks(null, 2), false)).toBe('found')
    expect(shopChecks(checks(), false)).toBe('unknown')
    expect(shopChecks({ checks: null }, true)).toBe('pending')
  })
})

describe('a rescue', () => {
  const choice = (id: string) => ({ schema: 'public', table: 'Product', key: { id } })
  const conflict = (chosen: number[]): Conflict => ({ ...choice('x'), code: 'unique-taken', name: 'x', chosen, columns: [], holder: null, reason: null })

  it('leaves out what cannot come back, also where another row is in the way of it', () => {
    const rows = ['a', 'b', 'c', 'd'].map(choice)
    expect(withoutConflicts(rows, [conflict([0, 2]), conflict([2])])).toEqual([choice('b'), choice('d')])
    expect(withoutConflicts(rows, [conflict([])])).toEqual(rows)
  })

  it('knows a row by its key in whatever order', () => {
    const key = { shop: '1', code: 'a' }
    expect(choiceId({ ...choice('a'), key })).toBe(choiceId({ ...choice('a'), key: { code: 'a', shop: '1' } }))
    expect(choiceId(choice('a'))).not.toBe(choiceId(choice('b')))
  })

  it('counts what came along without a name', () => {
    const step = (table: string, why: RescueStep['why']): RescueStep => ({ ...choice('a'), table, how: 'insert', name: 'a', why })
    expect(countChildren([step('Sale', 'chosen'), step('SaleItem', 'child'), step('User', 'parent'), step('SaleItem', 'child')])).toEqual([['SaleItem', 2]])
  })
})
