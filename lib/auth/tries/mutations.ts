import { recordAudit } from '@/lib/audit/mutations'
import type { Actor } from '@/lib/audit/schema'
import type { Db, Tx } from '@/lib/db'
import { listFailures, wasRefusalRecorded } from '../data'
import { TRY_WINDOW_MS, nextTryAt, trySubjects } from '../rules'
import type { Refusal } from '../schema'

export type Try = {
  email: string
  address: string
  now: Date
  /** Who is signed in already, and was asked again */
  person?: Actor
}

/** A try that counts as failed until it is forgiven. */
export type Reserved = { ids: bigint[]; triesLeft: number }

/**
 * It is counted before the password is looked at and uncounted when that was right, so that neither parallel tries nor a second
 * dashboard get more of them.
 */
export function reserveTry(db: Db, attempt: Try): Promise<Reserved | { refusal: Refusal }> {
  return db.$transaction(async (tx) => {
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
      if (until) return limited(tx, attempt, until)
      triesLeft = Math.min(triesLeft, limit - failedAt.length - 1)
    }
    const rows = await tx.signInFailure.createManyAndReturn({ data: subjects.map(({ subject }) => ({ subject, at: now })) })
    return { ids: rows.map(({ id }) => id), triesLeft }
  })
}

function limited(tx: Tx, attempt: Try, until: Date): Promise<{ refusal: Refusal }> {
  const retryAfterSeconds = Math.ceil((until.getTime() - attempt.now.getTime()) / 1000)
  return refuseOnce(tx, attempt, { reason: 'limited', retryAfterSeconds })
}

/** Said every time, audited once per window: a flood of tries must not become a flood of entries. */
export async function refuseOnce(tx: Tx, attempt: Try, refusal: Refusal): Promise<{ refusal: Refusal }> {
  const since = new Date(attempt.now.getTime() - TRY_WINDOW_MS)
  return (await wasRefusalRecorded(tx, attempt, refusal.reason, since)) ? { refusal } : refuse(tx, attempt, refusal)
}

export async function refuse(tx: Tx, { email, address, person }: Try, refusal: Refusal): Promise<{ refusal: Refusal }> {
  await recordAudit(tx, {
    action: person ? 'auth.confirmation-refused' : 'auth.sign-in-refused',
    actor: person ?? { kind: 'system', name: 'sign-in' },
    target: email,
    address,
    after: { reason: refusal.reason },
  })
  return { refusal }
}

/** The password was right: this try is forgotten, and those before it by the same person from there. */
export async function forgiveTries(tx: Tx, { email, address }: Try, { ids }: Reserved): Promise<void> {
  const [pair] = trySubjects(email, address)
  await tx.signInFailure.deleteMany({ where: { OR: [{ id: { in: ids } }, { subject: pair.subject }] } })
}
