/** Watches a backup: each line, and each look at its lock, makes the next state. Pure; `now` is given. */
import { enterPhase } from '@/lib/jobs/rules'
import { type BackupType, type JobPhase, type JobProgress, backupTypeSchema } from '@/lib/jobs/schema'
import { type CopyState, countFile, countLock, endCopy, startCopy } from './copy-progress'
import type { BackupLock } from './info'
import type { LogLine } from './log'

/** What pgBackRest's own lines told. */
export type BackupFacts = {
  /** As made: without a full to build on, a diff or incr becomes a full */
  type: BackupType | null
  label: string | null
  /** The set stands; what comes after is expire */
  completed: boolean
  /** Continued what an interrupted backup left */
  resumed: boolean
  /** Labels that retention removed, in the order they went */
  expired: string[]
  warnings: number
  /** Files with page checksums that did not match */
  pageErrors: number
}

export type BackupState = { progress: JobProgress; facts: BackupFacts; copy: CopyState | null }

/** Before the first line; `progress` holds the steps the job went through already. */
export function beginBackup(progress: JobProgress): BackupState {
  const facts = { type: null, label: null, completed: false, resumed: false, expired: [], warnings: 0, pageErrors: 0 }
  return { progress, facts, copy: null }
}

/** A line's own time counts where it has one: lines may arrive in batches. */
export function advance(state: BackupState, input: LogLine | BackupLock, now: Date): BackupState {
  return 'message' in input ? applyLine(state, input, input.at ?? now) : applyLock(state, input, now)
}

/** Counts only while we copy: before, the lock may be another process's. */
function applyLock(state: BackupState, lock: BackupLock, now: Date): BackupState {
  const { progress, copy } = state
  if (!copy || progress.steps.at(-1)?.phase !== 'copy') return state
  return { ...state, ...countLock({ progress, copy }, lock, now) }
}

function applyLine(state: BackupState, line: LogLine, at: Date): BackupState {
  if (line.continues) return state
  const counted = line.level === 'warn' ? know(state, { warnings: state.facts.warnings + 1 }) : state
  for (const [pattern, apply] of patterns) {
    const match = pattern.exec(line.message)
    if (match) return apply(counted, match, at)
  }
  return counted
}

type Apply = (state: BackupState, match: RegExpExecArray, at: Date) => BackupState

/** Lines of 2.45 to 2.60, the frequent first. Each stands at the start of its message. */
const patterns: readonly [RegExp, Apply][] = [
  [
    /^(?:backup|store truncated|checksum resumed|match) file .*\((?:bundle [\d/]+, )?([\d.]+)([KMGTP]?)B(?:->\S+)?, ([\d.]+)%\)/,
    (state, [, size, unit, percent], at) => copied(state, { bytes: toBytes(Number(size), unit), percent: Number(percent) }, at),
  ],
  [/^(?:store zero-length file|skip file removed by database) /, (state) => fileDone(state)],
  [/^backup command begin /, (state, _match, at) => enter(state, 'start', at)],
  [
    /^backup start archive = \S+, lsn = (\S+)$/,
    (state, [, lsn], at) => ({ ...enter(enter(state, 'start', at, lsn), 'copy', at), copy: startCopy(at) }),
  ],
  [/^execute (?:non-exclusive )?backup stop /, (state, _match, at) => enter(copyEnded(state), 'wal', at)],
  [/^backup stop archive = (\S+), lsn = \S+$/, (state, [, segment], at) => enter(state, 'wal', at, segment)],
  [/^new backup label = (\S+)$/, (state, [, label = null], at) => know(enter(state, 'label', at, label ?? undefined), { label })],
  [/^(full|diff|incr) backup size = /, (state, [, type]) => know(state, { type: backupTypeSchema.parse(type) })],
  [/^backup command end: completed successfully/, (state) => know(state, { completed: true })],
  [/^expire command begin /, (state, _match, at) => enter(state, 'expire', at)],
  [/^repo\d+: remove expired backup (\S+)$/, (state, [, label = ''], at) => labelExpired(state, label, at)],
  [/^no prior backup exists, (?:diff|incr) backup has been changed to full$/, (state) => know(state, { type: 'full' })],
  [/^resumable backup \S+ of same type exists/, (state) => know(state, { resumed: true })],
  [
    /^(?:invalid page checksums? found|page misalignment) in file /,
    (state) => know(state, { pageErrors: state.facts.pageErrors + 1 }),
  ],
]

function know(state: BackupState, facts: Partial<BackupFacts>): BackupState {
  return { ...state, facts: { ...state.facts, ...facts } }
}

function enter(state: BackupState, phase: JobPhase, at: Date, detail?: string): BackupState {
  return { ...state, progress: enterPhase(state.progress, phase, at, detail) }
}

function copied(state: BackupState, file: { bytes: number; percent: number }, at: Date): BackupState {
  const { progress, copy } = state
  return copy ? { ...state, ...countFile({ progress, copy }, file, at) } : state
}

function copyEnded(state: BackupState): BackupState {
  const { progress, copy } = state
  return copy ? { ...state, progress: endCopy({ progress, copy }) } : state
}

function fileDone(state: BackupState): BackupState {
  return { ...state, progress: { ...state.progress, filesDone: (state.progress.filesDone ?? 0) + 1 } }
}

function labelExpired(state: BackupState, label: string, at: Date): BackupState {
  const expired = [...state.facts.expired, label]
  return know(enter(state, 'expire', at, expired.join(', ')), { expired })
}

const UNITS = ['', 'K', 'M', 'G', 'T', 'P']

/** pgBackRest counts in powers of 1024. */
function toBytes(size: number, unit = ''): number {
  return size * 1024 ** UNITS.indexOf(unit)
}
