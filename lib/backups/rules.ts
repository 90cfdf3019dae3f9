import type { ClusterObservation } from '@/lib/health/schema'
import type { CatalogSet } from './schema'

type Linked = Pick<CatalogSet, 'label' | 'prior' | 'reference' | 'repoKey'>

/** The timeline a WAL segment's name begins with, or null for none. */
export function timelineOfWal(segment: string | null): number | null {
  return segment && /^[0-9A-F]{24}$/.test(segment) ? Number.parseInt(segment.slice(0, 8), 16) : null
}

/** `16/B374D848` as a number that can be compared. */
export function parseLsn(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

/**
 * Whether restoring this set and replaying can reach the running shop: same cluster, and its timeline is the live one or
 * an ancestor that the live one left at or after the set's stop.
 */
export function isOnLiveLineage(
  set: Pick<CatalogSet, 'systemId' | 'archiveStart' | 'lsnStop'>,
  live: Pick<ClusterObservation, 'systemId' | 'timeline' | 'history'>,
): boolean {
  if (!live.systemId || live.timeline === undefined || set.systemId !== live.systemId) return false
  const timeline = timelineOfWal(set.archiveStart)
  if (timeline === live.timeline) return true
  const fork = live.history.find((ancestor) => ancestor.timeline === timeline)
  return !!fork && !!set.lsnStop && parseLsn(set.lsnStop) <= parseLsn(fork.switchLsn)
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

/** The sets that cannot be restored any more once this one is gone. */
export function dependentsOf<S extends Linked>(set: S, sets: readonly S[]): S[] {
  return sets.filter((other) => other.repoKey === set.repoKey && other.reference.includes(set.label))
}

/** A set that can be restored: without a checksum error, and with all it depends on. */
export function isUsable<S extends Linked & { error: boolean }>(set: S, sets: readonly S[]): boolean {
  return !set.error && chainOf(set, sets) !== null
}

export type SetGroup<S> = { full: S; sets: S[] }

/** Groups by full, newest full first; within one, a set stands below what it builds on, older first. */
export function groupByFull<S extends Linked & { type: string; stoppedAt: Date }>(sets: readonly S[]): SetGroup<S>[] {
  const byTime = sets.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime())
  const groups = byTime.filter((set) => set.type === 'full').map((full) => ({ full, sets: childrenOf(full, byTime) }))
  return groups.toReversed()
}

function childrenOf<S extends Linked>(parent: S, byTime: readonly S[]): S[] {
  const children = byTime.filter((set) => set.prior === parent.label && set.repoKey === parent.repoKey)
  return children.flatMap((child) => [child, ...childrenOf(child, byTime)])
}
