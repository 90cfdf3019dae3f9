import { BASE_PATH } from '@/lib/base-path'

/** Our own cookie: SaleSpider's `auth_token` stays SaleSpider's. */
export const SESSION_COOKIE = 'salespider-backups.session'
export const SESSION_SECONDS = 12 * 60 * 60

/** Set by proxy.ts: the path asked for, so that sign-in can lead back to it. */
export const PATH_HEADER = 'x-dashboard-path'

/** How each cookie is set: seen by no script, sent to no other path, and over https only where that is how we are reached. */
export function sessionCookieOptions(dashboardUrl: string) {
  return { httpOnly: true, sameSite: 'lax', path: BASE_PATH, secure: dashboardUrl.startsWith('https:') } as const
}
