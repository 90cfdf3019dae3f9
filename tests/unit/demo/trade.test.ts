import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openHours, shopDay, timeOfDay, type ShopDay } from '@/demo/calendar'
import type { AuditLogRow } from '@/demo/rows'
import { simulateTrade, type Trade } from '@/demo/trade'

const now = new Date('2026-11-24T13:26:08Z')
const trade = simulateTrade({ seed: 615, now })
const differ = (a: number, b: number) => Math.abs(a - b) > 0.005
const digest = (made: Trade) => createHash('sha256').update(JSON.stringify(made)).digest('hex')

type Change = { at: number; id: string; units?: number; price?: number; sold?: number }

/** Every change of stock and price, in the order it came about, from the rows alone. */
function ledger(): Change[] {
  const audits = trade.auditLogs.filter(({ entityType }) => entityType === 'PRODUCT').map(changeOfAudit)
  const sold = trade.items.map((item) => ({ ...change(item, item.productId), units: -item.quantity, sold: item.price }))
  const lost = trade.deshelvings.map((row) => ({ ...change(row, row.productId), units: -row.quantity }))
  return [...audits, ...sold, ...lost].sort((a, b) => a.at - b.at)
}

const change = ({ createdAt }: { createdAt: Date }, id: string) => ({ at: createdAt.getTime(), id })

function changeOfAudit({ timestamp, entityId, action, newValues }: AuditLogRow): Change {
  const { quantity, price } = newValues as { quantity?: number | string; price?: number }
  const at = timestamp.getTime()
  if (action === 'CREATE') return { at, id: entityId, units: Number(quantity), price }
  return { at, id: entityId, units: quantity === undefined ? 0 : Number(String(quantity).slice(1)), price }
}

function isOpen(at: Date): boolean {
  const day: ShopDay = shopDay(at)
  const hours = openHours(day).map(({ hour }) => hour)
  return at >= timeOfDay(day, Math.min(...hours)) && at < timeOfDay(day, Math.max(...hours) + 1)
}

describe('four months of trade', { timeout: 60_000 }, () => {
  it('is decided by seed and now alone', () => {
    expect(digest(simulateTrade({ seed: 615, now }))).toBe(digest(trade))
    expect(digest(simulateTrade({ seed: 616, now }))).not.toBe(digest(trade))
  })

  it('is some 30,000 sales that end at now', () => {
    expect(trade.sales.length).toBeGreaterThan(27_000)
    expect(trade.sales.length).toBeLessThan(35_000)
    expect(trade.sales[0]?.createdAt.toISOString().slice(0, 10)).toBe('2026-07-24')
    const last = trade.sales.at(-1)?.createdAt ?? new Date(0)
    expect(last <= now && now.getTime() - last.getTime() < 30 * 60_000).toBe(true)
    expect(trade.auditLogs.every(({ timestamp }) => timestamp <= now)).toBe(true)
  })

  it('sells only while the shop is open', () => {
    expect(trade.sales.filter(({ createdAt }) => !isOpen(createdAt))).toEqual([])
  })

  it('never has less than nothing of a product, and ends with the stock the rows add up to', () => {
    const stock = new Map<string, number>()
    let least = 0
    for (const { id, units = 0 } of ledger()) {
      const left = (stock.get(id) ?? 0) + units
      least = Math.min(least, left)
      stock.set(id, left)
    }
    expect(least).toBe(0)
    expect(Object.fromEntries(stock)).toEqual(Object.fromEntries(trade.shelves.map(({ id, quantity }) => [id, quantity])))
  })

  it('sells at the price of the time', () => {
    const prices = new Map<string, number>()
    const wrong = ledger().filter(({ id, price, sold }) => {
      if (price !== undefined) prices.set(id, price)
      return sold !== undefined && sold !== prices.get(id)
    })
    expect(wrong).toEqual([])
    const changes = trade.auditLogs.filter(({ action, newValues }) => action === 'UPDATE' && 'price' in newValues)
    expect(changes.length).toBeGreaterThan(50)
  })

  it('has totals that add up', () => {
    const subtotals = new Map<string, number>()
    for (const { saleId, price, quantity } of trade.items) subtotals.set(saleId, (subtotals.get(saleId) ?? 0) + price * quantity)
    const wrong = trade.sales.filter(
      ({ id, subtotal, vatAmount, totalAmount }) =>
        subtotal !== subtotals.get(id) || differ(subtotal * 0.075, vatAmount) || differ(subtotal + vatAmount, totalAmount),
    )
    expect(wrong).toEqual([])
  })

  it('has people sell only while they work there', () => {
    const staff = new Map(trade.staff.map((member) => [member.row.id, member]))
    const wrong = trade.sales.filter(({ cashierId, createdAt }) => {
      const member = staff.get(cashierId)
      return !member || createdAt < member.joinsAt || (member.leavesAt !== null && createdAt >= member.leavesAt)
    })
    expect(wrong).toEqual([])
    expect(trade.staff.filter(({ row }) => row.status === 'INACTIVE' && row.deletedAt).length).toBe(1)
    expect(trade.staff.filter(({ row }) => row.role === 'SUPER_ADMIN').map(({ row }) => row.name)).toEqual(['Ada Okafor'])
  })

  it('sells nothing of a product once it is deleted', () => {
    const deleted = new Map(trade.shelves.flatMap(({ id, deletedAt }) => (deletedAt ? [[id, deletedAt] as const] : [])))
    expect(deleted.size).toBe(4)
    expect(trade.items.filter(({ productId, createdAt }) => createdAt > (deleted.get(productId) ?? now))).toEqual([])
    expect(trade.auditLogs.some(({ newValues }) => 'deletedAt' in newValues && newValues.deletedAt === null)).toBe(true)
  })

  it('gives no id twice', () => {
    const { sales, items, deshelvings, auditLogs, shelves } = trade
    const rows = [...sales, ...items, ...deshelvings, ...auditLogs, ...shelves, ...trade.staff.map(({ row }) => row)]
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })

  it('makes the shop older by the history it is to have, and leaves the trade as it was', () => {
    const older = simulateTrade({ seed: 615, now, historyDays: 400 })
    const founded = ({ staff }: Trade) => Math.min(...staff.map(({ joinsAt }) => joinsAt.getTime()))
    expect(founded(trade) - founded(older)).toBe(400 * 86_400_000)
    expect(older.sales.map(({ totalAmount }) => totalAmount)).toEqual(trade.sales.map(({ totalAmount }) => totalAmount))
  })
})
