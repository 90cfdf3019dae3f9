/** How far the copying is: percent, bytes, rate, time left. Nothing here ever goes back. */
import type { JobProgress } from '@/lib/jobs/schema'
import type { BackupLock } from './info'

/** Times in milliseconds since 1970, sizes in bytes of the database. */
export type CopyState = {
  startedAt: number
  /** When bytes were last seen to have moved */
  changedAt: number
  /** Sum of what the lines named, each rounded to three digits */
  lineBytes: number
  total: number | null
  /** The total comes from the lock; else it is worked out from the lines */
  exact: boolean
}

export type Measured = { progress: JobProgress; copy: CopyState }

/** Below this, a rounded percentage says too little about the total. */
const TELLING_PERCENT = 1

export function startCopy(at: Date): CopyState {
  return { startedAt: at.getTime(), changedAt: at.getTime(), lineBytes: 0, total: null, exact: false }
}

/** A file is done: its size, and the percentage of the whole copy that its line tells. */
export function countFile({ progress, copy }: Measured, file: { bytes: number; percent: number }, at: Date): Measured {
  const lineBytes = copy.lineBytes + file.bytes
  const estimate = file.percent >= TELLING_PERCENT ? Math.round((lineBytes / file.percent) * 100) : copy.total
  const total = copy.exact ? copy.total : estimate
  const bytes = copy.exact && total !== null ? (total * file.percent) / 100 : lineBytes
  const filesDone = (progress.filesDone ?? 0) + 1
  return settle({ progress: { ...progress, filesDone }, copy: { ...copy, lineBytes, total } }, file.percent, bytes, at)
}

/** A look at the lock; without sizes (2.45) only time has passed. */
export function countLock({ progress, copy }: Measured, { backupHeld, sizeTotal, sizeDone }: BackupLock, now: Date): Measured {
  if (!backupHeld || !sizeTotal || sizeDone === undefined) return { progress: age(progress, copy, now), copy }
  return settle({ progress, copy: { ...copy, total: sizeTotal, exact: true } }, (sizeDone / sizeTotal) * 100, sizeDone, now)
}

/** All files are read. */
export function endCopy({ progress, copy }: Measured): JobProgress {
  const { secondsLeft: _, ...rest } = progress
  const bytes = copy.total === null ? null : Math.max(copy.total, progress.bytesDone ?? 0)
  return { ...rest, percent: 100, ...(bytes !== null && { bytesDone: bytes, bytesTotal: bytes }) }
}

function settle({ progress, copy }: Measured, percent: number, bytes: number, at: Date): Measured {
  const before = progress.bytesDone ?? 0
  const bytesDone = Math.max(before, Math.round(bytes))
  const moved = bytesDone > before
  const next: JobProgress = {
    ...progress,
    percent: Math.max(progress.percent ?? 0, Math.min(percent, 100)),
    bytesDone,
    ...(copy.total !== null && { bytesTotal: Math.max(copy.total, bytesDone) }),
  }
  if (!moved) return { progress: age(next, copy, at), copy }
  const rate = rateOf(bytesDone, copy, at)
  const changed = { ...copy, changedAt: at.getTime() }
  return { progress: age({ ...next, ...(rate !== null && { rate }) }, changed, at), copy: changed }
}

function rateOf(bytes: number, { startedAt }: CopyState, at: Date): number | null {
  const seconds = (at.getTime() - startedAt) / 1000
  return seconds > 0 ? bytes / seconds : null
}

/**
 * The time left shrinks while a large file is read: progress comes in files of up to 1 GB. Once it would be over and
 * nothing has moved, it is unknown.
 */
function age({ secondsLeft: _, ...progress }: JobProgress, { changedAt, total }: CopyState, now: Date): JobProgress {
  const { rate, bytesDone = 0 } = progress
  if (!rate || total === null) return progress
  const secondsLeft = Math.max(total - bytesDone, 0) / rate - (now.getTime() - changedAt) / 1000
  return secondsLeft >= 0 ? { ...progress, secondsLeft } : progress
}
