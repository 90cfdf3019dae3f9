import { TZDate } from '@date-fns/tz'
import { isOnLiveLineage } from '@/lib/backups/rules'
import type { CatalogSet } from '@/lib/backups/schema'
import type { ClusterObservation } from '@/lib/health/schema'
import type { HistoryFilter, SetState, Start } from './schema'

/** pgBackRest names every set after its full. */
export function fullOf(label: string): string {
  return label.split('_')[0] ?? label
}

/** `1/20261122-010003F` → its repository and label; null for anything else. */
export function parseSetId(id: string): { repoKey: number; label: string } | null {
  const match = /^(\d{1,3})\/(\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?)$/.exec(id)
  return match?.[1] && match[2] ? { repoKey: Number(match[1]), label: match[2] } : null
}

/** A job's number as it stands in an address; null for anything else. */
export function parseJobId(text: string | null): bigint | null {
  return text && /^\d{1,18}$/.test(text) ? BigInt(text) : null
}

/** Whether anything narrows the list beyond the choice of a repository. */
export function isNarrowed({ type, by, text, since }: HistoryFilter): boolean {
  return [type, by, text, since].some((value) => value !== null)
}

/** `schedule`, `pgbackrest` for a set made by hand, else the name. */
export function starterOf({ trigger, by }: Start): string {
  if (trigger === 'schedule' || trigger === 'catch-up') return 'schedule'
  return by ?? 'pgbackrest'
}

type Judged = Pick<CatalogSet, 'systemId' | 'archiveStart' | 'lsnStop' | 'error'> & { missing: number }

/** Without an observation of the live cluster, nothing is said about lineage. */
export function stateOf(set: Judged, live: ClusterObservation | null): SetState {
  if (set.missing > 0) return 'incomplete'
  if (set.error) return 'checksum-error'
  if (!live?.systemId || live.timeline === undefined || isOnLiveLineage(set, live)) return 'usable'
  return set.systemId === live.systemId ? 'other-timeline' : 'other-cluster'
}

/** Midnight at which a day, as yyyy-MM-dd, begins in the zone; null for what is no day. */
export function startOfDay(day: string, timeZone: string): Date | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !year || !month || !date) return null
  return new Date(new TZDate(year, month - 1, date, timeZone).getTime())
}
