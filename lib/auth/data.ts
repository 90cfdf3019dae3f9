import type { Db, Tx } from '@/lib/db'
import type { User } from '@/lib/generated/prisma/client'

/** A person who may sign in here. */
export type Account = User

export async function findUser(db: Db | Tx, id: string): Promise<User | null> {
  return db.user.findUnique({ where: { id } })
}

/** An account that is kept here. */
export async function findOwnAccount(db: Db | Tx, email: string): Promise<User | null> {
  return db.user.findFirst({ where: { email, origin: 'dashboard' } })
}

/** When tries of a subject failed, newest first. */
export async function listFailures(tx: Tx, subject: string, limit: number): Promise<Date[]> {
  const rows = await tx.signInFailure.findMany({ where: { subject }, orderBy: { at: 'desc' }, take: limit, select: { at: true } })
  return rows.map(({ at }) => at)
}

type Who = { email: string; address: string }

/** Whether a refusal was written down since, for this e-mail from this address and for this reason. */
export async function wasRefusalRecorded(tx: Tx, who: Who, reason: string, since: Date): Promise<boolean> {
  const entry = await tx.auditEntry.findFirst({
    where: {
      at: { gt: since },
      action: { in: ['auth.sign-in-refused', 'auth.confirmation-refused'] },
      target: who.email,
      address: who.address,
      after: { path: ['reason'], equals: reason },
    },
    select: { id: true },
  })
  return entry !== null
}
