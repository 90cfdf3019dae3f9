import type { Overview } from '@/lib/health/schema'

/**
 * How far the archive may be behind the shop. `behind`: by the age of its last segment. `atMost`: nothing waits, so it is
 * by no more than archive_timeout, after which PostgreSQL finishes a segment in which something was written. `idle`:
 * nothing waits, and without archive_timeout no more is known.
 */
export type ArchiveLag = { kind: 'behind' | 'atMost' | 'idle' | 'unknown'; milliseconds: number }

export function archiveLag(cluster: Overview['cluster'], now: Date): ArchiveLag {
  const { archiver, archiveTimeout = 0 } = cluster ?? {}
  if (!archiver?.lastArchivedAt) return { kind: 'unknown', milliseconds: 0 }
  const age = now.getTime() - Date.parse(archiver.lastArchivedAt)
  const limit = archiveTimeout * 1_000
  if (archiver.waiting > 0 || (limit > 0 && age <= limit)) return { kind: 'behind', milliseconds: age }
  return limit > 0 ? { kind: 'atMost', milliseconds: limit } : { kind: 'idle', milliseconds: age }
}
