import { recordAudit } from '@/lib/audit/mutations'
import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'
import { translator } from '@/lib/i18n'
import { findUser } from './data'
import type { Host } from './host'
import { hashPassword } from './password'
import { type Proof, proveByPassword, provesAgain } from './proof'
import { can } from './rules'
import { findShopUser } from './salespider/data'
import { mirrorShopUser, refreshAccount } from './salespider/mutations'
import { readToken } from './salespider/rules'
import type { Credentials, Refusal } from './schema'
import { type Reserved, type Try, forgiveTries, refuse, refuseOnce, reserveTry } from './tries/mutations'

export type SignInTry = Credentials & { address: string; now: Date }
export type SignInOutcome = { user: User } | { refusal: Refusal }

/** One try to sign in by e-mail and password, audited either way. */
export async function signIn(db: Db, attempt: SignInTry, host: Host | null = null): Promise<SignInOutcome> {
  const reserved = await reserveTry(db, attempt)
  if ('refusal' in reserved) return reserved
  const proof = await proveByPassword(db, host, attempt)
  return db.$transaction(async (tx) => {
    if (!proof.origin) return refuse(tx, attempt, { reason: proof.reason, triesLeft: reserved.triesLeft })
    const user = await accountOf(tx, proof, attempt.now)
    if (user.disabledAt || !can(user, 'backups:read')) return refuse(tx, attempt, { reason: 'no-access' })
    return admit(tx, user, attempt, reserved)
  })
}

async function accountOf(tx: Tx, proof: Exclude<Proof, { origin: null }>, now: Date): Promise<User> {
  if (proof.origin === 'dashboard') return proof.account
  return proof.origin === 'salespider' ? mirrorShopUser(tx, proof.row, now) : deploymentAccount(tx, proof.email)
}

/** The deployment's administrator, made at the first time: what is done break-glass has a name of its own. */
async function deploymentAccount(tx: Tx, email: string): Promise<User> {
  // Two may come at once.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(3, 1)::text`
  const known = await tx.user.findFirst({ where: { origin: 'deployment', email } })
  const name = translator('auth')('breakGlass.name', { name: nameOf(email) })
  return known ?? tx.user.create({ data: { origin: 'deployment', email, name, role: 'SUPER_ADMIN' } })
}

export type TokenTry = { token: string; address: string; now: Date }

/**
 * Whoever is signed in at SaleSpider is here as well. Their token says who they are, and the shop's table what they may do:
 * where it cannot be asked, nobody new comes in.
 */
export async function signInByToken(db: Db, host: Host, { token, address, now }: TokenTry): Promise<SignInOutcome> {
  const claims = await readToken(token, host.tokenSecret, now)
  if (!claims) return { refusal: { reason: 'token' } }
  const answer = await findShopUser(host.shop, { id: claims.id })
  if (answer.reading !== 'ok') return { refusal: { reason: 'shop-away' } }
  return db.$transaction(async (tx) => {
    const user = answer.value && (await mirrorShopUser(tx, answer.value, now))
    const attempt = { email: user?.email ?? claims.email.toLowerCase(), address, now }
    if (!user || user.disabledAt || !can(user, 'backups:read')) return refuseOnce(tx, attempt, { reason: 'no-access' })
    return admit(tx, user, attempt)
  })
}

async function admit(tx: Tx, user: User, attempt: Try, reserved?: Reserved): Promise<{ user: User }> {
  const { email, address, now } = attempt
  if (reserved) await forgiveTries(tx, attempt, reserved)
  await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: now } })
  const action = user.origin === 'deployment' ? 'auth.break-glass' : 'auth.sign-in'
  await recordAudit(tx, { action, actor: { kind: 'user', id: user.id, name: user.name, address }, target: email })
  return { user }
}

export type ConfirmationTry = { user: { id: string; name: string; address?: string }; password: string; now: Date }

/**
 * The password of somebody who is signed in, once more, before what cannot be taken back. Its tries are those of sign-in, and
 * refusals are audited under the person's name. Null when it was right, and the person may still do what they could.
 */
export async function confirmPassword(
  db: Db,
  { user, password, now }: ConfirmationTry,
  host: Host | null = null,
): Promise<Refusal | null> {
  const known = await findUser(db, user.id)
  const account = known && host ? await refreshAccount(db, host.shop, known, now) : known
  if (!account || account.disabledAt || account.role !== known?.role) return { reason: 'no-access' }
  const attempt: Try = { email: account.email, address: user.address ?? 'unknown', now, person: { kind: 'user', ...user } }
  const reserved = await reserveTry(db, attempt)
  if ('refusal' in reserved) return reserved.refusal
  const proves = await provesAgain(host, account, password)
  return db.$transaction(async (tx) => {
    if (proves === true) await forgiveTries(tx, attempt, reserved)
    if (proves === true) return null
    const reason = proves === false ? 'mismatch' : proves
    return (await refuse(tx, attempt, { reason, triesLeft: reserved.triesLeft })).refusal
  })
}

/** Whoever leaves is let go all the same: this is written down once it has happened. */
export async function recordSignOut(db: Db, { id, address }: { id: string; address: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const user = await findUser(tx, id)
    if (!user) return
    await recordAudit(tx, { action: 'auth.sign-out', actor: { kind: 'user', id, name: user.name, address }, target: user.email })
  })
}

/**
 * Makes the first account when there is none. Returns whether there is one afterwards: without a user and without
 * credentials nobody can sign in, which has to be said.
 */
export async function ensureFirstAdmin(db: Db, credentials: Partial<Credentials>): Promise<boolean> {
  if (await db.user.findFirst({ select: { id: true } })) return true
  const { email, password } = credentials
  if (!email || !password) return false
  const passwordHash = await hashPassword(password)
  await db.$transaction(async (tx) => {
    // Two dashboards may start at once.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(3, 0)::text`
    if (await tx.user.findFirst({ select: { id: true } })) return
    const user = await tx.user.create({
      data: { email: email.toLowerCase(), name: nameOf(email), role: 'SUPER_ADMIN', passwordHash },
    })
    await recordAudit(tx, { action: 'auth.first-admin', actor: { kind: 'system', name: 'setup' }, target: user.email })
  })
  return true
}

/** "ada@okafor.example" → "Ada": all that is known of the first person's name. */
function nameOf(email: string): string {
  return email.charAt(0).toUpperCase() + email.slice(1, email.indexOf('@'))
}
