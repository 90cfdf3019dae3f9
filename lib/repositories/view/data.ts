import { listRepositories } from '@/lib/backups/data'
import { isWorkerAlive } from '@/lib/cluster/data'
import type { Db } from '@/lib/db'
import { toJobView } from '@/lib/jobs/data'
import { activeStatuses } from '@/lib/jobs/rules'
import type { TailJob } from '@/lib/jobs/tail/schema'
import { policySchema } from '@/lib/policy/schema'
import type { RepositoriesView, RepositoryTest } from './schema'

/** Every repository with its last test, and the one that waits or runs. */
export async function readRepositories(db: Db, stanza: string, now: Date): Promise<RepositoriesView> {
  const [repositories, row, isAlive] = await Promise.all([
    listRepositories(db, stanza),
    db.stanza.findUnique({ where: { name: stanza }, select: { policy: true, catalogAt: true } }),
    isWorkerAlive(db, stanza, now),
  ])
  const retention = row?.policy ? policySchema.parse(row.policy).retention : null
  const found = await Promise.all(repositories.map(async (repository) => ({
    ...repository,
    lastTest: await findTest(db, stanza, repository.key, false, now),
    runningTest: await findTest(db, stanza, repository.key, true, now),
  })))
  return { now, isRead: row?.catalogAt != null, isWorkerAlive: isAlive, retention, repositories: found }
}

async function findTest(db: Db, stanza: string, repo: number, isActive: boolean, now: Date): Promise<RepositoryTest | null> {
  const active = [...activeStatuses]
  const job = await db.job.findFirst({
    where: {
      stanzaName: stanza, kind: 'test-repository', status: isActive ? { in: active } : { notIn: active }, request: { path: ['repo'], equals: repo },
    },
    orderBy: { id: 'desc' },
  })
  return job && toTest(toJobView(job, now))
}

function toTest({ id, kind, status, lost, progress, failure, workerName, actorName, createdAt, finishedAt }: TailJob): RepositoryTest {
  return { id, kind, status, lost, progress, failure, workerName, actorName, createdAt, finishedAt }
}
