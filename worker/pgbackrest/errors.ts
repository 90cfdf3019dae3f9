/** From how pgBackRest ended to why the job failed. */
import type { FailureCode, JobFailure } from '@/lib/jobs/schema'
import type { Exit } from '../process'
import { type FailureRule, failureParams, failureRules } from './failure-rules'
import { type LogLine, joinContinued } from './log'
import { redactText } from './redact'

/** How it ended, and the last lines it wrote, of both streams: 2.45 and 2.60 differ in where errors go. */
export type PgbackrestEnd = Pick<Exit, 'exitCode' | 'spawnError'> & { lines: readonly LogLine[] }

/** What a look at the repository's directory found: pgBackRest's words often do not tell. */
export type RepositoryState = 'missing' | 'read-only' | 'permission' | 'full'

export type FailureContext = {
  stanza: string
  /** pg1-path as configured */
  dataPath?: string | null
  /** The directory of the job's repository, if it is on this machine */
  repositoryPath?: string | null
  repositoryState?: RepositoryState | null
  /** Of the job's repository: s3, azure, … */
  repositoryType?: string
  /** What a test of the repository did */
  step?: string
  /** The set that was complete before the failure */
  label?: string | null
  /** Values that must not be stored (secretsOf) */
  secrets?: readonly string[]
}

type Params = Record<string, string | undefined>
type Words = { number: number | null; text: string; command: string | null; context: FailureContext }

/** pgBackRest's own exit codes end at 125; beyond 128 a shell tells of a signal. */
const LAST_EXIT_CODE = 125
const DETAIL_CHARACTERS = 4_000
const LINE_CHARACTERS = 400
const TAIL_LINES = 5

export function toFailure(end: PgbackrestEnd, context: FailureContext): JobFailure {
  const messages = joinContinued(end.lines)
  const exitCode = end.exitCode !== null && end.exitCode <= LAST_EXIT_CODE ? end.exitCode : null
  const telling = messages.filter(isTelling)
  const text = telling.map(withoutNumber).join('\n')
  const words = { number: numberOf(telling) ?? exitCode, text, command: commandOf(messages), context }
  const { code, params } = end.spawnError ? { code: 'pgbackrest-missing' as const, params: {} } : explain(words, exitCode)
  const shown = telling.length > 0 ? telling : messages.slice(-TAIL_LINES)
  const detail = end.spawnError ?? shown.map(({ message }) => shorten(message)).join('\n')
  return {
    code,
    ...(exitCode !== null && !end.spawnError && { pgbackrestCode: exitCode }),
    ...(detail && { detail: redactText(detail, context.secrets).slice(0, DETAIL_CHARACTERS) }),
    params: completed(code, params, words),
  }
}

/** Errors, and the warnings that hold the reason of "no database found" and of "no backup set found". */
function isTelling({ level, message }: LogLine): boolean {
  return level === 'error' || (level === 'warn' && /^(?:unable to check pg|repo\d+: \[)/.test(message))
}

/** The command that ran, where it came so far as to say so. */
function commandOf(messages: readonly LogLine[]): string | null {
  const begunOrEnded = messages.map(({ message }) => /^([a-z-]+) command (?:begin|end)\b/.exec(message)?.[1])
  return begunOrEnded.find((command) => command !== undefined) ?? null
}

/** Of the first error: one that sums up others, such as 104, comes last. */
function numberOf(telling: readonly LogLine[]): number | null {
  const numbers = telling.map(({ message }) => /^\[(\d+)\]:/.exec(message)?.[1])
  const first = numbers.find((number) => number !== undefined)
  return first === undefined ? null : Number(first)
}

function withoutNumber({ message }: LogLine): string {
  return message.replace(/^\[\d+\]: /, '')
}

function explain(words: Words, exitCode: number | null): { code: FailureCode; params: Params } {
  const { label, repositoryState, repositoryPath } = words.context
  if (label) return { code: 'expire-failed', params: { label } }
  if (words.text === '' && exitCode === null) return { code: 'terminated', params: {} }
  for (const rule of failureRules) {
    const params = matchRule(rule, words)
    if (!params) continue
    if (!repositoryState || !isExplainedBy(repositoryState, rule.code)) return { code: rule.code, params }
    return { code: `repository-${repositoryState}`, params: { path: repositoryPath ?? undefined } }
  }
  return { code: 'pgbackrest-error', params: { number: words.number?.toString() } }
}

/** The archiver writes to the same repository: when that is full or gone, pgBackRest tells of WAL that never came. */
function isExplainedBy(state: RepositoryState, code: FailureCode): boolean {
  return code === 'archive-timeout' || (code === 'stanza-missing' && state === 'missing')
}

function matchRule({ command, numbers, words, find, place }: FailureRule, { number, text, context, ...ran }: Words): Params | null {
  if (command && command !== ran.command) return null
  if (numbers && (number === null || !numbers.includes(number))) return null
  const match = words?.exec(text)
  if (words && !match) return null
  const params: Params = { ...find?.exec(text)?.groups, ...match?.groups }
  return !place || isAt(place, params.path ?? '', context) ? params : null
}

function isAt(place: 'data' | 'repository', path: string, { dataPath, repositoryPath }: FailureContext): boolean {
  const inData = !!dataPath && isWithin(path, dataPath)
  if (place === 'data') return inData
  return !inData && (!repositoryPath || isWithin(path, repositoryPath) || isWithin(repositoryPath, path))
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory.replace(/\/$/, '')}/`)
}

/** Every value the code's words may use, and no other. */
function completed(code: FailureCode, found: Params, { context }: Words): Record<string, string> {
  const known: Params = { stanza: context.stanza, type: context.repositoryType, step: context.step, ...found }
  const values = failureParams[code].map((name) => [name, shorten(redactText(known[name] || 'none', context.secrets))])
  return Object.fromEntries(values)
}

function shorten(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line))
    .join('\n')
}
