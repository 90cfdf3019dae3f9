/** What PostgreSQL, and the restore_command it runs, say while WAL is replayed. Wording of 15 to 18, in English (lc_messages=C). */

export type RecoveryNews =
  /** The target was found: replay pauses there */
  | { kind: 'stopping' }
  /** It cannot go on in hot standby: the primary once ran with more */
  | { kind: 'insufficient'; setting: string; needed: number }
  | { kind: 'segment'; segment: string; found: boolean }
  | { kind: 'fatal'; message: string }

const patterns: readonly [RegExp, (match: string[]) => RecoveryNews][] = [
  [/\bLOG: {2}recovery stopping (?:before|after|at)\b/, () => ({ kind: 'stopping' })],
  [
    /\b(?:DETAIL|FATAL): {2}(?:.*because )?([a-z_]+) = \d+ is a lower setting than on the primary server, where its value was (\d+)/,
    ([, setting = '', needed]) => ({ kind: 'insufficient', setting, needed: Number(needed) }),
  ],
  [/\bINFO: found ([0-9A-F]{24}) in the /, ([, segment = '']) => ({ kind: 'segment', segment, found: true })],
  [/\bINFO: unable to find ([0-9A-F]{24}) in the archive/, ([, segment = '']) => ({ kind: 'segment', segment, found: false })],
  [/\b(?:FATAL|PANIC): {2}(?!the database system is|terminating )(.+)$/, ([, message = '']) => ({ kind: 'fatal', message })],
]

/** What it says to us, who are alone in asking it whether it is up: no news to anybody, and it reads like an error. */
const TURNED_AWAY =
  /\b(?:FATAL: {2}the database system is (?:starting up|not yet accepting connections|shutting down)|DETAIL: {2}Consistent recovery state has not (?:been yet|yet been) reached)/

export const isTurningAway = (line: string) => TURNED_AWAY.test(line)

export function readRecoveryLine(line: string): RecoveryNews | null {
  for (const [pattern, toNews] of patterns) {
    const match = pattern.exec(line)
    if (match) return toNews([...match])
  }
  return null
}
