import type { Tx } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Actor, AuditAction } from './schema'

export type AuditRecord = {
  action: AuditAction
  actor: Actor
  target?: string
  stanza?: string
  jobId?: bigint
  before?: Prisma.InputJsonValue
  after?: Prisma.InputJsonValue
  address?: string
}

/** Writes one entry. Call it in the transaction of the thing it records: if the entry fails, the thing did not happen. */
export async function recordAudit(tx: Tx, { actor, before, after, address, ...record }: AuditRecord): Promise<void> {
  await tx.auditEntry.create({
    data: {
      ...record,
      actorKind: actor.kind,
      actorId: actor.kind === 'user' ? actor.id : null,
      actorName: actor.name,
      address: address ?? (actor.kind === 'user' ? actor.address : undefined),
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
    },
  })
}
