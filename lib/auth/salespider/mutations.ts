import { recordAudit } from '@/lib/audit/mutations'
import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'
import type { ShopDb } from '@/lib/shop-db'
import { findExchangeBy, findShopUser } from './data'
import { type ShopUser, isActive, isRewound } from './rules'

/**
 * Writes down what the shop's row says of a person, unless a restore that they asked for put it back. What changes in their
 * access is audited.
 */
export async function mirrorShopUser(tx: Tx, row: ShopUser, now: Date): Promise<User> {
  const known = await tx.user.findUnique({ where: { salespiderId: row.id } })
  if (known && isRewound(row, await findExchangeBy(tx, known.id, now))) return known
  const disabledAt = isActive(row) ? null : (known?.disabledAt ?? now)
  const data = { email: row.email.toLowerCase(), name: row.name, role: row.role, disabledAt }
  const user = await tx.user.upsert({
    where: { salespiderId: row.id }, update: data, create: { ...data, origin: 'salespider', salespiderId: row.id },
  })
  if (known) await auditChange(tx, known, user)
  return user
}

async function auditChange(tx: Tx, before: User, after: User): Promise<void> {
  if (before.role === after.role && Boolean(before.disabledAt) === Boolean(after.disabledAt)) return
  const access = ({ role, disabledAt }: User) => ({ role, active: disabledAt === null })
  await recordAudit(tx, {
    action: 'auth.access-changed', actor: { kind: 'system', name: 'SaleSpider' }, target: after.email,
    before: access(before), after: access(after),
  })
}

/** The account as the shop's row has it now. It stays as it was while the shop cannot be asked. */
export async function refreshAccount(db: Db, shop: ShopDb, account: User, now: Date): Promise<User> {
  if (!account.salespiderId) return account
  const answer = await findShopUser(shop, { id: account.salespiderId })
  if (answer.reading !== 'ok') return account
  const { value: row } = answer
  return db.$transaction((tx) => (row ? mirrorShopUser(tx, row, now) : shutOut(tx, account, now)))
}

/** Nobody of the shop's any more, unless a restore that they asked for took their row away. */
async function shutOut(tx: Tx, account: User, now: Date): Promise<User> {
  if (account.disabledAt || isRewound(null, await findExchangeBy(tx, account.id, now))) return account
  const user = await tx.user.update({ where: { id: account.id }, data: { disabledAt: now } })
  await auditChange(tx, account, user)
  return user
}
