import { env } from '@/lib/env'
import { type ShopDb, shopDb } from '@/lib/shop-db'
import type { Credentials } from './schema'

/**
 * SaleSpider, where this dashboard is a part of it: its people are ours then, and no account is kept here. `admin` is the
 * deployment's, for when the shop cannot be asked: breaking the glass.
 */
export type Host = { tokenSecret: string; shop: ShopDb; admin: Credentials | null }

/** Null where the dashboard stands by itself. */
export function host(): Host | null {
  const { JWT_SECRET: tokenSecret, SUPER_ADMIN_EMAIL: email, SUPER_ADMIN_PASSWORD: password } = env()
  if (!tokenSecret) return null
  return { tokenSecret, shop: shopDb(), admin: email && password ? { email: email.toLowerCase(), password } : null }
}
