/**
 * Terminology. A *mark* of the WAL clock says: at `at`, by the shop's own clock, everything before `lsn` was committed, and a
 * commit right before `lsn` is later than `at`. Where that commit is stored, `at` can be reached.
 */
import type { Lineage } from '../lineage/rules'

export type Mark = {
  timeline: number
  lsn: bigint
  at: Date
  /** Of the transaction that wrote it, with epoch; 0 where it is not known */
  xid: bigint
}

/** The marks as those ask who plan a restore. A mark is on a lineage when `isOn` says so. */
export type ClockReader = {
  /** The newest one at or before `at`, of whatever timeline */
  lastBy(at: Date): Promise<Mark | null>
  /** The first one on the lineage that is `at` or later */
  firstSince(lineage: Lineage, at: Date): Promise<Mark | null>
  /** For each position the newest one on the lineage that lies at or before it */
  lastUpTo(lineage: Lineage, positions: readonly bigint[]): Promise<(Mark | null)[]>
  /** The first one on the lineage that lies behind the position */
  firstPast(lineage: Lineage, position: bigint): Promise<Mark | null>
  /** The first one on the lineage whose transaction is this one or a later one, and the last one before that which is earlier */
  aroundXid(lineage: Lineage, xid: bigint): Promise<{ before: Mark | null; since: Mark | null }>
  /** The first and the newest one behind a position of a timeline */
  ends(timeline: number, position: bigint): Promise<{ first: Mark; last: Mark } | null>
  /** A restore point of ours */
  point(name: string): Promise<Omit<Mark, 'xid'> | null>
}
