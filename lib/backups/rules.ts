import type { ClusterObservation } from '@/lib/health/schema'
import { lineageOf, serves } from '@/lib/restore/lineage/rules'
import type { CatalogSet } from './schema'

type Linked = Pick<CatalogSet, 'label' | 'prior' | 'reference' | 'repoKey'>

/** Whether restoring this set and replaying can reach the running shop. */
export function isOnLiveLineage(
  set: Pick<CatalogSet, 'systemId' | 'archiveStart' | 'lsnStop'>,
  { systemId, timeline, history }: Pick<ClusterObservation, 'systemId' | 'timeline' | 'history'>,
): boolean {
  if (!systemId || timeline === undefined) return false
  const lineage = lineageOf(timeline, [{ id: timeline, parents: history }])
  return lineage !== null && serves(set, lineage, systemId)
}

/** What a restore of the set reads, oldest first, itself last. Null when one of them is gone. */
export function chainOf<S extends Linked>(set: S, sets: readonly S[]): S[] | null {
  const byLabel = new Map(sets.filter((other) => other.repoKey === set.repoKey).map((other) => [other.label, other]))
  const chain: S[] = []
  for (let at: S | undefined = set; at; at = at.prior ? byLabel.get(at.prior) : undefined) {
    chain.unshift(at)
    if (at.prior && !byLabel.has(at.prior)) return null
  }
  return set.reference.every((label) => byLabel.has(label)) ? chain : null
}

/** A set that can be restored: without a checksum error, and with all it depends on. */
export function isUsable<S extends Linked & { error: boolean }>(set: S, sets: readonly S[]): boolean {
  return !set.error && chainOf(set, sets) !== null
}
