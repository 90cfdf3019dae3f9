import type { JobKind } from '@/lib/jobs/schema'
import { type Permission, type Refusal, type Role, permissions, refusalSchema } from './schema'

const grants: Record<Role, readonly Permission[]> = {
  SUPER_ADMIN: permissions,
  MANAGER: ['backups:read'],
  CASHIER: [],
}

const needed: Record<JobKind, Permission> = {
  backup: 'backups:run', 'stanza-create': 'backups:run', check: 'checks:run', 'check-archive': 'checks:run', 'sync-catalog': 'checks:run',
  'test-repository': 'checks:run',
  rehearse: 'restore:rehearse', compare: 'restore:rehearse', discard: 'restore:rehearse', 'restore-point': 'restore:point',
  switch: 'restore:switch', undo: 'restore:undo', 'restore-in-place': 'restore:in-place', purge: 'restore:purge',
  'plan-rescue': 'restore:rehearse', rescue: 'restore:rescue', 'undo-rescue': 'restore:rescue',
}

/** What whoever asks for a job of this kind must be allowed. */
export function permissionFor(kind: JobKind): Permission {
  return needed[kind]
}

export function can(user: { role: Role }, permission: Permission): boolean {
  return grants[user.role].includes(permission)
}

export type TrySubject = { subject: string; limit: number }

/** Failed tries are counted for this long. */
export const TRY_WINDOW_MS = 15 * 60_000

/**
 * What a try is counted against. The pair stops guessing at one account from one place and locks nobody else out; the
 * address stops trying many accounts; the e-mail alone, set high, is the wall for whoever can forge addresses.
 */
export function trySubjects(email: string, address: string): readonly [pair: TrySubject, address: TrySubject, email: TrySubject] {
  return [
    { subject: `email:${email} address:${address}`, limit: 5 },
    { subject: `address:${address}`, limit: 30 },
    { subject: `email:${email}`, limit: 100 },
  ]
}

/** `failedAt` holds the newest failures in the window, newest first. Null when another try is allowed now. */
export function nextTryAt(failedAt: readonly Date[], limit: number): Date | null {
  const freed = failedAt[limit - 1]
  return freed ? new Date(freed.getTime() + TRY_WINDOW_MS) : null
}

/** Only the last hop counts: what stands before it in X-Forwarded-For was written by whoever asked. */
export function lastHop(forwardedFor: string | null | undefined): string | undefined {
  const hop = forwardedFor?.split(',').at(-1)?.trim().replace(/^::ffff:(?=\d)/, '')
  return hop ? hop.slice(0, 64) : undefined
}

/** A path within the dashboard to go on to after sign-in, without the base path; anything else becomes the start page. */
export function safeNextPath(next: string | null | undefined): string {
  const origin = 'http://dashboard.invalid'
  if (!next?.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const url = new URL(next, origin)
  if (url.origin !== origin || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return '/'
  return url.pathname + url.search
}

export function signInPath(next: string): string {
  const path = safeNextPath(next)
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`
}

/** Where somebody who was turned away finds out why. */
export function refusedPath({ reason }: Refusal, next: string): string {
  const path = signInPath(next)
  return `${path}${path.includes('?') ? '&' : '?'}refused=${reason}`
}

/** `refused` of that address. What needs more than its name to be told is said where it happens, and not carried around. */
export function readRefused(refused: string | undefined): Refusal | null {
  return refusalSchema.safeParse({ reason: refused }).data ?? null
}

/** The way in for who is signed in at SaleSpider, without the base path; `next` as in the address of the sign-in page. */
export function handoverPath(next: string): string {
  return `/api/auth/salespider?next=${encodeURIComponent(safeNextPath(next))}`
}

export function encodeRefusal(refusal: Refusal): string {
  return JSON.stringify(refusal)
}

/** Anything that is not one of our refusals means that sign-in itself did not work. */
export function decodeRefusal(text: string): Refusal {
  try {
    return refusalSchema.parse(JSON.parse(text))
  } catch {
    return { reason: 'unavailable' }
  }
}
