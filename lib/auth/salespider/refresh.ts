import type { Db } from '@/lib/db'
import type { Account } from '../data'
import type { ShopDb } from '@/lib/shop-db'
import { refreshAccount } from './mutations'

/** For so long the shop is not asked again about somebody. */
export const REFRESH_MS = 30_000

type Asked = { at: number; done: Promise<unknown> }
// Kept on globalThis: while developing, modules are loaded again and again.
const shared = globalThis as typeof globalThis & { dashboardAccountsAsked?: Map<string, Asked> }
const asked = (shared.dashboardAccountsAsked ??= new Map<string, Asked>())

/** Asks the shop about a person where that is due; requests that come together wait for one answer. Returns whether it asked. */
export async function refreshIfDue(db: Db, shop: ShopDb, account: Account, now: Date): Promise<boolean> {
  const last = asked.get(account.id)
  const isDue = !last || now.getTime() - last.at >= REFRESH_MS
  const done = isDue ? refreshAccount(db, shop, account, now) : last.done
  if (isDue) {
    asked.set(account.id, { at: now.getTime(), done })
    done.catch(() => asked.delete(account.id))
  }
  await done
  return isDue
}
