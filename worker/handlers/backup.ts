import type { Catalog, CatalogSet } from '@/lib/backups/schema'
import type { FailureCode, JobResult } from '@/lib/jobs/schema'
import { type Handler, JobFailed } from '../context'
import { executeBackup } from './execute'
import { createStanza } from './stanza-create'
import { catalogPhase } from './sync-catalog'

/** Takes a backup: pgBackRest runs, its lines become progress, and the set it says it made is looked up in the catalog. */
export const backup: Handler<'backup'> = async (context) => {
  const facts = await executeBackup(context, context.job.request).catch(async (error: unknown) => {
    if (hasFailed(error, 'expire-failed')) await catalogPhase(context)
    if (!hasFailed(error, 'stanza-missing')) throw error
    await createStanza(context)
    return executeBackup(context, context.job.request)
  })
  const { catalog } = await catalogPhase(context)
  const set = findSet(catalog, context.job.request.repo, facts.label)
  return {
    kind: 'backup',
    label: set.label,
    type: set.type,
    databaseSize: set.databaseSize,
    databaseDelta: set.databaseDelta,
    repositoryDelta: set.repositoryDelta,
    resumed: facts.resumed,
    expired: facts.expired,
    warnings: facts.warnings,
    error: set.error,
  } satisfies JobResult
}

function hasFailed(error: unknown, code: FailureCode): boolean {
  return error instanceof JobFailed && error.failure.code === code
}

/** A backup has succeeded when the repository shows the set, not when the program said so. */
function findSet({ sets }: Catalog, repo: number, label: string | null): CatalogSet {
  const set = sets.find((candidate) => candidate.repoKey === repo && candidate.label === label)
  if (set) return set
  throw new JobFailed({ code: 'internal', detail: `pgBackRest ended well, but repository ${repo} shows no set ${label ?? ''}` })
}
