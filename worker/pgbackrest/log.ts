import type { EventLevel } from '@/lib/jobs/event/schema'

/** One line of pgBackRest's console. */
export type LogLine = {
  /** Null where the line carries no time */
  at: Date | null
  level: EventLevel
  /** pgBackRest's process, such as P01 */
  process: string | null
  message: string
  /** Belongs to the message of the line before it: a hint, a cause, the rest of a query */
  continues: boolean
}

const HEAD = /^(?:(\d{4}-\d\d-\d\d [\d:.]{12}) )?(?:(P\d{2,3}) +)?(ASSERT|ERROR|PROTOCOL|WARN|INFO|DETAIL|DEBUG|TRACE): ?(.*)$/

const levels: Record<string, EventLevel> = { ASSERT: 'error', ERROR: 'error', WARN: 'warn', INFO: 'info' }

/**
 * Reads one line, without its line feed. Console times are local to the process: it must run with TZ=UTC.
 * Before logging is set up, and on stderr, lines have no time; indented lines inherit from the one before.
 */
export function parseLine(text: string, previous: LogLine | null): LogLine {
  const line = printable(text)
  if (previous && /^\s/.test(line)) return { ...previous, message: line.trim(), continues: true }
  const head = HEAD.exec(line)
  if (!head) return { at: null, level: 'info', process: null, message: line.trim(), continues: false }
  const [, time, process = null, level = '', message = ''] = head
  return {
    at: time ? new Date(`${time.replace(' ', 'T')}Z`) : null,
    level: levels[level] ?? 'detail',
    process,
    message: message.trimEnd(),
    continues: false,
  }
}

/** Reads whole output. Empty lines are dropped. */
export function parseLog(output: string): LogLine[] {
  const lines: LogLine[] = []
  for (const text of output.split('\n')) {
    if (text.trim() !== '') lines.push(parseLine(text, lines.at(-1) ?? null))
  }
  return lines
}

/** Makes one message of a line and those that continue it, separated by line feeds. */
export function joinContinued(lines: readonly LogLine[]): LogLine[] {
  const messages: LogLine[] = []
  for (const line of lines) {
    const head = messages.at(-1)
    if (line.continues && head) messages[messages.length - 1] = { ...head, message: `${head.message}\n${line.message}` }
    else messages.push(line)
  }
  return messages
}

 
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** With a wrong passphrase pgBackRest prints raw bytes; PostgreSQL stores no NUL, and a terminal obeys escapes. */
export function printable(text: string): string {
  return text.replace(/\r$/, '').replace(UNPRINTABLE, '\ufffd')
}
