import { listBackupSets, listRepositories } from '@/lib/backups/data'
import type { Db } from '@/lib/db'
import { clusterObservationSchema } from '@/lib/health/schema'
import { backupChoices } from './choices/rules'
import type { BackupChoices } from './choices/schema'
import { policySchema } from './schema'

/**
 * What each type of backup would do in each repository, by what stands there now. A long catalog takes a while to read:
 * `sets: false` leaves it out for those who know the type they want.
 */
export async function readBackupChoices(db: Db, stanza: string, { sets: withSets = true } = {}): Promise<BackupChoices> {
  const [row, repositories, sets] = await Promise.all([
    db.stanza.findUnique({ where: { name: stanza }, select: { observation: true, policy: true } }),
    listRepositories(db, stanza),
    withSets ? listBackupSets(db, stanza) : [],
  ])
  const cluster = clusterObservationSchema.parse(row?.observation ?? { up: false })
  const retention = row?.policy ? policySchema.parse(row.policy).retention : { full: null, diff: null }
  return backupChoices(repositories, sets, cluster, retention)
}
