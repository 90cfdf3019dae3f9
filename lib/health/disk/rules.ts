/** How long the shop's disk lasts: PostgreSQL keeps all WAL that it cannot archive, and stops when it cannot write any more. */
import type { ClusterObservation, Reason } from '../schema'

const HOUR_SECONDS = 3_600
/** Shorter than this one bulk import, or one quiet minute, would be taken for the shop's ways. */
const SHORTEST_SECONDS = 600
/** So many waiting segments are no pause of the archiver's any more. */
const STALLED_SEGMENTS = 16
const STALLED_SECONDS = 600
/** Below a day somebody has to act before the next morning. */
const URGENT_SECONDS = 24 * HOUR_SECONDS

/** A twentieth of the disk, but not less than PostgreSQL's own WAL may take between two checkpoints, nor more than matters. */
const LOW = { share: 0.05, least: 1e9, most: 10e9 }
/** A handful of WAL segments: the next checkpoint, or the next sale, may find no room. */
const FULL = 100e6

export type Position = { at: Date; lsn: bigint }
type Closing = { archiveTimeout?: number; segmentSize?: number }

/**
 * Bytes of WAL a second, from positions of one timeline, oldest first. The fastest stretch up to the newest counts: a busy hour
 * at once, and a quiet night promises no more than the day before kept. At least what an idle shop writes, whose segments are
 * closed every archive_timeout however little is in them. Undefined where neither is known.
 */
export function walRate(positions: readonly Position[], { archiveTimeout = 0, segmentSize = 0 }: Closing): number | undefined {
  const newest = positions.at(-1)
  const measured = newest ? positions.flatMap((from) => speedBetween(from, newest)) : []
  const idle = archiveTimeout > 0 ? segmentSize / archiveTimeout : 0
  return Math.max(idle, ...measured) || undefined
}

function speedBetween(from: Position, to: Position): number[] {
  const seconds = (to.at.getTime() - from.at.getTime()) / 1_000
  return seconds >= SHORTEST_SECONDS ? [Number(to.lsn - from.lsn) / seconds] : []
}

/** Of the data volume, and of the one that pg_wal lies on if that is another: the fuller one. */
export function shopSpace({ volume, walVolume }: ClusterObservation): { free: number; total: number } | null {
  const [tightest] = [volume, walVolume].flatMap((space) => space ?? []).toSorted((a, b) => a.free - b.free)
  return tightest ?? null
}

/** `archive`: what is wrong with archiving, null where that cannot be told. */
export function findShopDisk(cluster: ClusterObservation | null, archive: readonly Reason[] | null, now: Date): Reason[] {
  const space = cluster && shopSpace(cluster)
  if (!space) return []
  const { walRate: rate = null, walSize = null, walVolume = space } = cluster
  const secondsLeft = rate && Math.floor(walVolume.free / rate)
  if (archive?.some((reason) => isStalled(reason, now))) {
    const isUrgent = secondsLeft === null ? walVolume.free < FULL : secondsLeft < URGENT_SECONDS
    const waiting = cluster.archiver?.waiting ?? 0
    return [{ code: 'disk-filling', severity: isUrgent ? 'bad' : 'warn', ...walVolume, secondsLeft, rate, walSize, waiting }]
  }
  const { free, total } = space
  const isFull = free < FULL
  const limit = Math.min(Math.max(LOW.share * total, LOW.least), LOW.most)
  return free < limit ? [{ code: 'disk-low', severity: isFull ? 'bad' : 'warn', free, total, secondsLeft, isFull }] : []
}

/** One failure is no standstill, nor is an archive that is slow: WAL has to wait, and none of it to arrive. */
function isStalled(reason: Reason, now: Date): boolean {
  switch (reason.code) {
    case 'archive-command-missing':
      return true
    case 'archive-failing':
      return reason.waiting > STALLED_SEGMENTS || (reason.severity === 'bad' && reason.waiting > 1)
    case 'archive-behind':
      return reason.since === null || now.getTime() - reason.since.getTime() > STALLED_SECONDS * 1_000
    default:
      return false
  }
}
