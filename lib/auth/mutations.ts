import { recordAudit } from '@/lib/audit/mutations'
import type { Actor } from '@/lib/audit/schema'
import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'
import { findUser, findUserByEmail, listFailures, wasLimitRecorded } from './data'
import { hashPassword, isPassword } from './password'
import { TRY_WINDOW_MS, can, nextTryAt, trySubjects } from './rules'
import type { Credentials, Refusal } from './schema'

export type SignInTry = Credentials & { address: string; now: Date }
export type SignInOutcome = { user: User } | { refusal: Refusal }

/**
 * One try to sign in, audited either way. It is counted before the password is looked at and uncounted when that was
 * right, so that neither parallel tries nor a second dashboard get more of them.
 */
export async function signIn(db: Db, attempt: SignInTry): Promise<SignInOutcome> {
  const reserved = await db.$transaction((tx) => reserveTry(tx, attempt))
  if ('refusal' in reserved) return reserved
  const user = await findUserByEmail(db, attempt.email)
  const matches = await isPassword(attempt.password, user?.passwordHash ?? null)
  return db.$transaction(async (tx) => {
    if (!user || !matches) return refuse(tx, attempt, { reason: 'mismatch', triesLeft: reserved.triesLeft })
    if (user.disabledAt || !can(user, 'backups:read')) return refuse(tx, attempt, { reason: 'no-access' })
    return admit(tx, user, attempt, reserved.ids)
  })
}

export type ConfirmationTry = { user: { id: string; name: string; address?: string }; password: string; now: Date }

/**
 * The password of somebody who is signed in, once more, before what cannot be taken back. Its tries are those of sign-in, and
 * refusals are audited under the person's name. Null when it was right.
 */
export async function confirmPassword(db: Db, { user, password, now }: ConfirmationTry): Promise<Refusal | null> {
  const account = await findUser(db, user.id)
  if (!account || account.disabledAt) return { reason: 'no-access' }
  const attempt: Try = { email: account.email, address: user.address ?? 'unknown', now, person: { kind: 'user', ...user } }
  const reserved = await db.$transaction((tx) => reserveTry(tx, attempt))
  if ('refusal' in reserved) return reserved.refusal
  const matches = await isPassword(password, account.passwordHash)
  return db.$transaction(async (tx) => {
    if (matches) await forgiveTries(tx, attempt, reserved.ids)
    return matches ? null : (await refuse(tx, attempt, { reason: 'mismatch', triesLeft: reserved.triesLeft })).refusal
  })
}

type Try = Pick<SignInTry, 'email' | 'address' | 'now'> & {
  /** Who is signed in already, and was asked again */
  person?: Actor
}
type Reserved = { ids: bigint[]; triesLeft: number }

async function reserveTry(tx: Tx, attempt: Try): Promise<Reserved | { refusal: Refusal }> {
  const { email, address, now } = attempt
  const since = new Date(now.getTime() - TRY_WINDOW_MS)
  const subjects = trySubjects(email, address)
  // Everyone locks the address first, then the e-mail: in that order nobody waits for a cycle.
  await tx.$queryRaw`
    SELECT pg_advisory_xact_lock(1, hashtext(${address}))::text, pg_advisory_xact_lock(2, hashtext(${email}))::text`
  await tx.signInFailure.deleteMany({ where: { at: { lte: since } } })
  let triesLeft = Infinity
  for (const { subject, limit } of subjects) {
    const failedAt = await listFailures(tx, subject, limit)
    const until = nextTryAt(failedAt, limit)
    if (until) return limited(tx, attempt, until, since)
    triesLeft = Math.min(triesLeft, limit - failedAt.length - 1)
  }
  const rows = await tx.signInFailure.createManyAndReturn({ data: subjects.map(({ subject }) => ({ subject, at: now })) })
  return { ids: rows.map(({ id }) => id), triesLeft }
}

/** Said every time, audited once per window: a flood of tries must not become a flood of entries. */
async function limited(tx: Tx, attempt: Try, until: Date, since: Date): Promise<{ refusal: Refusal }> {
  const retryAfterSeconds = Math.ceil((until.getTime() - attempt.now.getTime()) / 1000)
  const refusal: Refusal = { reason: 'limited', retryAfterSeconds }
  return (await wasLimitRecorded(tx, attempt, since)) ? { refusal } : refuse(tx, attempt, refusal)
}

async function refuse(tx: Tx, { email, address, person }: Try, refusal: Refusal): Promise<{ refusal: Refusal }> {
  await recordAudit(tx, {
    action: person ? 'auth.confirmation-refused' : 'auth.sign-in-refused',
    actor: person ?? { kind: 'system', name: 'sign-in' },
    target: email,
    address,
    after: { reason: refusal.reason },
  })
  return { refusal }
}

async function forgiveTries(tx: Tx, { email, address }: Try, reserved: bigint[]): Promise<void> {
  const [pair] = trySubjects(email, address)
  await tx.signInFailure.deleteMany({ where: { OR: [{ id: { in: reserved } }, { subject: pair.subject }] } })
}

async function admit(tx: Tx, user: User, attempt: SignInTry, reserved: bigint[]): Promise<{ user: User }> {
  const { email, address, now } = attempt
  await forgiveTries(tx, attempt, reserved)
  await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: now } })
  await recordAudit(tx, { action: 'auth.sign-in', actor: { kind: 'user', id: user.id, name: user.name, address }, target: email })
  return { user }
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
