'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import type { TailEvent } from '@/lib/jobs/tail/schema'
import { type MessagePart, partsOf } from './log-lines'

type LogLineProps = {
  event: TailEvent
  /** Whether an error is the first, the last of several */
  edges: { top: boolean; bottom: boolean }
  dataDirectory: string | null
  find: string
  wraps: boolean
}

const grounds = {
  detail: '',
  info: '',
  warn: 'bg-warn-tint',
  error: 'border-bad-line bg-bad-tint',
}
const inks = { detail: 'text-faint', info: 'text-muted', warn: 'text-warn', error: 'font-semibold text-bad' }
const tones: Record<MessagePart['tone'], string> = { plain: '', figure: 'text-foreground', option: 'inline-block max-w-full' }

/** Time, level, process, message; below md the message stands beneath the rest. */
export function LogLine({ event, edges, dataDirectory, find, wraps }: LogLineProps) {
  const t = useTranslations('jobs.log')
  const format = useFormat()
  const isWorker = event.source === 'worker'
  const isDetail = event.level === 'detail'
  const isPlain = isWorker && (event.level === 'info' || isDetail)
  return (
    <div
      className={cn(
        'grid grid-cols-[auto_auto_1fr] gap-x-2.5 px-4 py-1',
        'md:grid-cols-[92px_52px_52px_minmax(0,1fr)] md:gap-x-0 md:px-5 md:py-0.5',
        grounds[event.level],
        event.level === 'error' && [edges.top && 'border-t md:pt-1.5', edges.bottom && 'border-b md:pb-1.5'],
      )}
    >
      <time
        dateTime={event.at.toISOString()}
        className={event.level === 'warn' || event.level === 'error' ? 'text-muted' : 'text-faint'}
      >
        {format.time(event.at, { millis: true })}
      </time>
      <b className={cn('font-medium', inks[event.level], isPlain && 'max-md:hidden')}>
        {isPlain ? '' : event.level.toUpperCase()}
      </b>
      <span className={event.level === 'warn' || event.level === 'error' ? 'text-muted' : 'text-faint'}>
        {event.process ?? (event.source === 'pgbackrest' ? '' : t(event.source))}
      </span>
      <span
        className={cn(
          'min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap max-md:col-span-full',
          isDetail && 'text-muted',
          isDetail && !wraps && 'md:truncate md:whitespace-pre',
          isWorker && 'font-sans text-compact/4.5',
        )}
      >
        {partsOf(event, dataDirectory).map(({ text, tone }, at) => (
          <span key={at} className={tones[tone]}>
            <Marked text={text} find={find} />
          </span>
        ))}
      </span>
    </div>
  )
}

/** What was looked for stands out where it was found. */
function Marked({ text, find }: { text: string; find: string }) {
  const at = find ? text.toLowerCase().indexOf(find.toLowerCase()) : -1
  if (at === -1) return text
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-[2px] bg-run-tint text-foreground ring-1 ring-run/40">{text.slice(at, at + find.length)}</mark>
      <Marked text={text.slice(at + find.length)} find={find} />
    </>
  )
}
