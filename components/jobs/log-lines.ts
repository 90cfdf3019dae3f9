import type { EventLevel } from '@/lib/jobs/event/schema'
import type { TailEvent } from '@/lib/jobs/tail/schema'

export const logLevels = ['all', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]
export type LogItem = { kind: 'line'; event: TailEvent } | { kind: 'gap'; from: number; count: number }

/** pgBackRest names its options when a command begins: the directory it reads, with a slash at its end, or null. */
export function dataDirectoryOf(events: readonly TailEvent[]): string | null {
  const begin = events.find(({ message }) => / command begin /.test(message))
  const path = / --pg1-path=("[^"]*"|\S+)/.exec(begin?.message ?? '')?.[1]?.replaceAll('"', '')
  return path ? `${path.replace(/\/+$/, '')}/` : null
}

/** The version that ran, by the same line. */
export function versionOf(events: readonly TailEvent[]): string | null {
  for (const { message } of events) {
    const version = /^[a-z-]+ command begin (\S+):/.exec(message)?.[1]
    if (version) return version
  }
  return null
}

/** The set pgBackRest says it builds on. */
export function lastLabelOf(events: readonly TailEvent[]): string | null {
  for (const { message } of events) {
    const label = /^last backup label = (\S+?),/.exec(message)?.[1]
    if (label) return label
  }
  return null
}

export function countLevels(events: readonly TailEvent[]): Record<LogLevel, number> {
  const count = (level: EventLevel) => events.reduce((sum, event) => sum + (event.level === level ? 1 : 0), 0)
  return { all: events.length, info: count('info'), warn: count('warn'), error: count('error') }
}

export function selectEvents(events: readonly TailEvent[], level: LogLevel, find: string): readonly TailEvent[] {
  const wanted = find.trim().toLowerCase()
  if (level === 'all' && !wanted) return events
  return events.filter((event) => (level === 'all' || event.level === level) && event.message.toLowerCase().includes(wanted))
}

/** Fewer detail lines than this are not worth a fold. */
const WORTH_FOLDING = 12

/** Long runs of detail lines become one gap each, their last line kept: it stands before what happened next. */
export function foldDetails(events: readonly TailEvent[], opened: ReadonlySet<number>): LogItem[] {
  const items: LogItem[] = []
  for (let at = 0; at < events.length; ) {
    let end = at
    while (events[end]?.level === 'detail') end += 1
    const first = events[at]
    if (end - at < WORTH_FOLDING || !first || opened.has(first.seq)) {
      for (const event of events.slice(at, Math.max(end, at + 1))) items.push({ kind: 'line', event })
    } else {
      items.push({ kind: 'gap', from: first.seq, count: end - at - 1 })
      for (const event of events.slice(end - 1, end)) items.push({ kind: 'line', event })
    }
    at = Math.max(end, at + 1)
  }
  return items
}

export type MessagePart = { text: string; tone: 'plain' | 'figure' | 'option' }

/** A message as it is shown: the data directory's prefix dropped, checksums cut, sizes and options told apart. */
export function partsOf(
  { message, level, source }: Pick<TailEvent, 'message' | 'level' | 'source'>,
  dataDirectory: string | null,
): MessagePart[] {
  if (source === 'worker') return [{ text: message, tone: 'plain' }]
  const options = message.split(/ (?=--)/)
  if (options.length > 1 && / command begin /.test(message)) {
    return options.flatMap((text, at): MessagePart[] =>
      at === 0
        ? [{ text, tone: 'plain' }]
        : [
            { text: ' ', tone: 'plain' },
            { text, tone: 'option' },
          ],
    )
  }
  const text = dataDirectory ? message.replaceAll(dataDirectory, '') : message
  if (level !== 'detail') return [{ text, tone: 'plain' }]
  const match = /^(.*?)( \([^)]*\d%\))(.*)$/.exec(text)
  if (!match) return [{ text, tone: 'plain' }]
  const [, before = '', figure = '', after = ''] = match
  const rest = after.replace(/\b([0-9a-f]{12})[0-9a-f]{16,}\b/g, '$1…')
  return [
    { text: before, tone: 'plain' }, { text: figure, tone: 'figure' }, ...(rest ? [{ text: rest, tone: 'plain' } as const] : []),
  ]
}
