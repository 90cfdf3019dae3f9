import { chainOf, isOnLiveLineage, isUsable } from '@/lib/backups/rules'
import type { CatalogRepository, CatalogSet } from '@/lib/backups/schema'
import { isReadable } from '@/lib/health/checks/rules'
import type { ClusterObservation } from '@/lib/health/schema'
import { type BackupType, type RequestOf, backupTypes } from '@/lib/jobs/schema'
import type { Policy } from '../schema'
import type { BackUpNow, BackupChoice, BackupChoices, RepositoryChoices } from './schema'

/** How many of the newest sets of a type a median is taken of. */
const MEASURED_SETS = 9

type Retention = Policy['retention']
type Live = Pick<ClusterObservation, 'systemId' | 'timeline' | 'history'>
type Repository = Pick<CatalogRepository, 'key' | 'type' | 'location' | 'statusCode'>

/** What each type would do in each repository. `sets`: those that stand there now, oldest first. */
export function backupChoices(
  repositories: readonly Repository[], sets: readonly CatalogSet[], live: Live, retention: Retention,
): BackupChoices {
  const ownOf = ({ key }: Repository) => sets.filter((set) => set.repoKey === key)
  const all = repositories.map((repository) => toChoices(repository, ownOf(repository), live, retention))
  return { preferred: (all.find((repository) => repository.isReadable) ?? all[0])?.key ?? 1, repositories: all }
}

/** What the policy takes where the one who asks leaves type or repository open. Nothing is known yet: a full. */
export function preferredBackup(choices: BackupChoices, { type, repo = choices.preferred }: BackUpNow): RequestOf<'backup'> {
  const repository = choices.repositories.find(({ key }) => key === repo)
  return { kind: 'backup', type: type ?? repository?.preferred ?? 'full', repo }
}

function toChoices(repository: Repository, own: readonly CatalogSet[], live: Live, retention: Retention): RepositoryChoices {
  const { key, type, location, statusCode } = repository
  const isBase = (set: CatalogSet) => isOnLiveLineage(set, live) && isUsable(set, own)
  const bases: Record<BackupType, CatalogSet | undefined> = {
    full: undefined,
    diff: own.findLast((set) => set.type === 'full' && isBase(set)),
    incr: own.findLast(isBase),
  }
  const choices = backupTypes.map((wanted): BackupChoice => {
    const base = bases[wanted]
    const actual = base ? wanted : 'full'
    return {
      type: wanted,
      base: base ? { type: base.type, stoppedAt: base.stoppedAt } : null,
      needs: base ? (chainOf(base, own)?.length ?? 0) : 0,
      expires: expiredBy(actual, own, retention).map((set) => ({ type: set.type, stoppedAt: set.stoppedAt })),
      ...measure(actual, own),
    }
  })
  // An incremental is the quickest, and the only type that retention does not count: taken by hand it pushes nothing out.
  return { key, type, location, isReadable: isReadable(statusCode), preferred: bases.incr ? 'incr' : 'full', choices }
}

/** The sets that retention removes by itself once one more of the type stands: what depends on them is not listed. */
function expiredBy(type: BackupType, own: readonly CatalogSet[], { full, diff }: Retention): CatalogSet[] {
  if (type === 'incr') return []
  const fulls = own.filter((set) => set.type === 'full')
  if (type === 'full' && full !== null && fulls.length >= full) return fulls.slice(0, fulls.length + 1 - full)
  // pgBackRest counts fulls as differentials here, and then spares them.
  const counted = own.filter((set) => set.type !== 'incr')
  return diff === null ? [] : counted.slice(0, Math.max(0, counted.length + 1 - diff)).filter((set) => set.type === 'diff')
}

function measure(type: BackupType, own: readonly CatalogSet[]): Pick<BackupChoice, 'size' | 'duration'> {
  const measured = own.filter((set) => set.type === type && !set.error).slice(-MEASURED_SETS)
  return {
    size: median(measured.map((set) => set.repositoryDelta)),
    duration: median(measured.map((set) => set.stoppedAt.getTime() - set.startedAt.getTime())),
  }
}

/** The lower one of two in the middle: it is a value that was measured. */
export function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null
}
