import type { Db } from '@/lib/db'
import type { BackupSet, Repository } from '@/lib/generated/prisma/client'
import { backupTypeSchema } from '@/lib/jobs/schema'
import { type CatalogRepository, type CatalogSet, catalogRepositorySchema, catalogSetSchema } from './schema'

export type BackupSetView = CatalogSet & {
  /** The job that made it; null for one made by hand */
  jobId: string | null
  /** Who and why, from the set's own annotations: they survive the loss of the control database */
  by: string | null
  reason: string | null
  trigger: string | null
  expiredAt: Date | null
}

function toBackupSetView(row: BackupSet): BackupSetView {
  const annotation = catalogSetSchema.shape.annotation.parse(row.annotation)
  return {
    repoKey: row.repoKey,
    label: row.label,
    type: backupTypeSchema.parse(row.type),
    prior: row.prior,
    reference: row.reference,
    startedAt: row.startedAt,
    stoppedAt: row.stoppedAt,
    archiveStart: row.archiveStart,
    archiveStop: row.archiveStop,
    lsnStart: row.lsnStart,
    lsnStop: row.lsnStop,
    systemId: row.systemId,
    databaseSize: Number(row.databaseSize),
    databaseDelta: Number(row.databaseDelta),
    repositorySize: row.repositorySize === null ? null : Number(row.repositorySize),
    repositoryDelta: Number(row.repositoryDelta),
    error: row.error,
    annotation,
    backrestVersion: row.backrestVersion,
    jobId: row.jobId?.toString() ?? null,
    by: annotation.by ?? null,
    reason: annotation.reason ?? null,
    trigger: annotation.trigger ?? null,
    expiredAt: row.expiredAt,
  }
}

/** The sets that stand in the repositories now, oldest first. */
export async function listBackupSets(db: Db, stanza: string): Promise<BackupSetView[]> {
  const rows = await db.backupSet.findMany({ where: { stanzaName: stanza, expiredAt: null }, orderBy: { stoppedAt: 'asc' } })
  return rows.map(toBackupSetView)
}

/** Sets that retention or a hand removed, most recently expired first. */
export async function listExpiredSets(db: Db, stanza: string, limit = 100): Promise<BackupSetView[]> {
  const rows = await db.backupSet.findMany({
    where: { stanzaName: stanza, expiredAt: { not: null } },
    orderBy: [{ expiredAt: 'desc' }, { stoppedAt: 'desc' }],
    take: limit,
  })
  return rows.map(toBackupSetView)
}

export type RepositoryView = CatalogRepository & { checkedAt: Date }

export async function listRepositories(db: Db, stanza: string): Promise<RepositoryView[]> {
  const rows = await db.repository.findMany({ where: { stanzaName: stanza }, orderBy: { key: 'asc' } })
  return rows.map(toRepositoryView)
}

function toRepositoryView({ stanzaName: _, diskTotal, diskFree, settings, ...row }: Repository): RepositoryView {
  return {
    ...row,
    settings: catalogRepositorySchema.shape.settings.parse(settings ?? undefined),
    diskTotal: diskTotal === null ? null : Number(diskTotal),
    diskFree: diskFree === null ? null : Number(diskFree),
  }
}
