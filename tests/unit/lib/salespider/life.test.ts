import { describe, expect, it } from 'vitest'
import { priceChanged, productCreated, productDeleted, productRestored, restocked, userCreated, userLeft, deshelved } from '@/demo/audit'
import { type AuditRow, justBefore, kindOf, patternsOf, quietSpan, toShopEvent } from '@/lib/salespider/life/events/rules'
import { holdsFor, keep } from '@/lib/salespider/life/memory/rules'
import { partsSince, sumOf, worstOf } from '@/lib/salespider/life/rules'
import { toTables } from '@/lib/salespider/life/tables/rules'

const now = new Date('2026-11-24T13:26:08Z')
const ada = { id: 'u1', email: 'ada@shop.example' }
const row = (given: Partial<Omit<AuditRow, 'newValues'>> & { newValues?: unknown }): AuditRow => ({
  id: 'e1', at: now, entityType: 'PRODUCT', entityId: 'p1', action: 'UPDATE', changes: null, oldValues: null, metadata: null,
  userId: 'u1', userEmail: 'ada@shop.example', personName: null, entityName: null, earlierName: null, earlierPrice: null,
  ...given, newValues: (given.newValues ?? null) as AuditRow['newValues'],
})
/** As they come out of the database */
const written = (entry: object) => row(JSON.parse(JSON.stringify(entry)) as Partial<AuditRow>)
const product = {
  id: 'p1', name: 'Fanta', description: '', category: 'OTHERS', price: 300, quantity: 20, lowStockMargin: 5, gtin: '', createdAt: now, updatedAt: now, deletedAt: null,
}
const user = { ...ada, username: 'ada', name: 'Ada', password: '', role: 'MANAGER' as const, status: 'ACTIVE' as const, createdAt: now, updatedAt: now, deletedAt: null }
const loss = { id: 'd1', productId: 'p1', quantity: 3, reason: 'DAMAGED', description: 'fell', managerId: 'u1', createdAt: now, updatedAt: now }

describe('what SaleSpider writes', () => {
  it.each([
    ['product-created', productCreated(product, ada)],
    ['product-repriced', priceChanged('p1', 350, ada)],
    ['product-restocked', restocked('p1', 24, ada)],
    ['product-deleted', productDeleted('p1', now, ada)],
    ['product-restored', productRestored('p1', ada)],
    ['deshelved', deshelved(loss, product, ada)],
    ['user-created', userCreated(user, ada)],
    ['user-changed', userLeft('u1', ada)],
  ] as const)('is %s', (kind, entry) => expect(kindOf(written(entry))).toBe(kind))

  it.each([
    ['product-deleted', { action: 'DELETE' }],
    ['product-deleted', { newValues: { deletedAt: '2026-11-24T13:00:00Z' } }],
    ['product-restored', { newValues: { deletedAt: null } }],
    ['product-restored', { action: 'RESTORE' }],
    ['user-deleted', { entityType: 'USER', metadata: { action: 'soft_delete' } }],
    ['user-restored', { entityType: 'USER', metadata: { action: 'restore' } }],
    ['product-changed', { newValues: { name: 'Fanta', price: 300, quantity: 20 } }],
    ['product-repriced', { newValues: { name: 'Fanta', price: 350 }, oldValues: { name: 'Fanta', price: 300 } }],
    ['product-changed', { newValues: { name: 'Fanta 50 cl', price: 300 }, oldValues: { name: 'Fanta', price: '300.00' } }],
    ['product-restocked', { newValues: { quantity: 30 }, oldValues: { quantity: 20 } }],
    ['product-changed', { newValues: { quantity: 20 }, oldValues: { quantity: 30 } }],
    ['product-changed', { newValues: null }],
    ['product-changed', { newValues: ['odd'] }],
    ['deshelved', { action: 'DESHELVE' }],
    ['other', { action: 'MERGE' }],
    ['other', { entityType: 'SUPPLIER', action: 'DELETE' }],
  ] as const)('in another version is %s: %j', (kind, given) => expect(kindOf(row(given as Partial<AuditRow>))).toBe(kind))
})

describe('an event', () => {
  const event = (given: Parameters<typeof row>[0]) => toShopEvent(row(given), false)

  it('says by name who did it, also where SaleSpider signs as "system"', () => {
    expect(event({ userEmail: 'system', personName: 'Ada Okafor' }).who).toBe('Ada Okafor')
    expect(event({}).who).toBe('ada@shop.example')
    expect(event({ userEmail: 'system' }).who).toBe('u1')
    expect(event({ userEmail: 'system', userId: null }).who).toBe('system')
    expect(event({ userEmail: null, userId: null }).who).toBe('')
  })

  it('says by name what it is about: as the shop calls it, else as the log does, else its id', () => {
    expect(event({ entityName: 'Fanta', newValues: { name: 'Cola' } }).what).toBe('Fanta')
    expect(event({ newValues: { name: 'Cola' }, earlierName: 'Pepsi' }).what).toBe('Cola')
    expect(event({ oldValues: { name: 'Cola' } }).what).toBe('Cola')
    expect(event({ changes: { name: { from: 'Cola', to: 'Fanta' } } }).what).toBe('Fanta')
    expect(event({ changes: { productName: 'Fanta' } }).what).toBe('Fanta')
    expect(event({ earlierName: 'Pepsi' }).what).toBe('Pepsi')
    expect(event({}).what).toBe('p1')
  })

  it('has the details of its kind', () => {
    expect(event({ newValues: { price: 350 }, earlierPrice: '300' }).detail).toEqual({ from: '300', to: '350' })
    expect(event({ newValues: { price: 350 } }).detail).toEqual({ from: null, to: '350' })
    expect(event({ newValues: { quantity: '+24' } }).detail).toEqual({ quantity: 24 })
    expect(toShopEvent(written(deshelved(loss, product, ada)), false).detail).toEqual({ quantity: 3, reason: 'DAMAGED' })
    expect(event({ entityType: 'SUPPLIER', action: 'DELETE' }).detail).toEqual({ reason: 'DELETE' })
  })
})

describe('just before', () => {
  const at = Date.parse('2026-11-24T14:03:22.417Z')
  it('is the whole second before', () => {
    expect(new Date(justBefore(at, false)).toISOString()).toBe('2026-11-24T14:03:21.000Z')
    expect(new Date(justBefore(Date.parse('2026-11-24T14:03:22Z'), false)).toISOString()).toBe('2026-11-24T14:03:21.000Z')
  })

  it('is one millisecond before where a sale lies between', () => {
    expect(new Date(justBefore(at, true)).toISOString()).toBe('2026-11-24T14:03:22.416Z')
    expect(quietSpan(new Date(at))).toEqual({ from: new Date('2026-11-24T14:03:21Z'), to: new Date(at) })
  })
})

describe('words to look for', () => {
  it('are taken as they are', () => expect(patternsOf(' 50 %  a_b c\\d ')).toEqual(['%50%', '%\\%%', '%a\\_b%', '%c\\\\d%']))
  it('are none in an empty search', () => expect(patternsOf('  ')).toEqual([]))
  it('are eight at most', () => expect(patternsOf('a b c d e f g h i j')).toHaveLength(8))
})

describe('what is remembered', () => {
  it('holds for minutes if it is past; else as long as the shop rests twenty times', () => {
    expect(holdsFor(true, 3_000)).toBe(300_000)
    expect(holdsFor(false, 5)).toBe(2_000)
    expect(holdsFor(false, 400)).toBe(8_000)
  })

  it('is the last that was used', () => {
    const kept = new Map<string, number>()
    for (let n = 0; n < 64; n += 1) keep(kept, `${n}`, n)
    keep(kept, '0', 0)
    keep(kept, 'new', 1)
    expect([kept.size, kept.has('0'), kept.has('1'), kept.has('new')]).toEqual([64, true, false, true])
  })
})

describe('since a time', () => {
  const parts = (at: string) => partsSince(new Date(at), now).map(({ from, to, isPast }) => [from.toISOString(), to?.toISOString(), isPast])

  it('today is one part', () => expect(parts('2026-11-24T10:00:00.001Z')).toEqual([['2026-11-24T10:00:00.001Z', undefined, false]]))

  it('what lies between is shared by every moment of a day', () => {
    expect(parts('2026-11-23T10:00:00Z')).toEqual([
      ['2026-11-23T10:00:00.000Z', '2026-11-24T00:00:00.000Z', true], ['2026-11-24T00:00:00.000Z', undefined, false],
    ])
    expect(parts('2026-08-01T10:00:00Z')).toEqual([
      ['2026-08-01T10:00:00.000Z', '2026-08-02T00:00:00.000Z', true], ['2026-08-02T00:00:00.000Z', '2026-11-24T00:00:00.000Z', true],
      ['2026-11-24T00:00:00.000Z', undefined, false],
    ])
  })

  it('tallies are added', () => {
    expect(sumOf([{ count: 1, takings: '0.10' }, { count: 2, takings: '0.20' }])).toEqual({ count: 3, takings: '0.30' })
    expect(sumOf([])).toEqual({ count: 0, takings: '0.00' })
  })

  it('of several readings the worst counts, and the oldest time', () => {
    const told = (reading: 'ok' | 'slow' | 'down', readAt: Date | null) => ({ reading, readAt })
    expect(worstOf([told('ok', now), told('down', new Date(5)), told('slow', null)])).toEqual({ reading: 'down', readAt: new Date(5) })
    expect(worstOf([])).toEqual({ reading: 'ok', readAt: null })
  })
})

describe('tables', () => {
  const sale = { table: 'Sale', columns: ['id', 'createdAt', 'totalAmount'], isIndexed: false }
  it('without sales there is no shop', () => {
    expect(toTables([])).toBeNull()
    expect(toTables([{ ...sale, columns: ['id', 'createdAt'] }])).toBeNull()
  })

  it('the rest may lack', () => {
    expect(toTables([sale, { table: 'audit_logs', columns: ['id'], isIndexed: false }])).toEqual({
      sale: new Set(sale.columns), isSaleIndexed: false, audit: null, user: null, product: null,
    })
  })
})
