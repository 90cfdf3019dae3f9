import type { Route } from 'next'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { decode, encode } from 'next-auth/jwt'
import { cache } from 'react'
import { z } from 'zod'
import type { Actor } from '@/lib/audit/schema'
import { db } from '@/lib/dashboard-db'
import { env } from '@/lib/env'
import { PATH_HEADER, SESSION_COOKIE, SESSION_SECONDS, sessionCookieOptions } from './cookies'
import { type Account, findUser } from './data'
import { type Host, host } from './host'
import { can, lastHop, signInPath } from './rules'
import { refreshIfDue } from './salespider/refresh'
import { SALESPIDER_COOKIE, readToken } from './salespider/rules'
import type { Permission, SessionUser } from './schema'

/** `by: token` is of who came by SaleSpider's own sign-in: it ends with that. */
const claimsSchema = z.object({ sub: z.string(), by: z.literal('token').optional() })
type Claims = z.infer<typeof claimsSchema>

/** Who asks, or null. The cookie only says which row to read: role and access are the row's, read anew on each request. */
export const findSessionUser = cache(async (): Promise<SessionUser | null> => {
  const claims = await readSession()
  const account = claims && (await findUser(db(), claims.sub))
  const user = account && (await asOfNow(account, claims))
  if (!user || user.disabledAt || !can(user, 'backups:read')) return null
  const { id, email, name, role, origin } = user
  return { id, email, name, role, origin, address: lastHop((await headers()).get('x-forwarded-for')) } as SessionUser
})

async function readSession(): Promise<Claims | null> {
  const token = (await cookies()).get(SESSION_COOKIE)?.value
  if (!token) return null
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null)
  return claimsSchema.safeParse(claims).data ?? null
}

/** Accounts kept here are good where the dashboard stands by itself, and the shop's where it is a part of SaleSpider. */
async function asOfNow(account: Account, claims: Claims): Promise<Account | null> {
  const embedding = host()
  if (!embedding) return account.origin === 'dashboard' ? account : null
  switch (account.origin) {
    case 'dashboard':
      return null
    case 'deployment':
      return account.email === embedding.admin?.email ? account : null
    case 'salespider': {
      if (claims.by === 'token' && !(await isSignedInThere(account, embedding))) return null
      const asked = await refreshIfDue(db(), embedding.shop, account, new Date())
      return asked ? findUser(db(), account.id) : account
    }
  }
}

/** At a till many sign in after one another: whoever left SaleSpider, or was followed by somebody else, has left here too. */
async function isSignedInThere({ salespiderId }: Account, { tokenSecret }: Host): Promise<boolean> {
  const token = (await cookies()).get(SALESPIDER_COOKIE)?.value
  const claims = token ? await readToken(token, tokenSecret, new Date()) : null
  return claims !== null && claims.id === salespiderId
}

/** For a route handler: our own session for who came by SaleSpider's sign-in. */
export async function startSession(userId: string): Promise<void> {
  const claims: Claims = { sub: userId, by: 'token' }
  const value = await encode({ token: claims, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS })
  const store = await cookies()
  store.set(SESSION_COOKIE, value, { ...sessionCookieOptions(env().DASHBOARD_URL), maxAge: SESSION_SECONDS })
}

/** The gate of every page: whoever may not be here goes to sign-in, and comes back here from it. */
export async function requireUser(permission: Permission = 'backups:read'): Promise<SessionUser> {
  const user = await findSessionUser()
  if (user && can(user, permission)) return user
  redirect(signInPath((await headers()).get(PATH_HEADER) ?? '/') as Route)
}

export function actorOf({ id, name, address }: SessionUser): Actor {
  return { kind: 'user', id, name, address }
}
