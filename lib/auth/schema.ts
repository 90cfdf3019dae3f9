/**
 * Terminology. A *role* is what SaleSpider calls a person. A *permission* is one thing one may do here; roles grant them
 * (rules.ts). A *try* is one attempt to sign in; it counts as failed until the password turned out right.
 */
import { z } from 'zod'

export const roles = ['SUPER_ADMIN', 'MANAGER', 'CASHIER'] as const
export type Role = (typeof roles)[number]

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
  /** Where the request came from, as the proxy in front of us saw it */
  readonly address?: string
  readonly [minted]: true
}

export const credentialsSchema = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  password: z.string().min(1).max(1_000),
})
export type Credentials = z.infer<typeof credentialsSchema>

/** Why a sign-in was refused. It crosses next-auth as the text of an error: see encodeRefusal. */
export const refusalSchema = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('mismatch'), triesLeft: z.number().int().optional() }),
  z.object({ reason: z.literal('limited'), retryAfterSeconds: z.number().int() }),
  z.object({ reason: z.literal('no-access') }),
  z.object({ reason: z.literal('no-accounts') }),
  z.object({ reason: z.literal('unavailable') }),
])
export type Refusal = z.infer<typeof refusalSchema>
