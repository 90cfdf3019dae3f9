/** What SaleSpider's audit log says, and what it means. */
import type { ShopEvent } from '../schema'

type Values = Record<string, unknown> | null

/** An entry, and what was looked up beside it. */
export type AuditRow = {
  id: string
  at: Date
  entityType: string
  entityId: string
  action: string
  changes: Values
  oldValues: Values
  newValues: Values
  metadata: Values
  userId: string | null
  userEmail: string | null
  /** As the shop knows them today; null for whom it does not */
  personName: string | null
  entityName: string | null
  /** Name and price in the newest earlier entry that tells one */
  earlierName: string | null
  earlierPrice: string | null
}

export type ShopEventKind = ShopEvent['kind']

/** Whether the log says that something went: marked (SaleSpider writes that as an update) or for good. */
export function isDeletion(kind: ShopEventKind): boolean {
  return kind === 'product-deleted' || kind === 'user-deleted'
}

export function toShopEvent(row: AuditRow, isBusy: boolean): ShopEvent {
  const kind = kindOf(row)
  return {
    id: row.id, at: row.at, kind, who: whoOf(row), what: whatOf(row), detail: detailOf(kind, row),
    before: new Date(justBefore(row.at.getTime(), isBusy)).toISOString(),
  }
}

const SECOND = 1_000

/** The second before the one an event lies in: a sale in this stretch is not to be lost. */
export function quietSpan(at: Date): { from: Date; to: Date } {
  return { from: new Date(Math.floor(at.getTime() / SECOND) * SECOND - SECOND), to: at }
}

/** `isBusy`: a sale was made between the second before and the event. In ms. */
export function justBefore(at: number, isBusy: boolean): number {
  return isBusy ? at - 1 : quietSpan(new Date(at)).from.getTime()
}

/** Entries of other things, and of things done that are not known here, are `other`. */
export function kindOf(row: Pick<AuditRow, 'entityType' | 'action' | 'oldValues' | 'newValues' | 'metadata'>): ShopEventKind {
  const { entityType, action, newValues, metadata } = row
  if (action === 'DESHELVE' || (entityType === 'DESHELVING' && action === 'CREATE')) return 'deshelved'
  const subject = entityType === 'PRODUCT' ? 'product' : entityType === 'USER' ? 'user' : null
  if (!subject) return 'other'
  if (action === 'CREATE') return `${subject}-created`
  const deletedAt = newValues?.deletedAt
  const isMarked = metadata?.action === 'soft_delete' || (deletedAt !== undefined && deletedAt !== null)
  if (action === 'DELETE' || isMarked) return `${subject}-deleted`
  if (action === 'RESTORE' || metadata?.action === 'restore' || deletedAt === null) return `${subject}-restored`
  if (action !== 'UPDATE') return 'other'
  if (subject === 'user') return 'user-changed'
  return isRepriced(row) ? 'product-repriced' : unitsOf(row) > 0 ? 'product-restocked' : 'product-changed'
}

/** Only the price, or a price that is known to be another one: whole forms are saved with everything in them. */
function isRepriced({ newValues, oldValues }: Pick<AuditRow, 'newValues' | 'oldValues'>): boolean {
  const price = textOf(newValues?.price)
  if (price === null) return false
  const old = textOf(oldValues?.price)
  return old === null ? Object.keys(newValues ?? {}).length === 1 : Number(old) !== Number(price)
}

/** Units that came, "+24" or a greater number than before; 0 where that cannot be said. */
function unitsOf({ newValues, oldValues }: Pick<AuditRow, 'newValues' | 'oldValues'>): number {
  const quantity = textOf(newValues?.quantity)
  if (quantity === null) return 0
  if (/^\+\d+$/.test(quantity)) return Number(quantity)
  const old = textOf(oldValues?.quantity)
  return old === null ? 0 : Math.max(0, Number(quantity) - Number(old)) || 0
}

/** A soft delete is written in the name of "system"; who did it is the user. */
function whoOf({ personName, userEmail, userId }: AuditRow): string {
  const email = userEmail === 'system' ? null : userEmail
  return personName ?? email ?? userId ?? userEmail ?? ''
}

function whatOf({ entityName, earlierName, newValues, oldValues, changes, entityId }: AuditRow): string {
  const told = [entityName, changes?.productName, newValues?.name, oldValues?.name, nameIn(changes), earlierName]
  return told.map(textOf).find((name) => name !== null) ?? entityId
}

/** `{ name: 'new' }`, `{ name: { from, to } }`, `{ name: { old, new } }` */
function nameIn(changes: Values): unknown {
  const name = changes?.name
  if (typeof name !== 'object' || name === null) return name
  const { to, new: now } = name as Record<string, unknown>
  return to ?? now
}

function detailOf(kind: ShopEventKind, row: AuditRow): ShopEvent['detail'] {
  const { action, changes, metadata, newValues, oldValues, earlierPrice } = row
  if (kind === 'product-repriced') return { from: textOf(oldValues?.price) ?? earlierPrice, to: textOf(newValues?.price) }
  if (kind === 'product-restocked') return { quantity: unitsOf(row) }
  if (kind === 'product-created') return { to: textOf(newValues?.price) }
  if (kind === 'deshelved') {
    const quantity = Number(textOf(changes?.quantity) ?? textOf(metadata?.quantityDeshelved) ?? Number.NaN)
    const reason = textOf(changes?.reason) ?? textOf(metadata?.deshelvingReason)
    return { quantity: Number.isFinite(quantity) ? quantity : null, reason }
  }
  return kind === 'other' ? { reason: action } : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
}

/** Words to look for, as patterns of ILIKE; at most eight. */
export function patternsOf(search: string): string[] {
  const words = search.split(/\s+/).filter((word) => word !== '').slice(0, 8)
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
}
