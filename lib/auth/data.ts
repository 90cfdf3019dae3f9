import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'

export type ActiveUser = Pick<User, 'id' | 'email' | 'name' | 'role'>

/** The person behind a session, unless they have been shut out since. */
export async function findActiveUser(db: Db | Tx, id: string): Promise<ActiveUser | null> {
  return db.user.findFirst({ where: { id, disabledAt: null }, select: { id: true, email: true, name: true, role: true } })
}

export async function findUser(db: Db | Tx, id: string): Promise<User | null> {
  return db.user.findUnique({ where: { id } })
}

export async function findUserByEmail(db: Db | Tx, email: string): Promise<User | null> {
  return db.user.findUnique({ where: { email } })
}

/** When tries of a subject failed, newest first. */
export async function listFailures(tx: Tx, subject: string, limit: number): Promise<Date[]> {
  const rows = await tx.signInFailure.findMany({ where: { subject }, orderBy: { at: 'desc' }, take: limit, select: { at: true } })
  return rows.map(({ at }) => at)
}

/** Whether a refusal for too many tries was written down since, for this e-mail from this address. */
export async function wasLimitRecorded(tx: Tx, who: { email: string; address: string }, since: Date): Promise<boolean> {
  const entry = await tx.auditEntry.findFirst({
    where: {
      at: { gt: since },
      action: { in: ['auth.sign-in-refused', 'auth.confirmation-refused'] },
      target: who.email,
      address: who.address,
      after: { path: ['reason'], equals: 'limited' },
    },
    select: { id: true },
  })
  return entry !== null
}
