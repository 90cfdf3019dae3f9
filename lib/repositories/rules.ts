import type { Policy } from '@/lib/policy/schema'
import type { RepositorySettings } from './schema'

/** What retention keeps in a repository: the environment's numbers, else its own; null where neither is known. */
export function keptBy(policy: Policy['retention'] | null, settings: RepositorySettings | undefined): RepositorySettings['retention'] | null {
  if (!settings && policy?.full == null) return null
  const own = settings?.retention ?? { full: null, unit: 'sets', diff: null }
  return { full: policy?.full ?? own.full, unit: own.unit, diff: policy?.diff ?? own.diff }
}
