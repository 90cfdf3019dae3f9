'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronsUpDown } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import { LogLine } from './log-line'
import type { LogItem } from './log-lines'
import type { Follow } from './use-follow'

type LogListProps = {
  items: readonly LogItem[]
  dataDirectory: string | null
  find: string
  wraps: boolean
  follow: Follow
  onOpen: (from: number) => void
}

const LINE_HEIGHT = 22
const BOX_HEIGHT = 600

/** Only the lines in sight are in the page: a log may have tens of thousands. */
export function LogList({ items, follow, onOpen, ...line }: LogListProps) {
  const t = useTranslations('jobs.log')
  const box = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes what it returns
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_HEIGHT,
    getItemKey: (at) => keyOf(items[at]),
    initialRect: { width: 800, height: BOX_HEIGHT },
    overscan: 12,
  })
  const height = rows.getTotalSize()
  const shown = rows.getVirtualItems()
  const { isFollowing } = follow
  // Lines are measured as they come into sight, so the end moves once more after it was reached.
  useLayoutEffect(() => {
    if (isFollowing && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [isFollowing, height])
  return (
    <div
      ref={box}
      role="log"
      aria-live="off"
      aria-label={t('title')}
      tabIndex={0}
      className={cn(
        'max-h-[min(37.5rem,70dvh)] overflow-y-auto overscroll-contain bg-sunken py-2 font-mono text-xs/4.5',
        'focus-visible:-outline-offset-2',
      )}
      onScroll={(event) => follow.onScroll(event.currentTarget)}
    >
      <ol style={{ paddingTop: shown[0]?.start ?? 0, paddingBottom: height - (shown.at(-1)?.end ?? height) }}>
        {shown.map(({ index, key }) => {
          const item = items[index]
          return (
            item && (
              <li key={key} ref={rows.measureElement} data-index={index}>
                {item.kind === 'gap' ? (
                  <Gap count={item.count} onOpen={() => onOpen(item.from)} />
                ) : (
                  <LogLine event={item.event} edges={edgesAt(items, index)} {...line} />
                )}
              </li>
            )
          )
        })}
      </ol>
    </div>
  )
}

function Gap({ count, onOpen }: { count: number; onOpen: () => void }) {
  const t = useTranslations('jobs.log')
  return (
    <button
      type="button"
      className="flex items-center gap-1.5 px-4 py-1.25 text-primary-strong hover:underline md:px-5"
      onClick={onOpen}
    >
      <ChevronsUpDown aria-hidden className="size-3.5" />
      {t('details', { count })}
    </button>
  )
}

/** Where a run of errors begins and ends: its lines stand together. */
function edgesAt(items: readonly LogItem[], index: number): { top: boolean; bottom: boolean } {
  const isError = (item: LogItem | undefined) => item?.kind === 'line' && item.event.level === 'error'
  return { top: !isError(items[index - 1]), bottom: !isError(items[index + 1]) }
}

function keyOf(item: LogItem | undefined): string | number {
  if (!item) return ''
  return item.kind === 'gap' ? `gap ${item.from}` : item.event.seq
}
