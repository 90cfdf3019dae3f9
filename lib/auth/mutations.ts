import { recordAudit } from '@/lib/audit/mutations'
import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'
import { findUserByEmail, listFailures, wasLimitRecorded } from './data'
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

type Reserved = { ids: bigint[]; triesLeft: number }

async function reserveTry(tx: Tx, attempt: SignInTry): Promise<Reserved | { refusal: Refusal }> {
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
async function limited(tx: Tx, attempt: SignInTry, until: Date, since: Date): Promise<{ refusal: Refusal }> {
  const retryAfterSeconds = Math.ceil((until.getTime() - attempt.now.getTime()) / 1000)
  const refusal: Refusal = { reason: 'limited', retryAfterSeconds }
  return (await wasLimitRecorded(tx, attempt, since)) ? { refusal } : refuse(tx, attempt, refusal)
}

async function refuse(tx: Tx, { email, address }: SignInTry, refusal: Refusal): Promise<{ refusal: Refusal }> {
  await recordAudit(tx, {
    action: 'auth.sign-in-refused',
    actor: { kind: 'system', name: 'sign-in' },
    target: email,
    address,
    after: { reason: refusal.reason },
  })
  return { refusal }
}

async function admit(tx: Tx, user: User, { email, address, now }: SignInTry, reserved: bigint[]): Promise<{ user: User }> {
  const [pair] = trySubjects(email, address)
  await tx.signInFailure.deleteMany({ where: { OR: [{ id: { in: reserved } }, { subject: pair.subject }] } })
  await tx.user.update({ where: { id: user.id }, data: { lastSignInAt: now } })
  await recordAudit(tx, { action: 'auth.sign-in', actor: { kind: 'user', id: user.id, name: user.name, address }, target: email })
  return { user }
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
