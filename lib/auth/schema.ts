/**
 * Terminology. A *role* is what SaleSpider calls a person. A *permission* is one thing one may do here; roles grant them
 * (rules.ts). A *try* is one attempt to sign in; it counts as failed until the password turned out right.
 */
import { z } from 'zod'

export const roles = ['SUPER_ADMIN', 'MANAGER', 'CASHIER'] as const
export type Role = (typeof roles)[number]

/** Where an account is kept: here, in the shop's own table, or in the deployment's environment. */
export type AccountOrigin = 'dashboard' | 'salespider' | 'deployment'

export const permissions = [
  'backups:read', 'backups:run', 'checks:run', 'jobs:cancel',
  'restore:rehearse', 'restore:point', 'restore:switch', 'restore:undo', 'restore:in-place', 'restore:purge',
  'restore:rescue',
] as const
export type Permission = (typeof permissions)[number]

declare const minted: unique symbol

/** A signed-in person whose row was read for this request. Only session.ts makes one. */
export type SessionUser = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly origin: AccountOrigin
  /** Where the request came from, as the proxy in front of us saw it */
  readonly address?: string
  readonly [minted]: true
}

export const credentialsSchema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(1_000),
})
export type Credentials = z.infer<typeof credentialsSchema>

const triesLeft = z.number().int().optional()

/** Why a sign-in was refused. It crosses next-auth as the text of an error: see encodeRefusal. */
export const refusalSchema = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('mismatch'), triesLeft }),
  z.object({ reason: z.literal('limited'), retryAfterSeconds: z.number().int() }),
  z.object({ reason: z.literal('no-access') }),
  z.object({ reason: z.literal('no-accounts') }),
  z.object({ reason: z.literal('unavailable') }),
  /** The shop's database does not answer, or has no row to look at: its people cannot be told apart */
  z.object({ reason: z.literal('shop-away'), triesLeft }),
  /** SaleSpider's token is forged, or has run out */
  z.object({ reason: z.literal('token') }),
  /** The browser did not keep our session's cookie */
  z.object({ reason: z.literal('cookie-lost') }),
])
export type Refusal = z.infer<typeof refusalSchema>
