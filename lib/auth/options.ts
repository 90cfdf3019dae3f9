import type { NextAuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { BASE_PATH } from '@/lib/base-path'
import { db } from '@/lib/dashboard-db'
import { databaseWords, isDatabaseAway } from '@/lib/database-error'
import { env } from '@/lib/env'
import { logger } from '@/lib/logger'
import { SESSION_COOKIE, SESSION_SECONDS, sessionCookieOptions } from './cookies'
import { host } from './host'
import { type SignInOutcome, ensureFirstAdmin, recordSignOut, signIn, signInByToken } from './mutations'
import { encodeRefusal, lastHop } from './rules'
import { credentialsSchema } from './schema'

/**
 * Sign-in by e-mail and password. The session is a signed and encrypted cookie that holds an id and nothing else.
 * `forwardedFor`: of the request, as the proxy in front of us wrote it.
 */
export function authOptions(forwardedFor: string | null): NextAuthOptions {
  const { NEXTAUTH_SECRET, DASHBOARD_URL } = env()
  const address = lastHop(forwardedFor) ?? 'unknown'
  const options = sessionCookieOptions(DASHBOARD_URL)
  return {
    secret: NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: `${BASE_PATH}/sign-in`, error: `${BASE_PATH}/sign-in` },
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options },
      csrfToken: { name: 'salespider-backups.csrf', options },
      callbackUrl: { name: 'salespider-backups.callback', options },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials) => authorize(credentials, address),
      }),
    ],
    events: { signOut: ({ token }) => auditSignOut(token?.sub, address) },
    callbacks: { jwt: ({ token }) => ({ sub: token.sub }) },
  }
}

/** next-auth carries a refusal to the browser as the message of an error. */
async function authorize(credentials: unknown, address: string): Promise<{ id: string }> {
  const outcome = await tryToSignIn(credentials, address)
  if ('refusal' in outcome) throw new Error(encodeRefusal(outcome.refusal))
  return { id: outcome.user.id }
}

async function tryToSignIn(credentials: unknown, address: string): Promise<SignInOutcome> {
  const parsed = credentialsSchema.safeParse(credentials)
  if (!parsed.success) return { refusal: { reason: 'mismatch' } }
  const { SUPER_ADMIN_EMAIL: email, SUPER_ADMIN_PASSWORD: password } = env()
  return unlessAway(async () => {
    const embedding = host()
    if (!embedding && !(await ensureFirstAdmin(db(), { email, password }))) return { refusal: { reason: 'no-accounts' } }
    const outcome = await signIn(db(), { ...parsed.data, address, now: new Date() }, embedding)
    if ('user' in outcome && outcome.user.origin === 'deployment') {
      const { id: user } = outcome.user
      logger.warn({ user, address }, 'break-glass: the deployment’s administrator signed in past the shop’s accounts')
    }
    return outcome
  })
}

/** For who is signed in at SaleSpider: `token` is its cookie's. */
export async function tryToken(token: string, forwardedFor: string | null): Promise<SignInOutcome> {
  const embedding = host()
  if (!embedding) return { refusal: { reason: 'token' } }
  const address = lastHop(forwardedFor) ?? 'unknown'
  return unlessAway(() => signInByToken(db(), embedding, { token, address, now: new Date() }))
}

async function unlessAway(run: () => Promise<SignInOutcome>): Promise<SignInOutcome> {
  try {
    return await run()
  } catch (error) {
    if (isDatabaseAway(error)) logger.warn({ error: databaseWords(error) }, 'sign-in: the control database does not answer')
    else logger.error({ error: databaseWords(error) }, 'sign-in failed')
    return { refusal: { reason: 'unavailable' } }
  }
}

async function auditSignOut(id: string | undefined, address: string): Promise<void> {
  if (!id) return
  try {
    await recordSignOut(db(), { id, address })
  } catch (error) {
    logger.error({ user: id, error: databaseWords(error) }, 'a sign-out could not be audited')
  }
}
