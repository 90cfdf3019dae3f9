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

/** For more than a few of many sets: they are looked up once. See chainOf. */
export function chainsIn<S extends Linked>(sets: readonly S[]): (set: S) => S[] | null {
  const keyOf = (repoKey: number, label: string) => `${repoKey}/${label}`
  const byKey = new Map(sets.map((set) => [keyOf(set.repoKey, set.label), set]))
  return (set) => {
    const find = (label: string) => byKey.get(keyOf(set.repoKey, label))
    const chain: S[] = []
    for (let at: S | undefined = set; at; at = at.prior ? find(at.prior) : undefined) {
      chain.unshift(at)
      if (at.prior && !find(at.prior)) return null
    }
    return set.reference.every(find) ? chain : null
  }
}

/** What a restore of the set reads, oldest first, itself last. Null when one of them is gone. */
export function chainOf<S extends Linked>(set: S, sets: readonly S[]): S[] | null {
  return chainsIn(sets)(set)
}

/** A set that can be restored: without a checksum error, and with all it depends on. */
export function isUsable<S extends Linked & { error: boolean }>(set: S, sets: readonly S[], chain = chainsIn(sets)): boolean {
  return !set.error && chain(set) !== null
}
