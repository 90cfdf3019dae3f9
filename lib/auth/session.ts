import type { Route } from 'next'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { decode } from 'next-auth/jwt'
import { cache } from 'react'
import type { Actor } from '@/lib/audit/schema'
import { db } from '@/lib/dashboard-db'
import { env } from '@/lib/env'
import { PATH_HEADER, SESSION_COOKIE } from './cookies'
import { findActiveUser } from './data'
import { can, lastHop, signInPath } from './rules'
import type { Permission, SessionUser } from './schema'

/** Who asks, or null. The cookie only says which row to read: role and access are the row's, read anew on each request. */
export const findSessionUser = cache(async (): Promise<SessionUser | null> => {
  const id = await sessionSubject()
  const user = id ? await findActiveUser(db(), id) : null
  if (!user || !can(user, 'backups:read')) return null
  return { ...user, address: lastHop((await headers()).get('x-forwarded-for')) } as SessionUser
})

async function sessionSubject(): Promise<string | undefined> {
  const token = (await cookies()).get(SESSION_COOKIE)?.value
  if (!token) return undefined
  const claims = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null)
  return claims?.sub
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
