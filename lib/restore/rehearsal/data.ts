import type { Db, Tx } from '@/lib/db'
import type { Rehearsal as Row } from '@/lib/generated/prisma/client'
import { type Rehearsal, rehearsalSchema } from '../schema'

const withoutComparison = { comparison: true } as const

function toRehearsal(row: Omit<Row, 'comparison'>): Rehearsal {
  return rehearsalSchema.parse({ ...row, jobId: row.jobId?.toString() ?? null, size: row.size === null ? null : Number(row.size) })
}

/** The one that occupies the place beside the shop, whatever became of it; null when the place is free. */
export async function findCurrentRehearsal(db: Db | Tx, stanza: string): Promise<Rehearsal | null> {
  const where = { stanzaName: stanza, endedAt: null }
  const row = await db.rehearsal.findFirst({ where, orderBy: { createdAt: 'desc' }, omit: withoutComparison })
  return row && toRehearsal(row)
}

/** Null for one that has ended or never was. */
export async function findRehearsal(db: Db, stanza: string, id: string): Promise<Rehearsal | null> {
  const row = await db.rehearsal.findFirst({ where: { id, stanzaName: stanza, endedAt: null }, omit: withoutComparison })
  return row && toRehearsal(row)
}

/** Those whose time is over, and those whose job has ended without having made them. */
export async function listOverdueRehearsals(db: Db, stanza: string, now: Date): Promise<{ id: string; why: 'expired' | 'abandoned' }[]> {
  return db.$queryRaw`
    SELECT r."id", CASE WHEN r."expiresAt" <= ${now} THEN 'expired' ELSE 'abandoned' END AS "why"
    FROM "rehearsal" r LEFT JOIN "job" j ON j."id" = r."jobId"
    WHERE r."stanza" = ${stanza} AND r."endedAt" IS NULL
      AND (r."expiresAt" <= ${now} OR (r."status" = 'preparing' AND j."status" NOT IN ('QUEUED', 'RUNNING')))`
}
