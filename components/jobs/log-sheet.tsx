'use client'

import { useMemo, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import type { TailEvent, TailJob } from '@/lib/jobs/tail/schema'
import { type LogItem, type LogLevel, countLevels, dataDirectoryOf, foldDetails, selectEvents } from './log-lines'
import { LogList } from './log-list'
import { LogToolbar } from './log-toolbar'
import { useFollow } from './use-follow'

type LogSheetProps = { job: TailJob; events: readonly TailEvent[]; isActive: boolean }

/** The log as it comes. One that had ended before it was opened has its long runs of detail folded. */
export function LogSheet({ job, events, isActive }: LogSheetProps) {
  const t = useTranslations('jobs.log')
  const [folds] = useState(!isActive)
  const [level, setLevel] = useState<LogLevel>('all')
  const [find, setFind] = useState('')
  const [wraps, setWraps] = useState(false)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const dataDirectory = useMemo(() => dataDirectoryOf(events), [events])
  const counts = useMemo(() => countLevels(events), [events])
  const items = useMemo<LogItem[]>(() => {
    const selected = selectEvents(events, level, find)
    return folds && level === 'all' && !find.trim()
      ? foldDetails(selected, opened)
      : selected.map((event) => ({ kind: 'line', event }))
  }, [events, level, find, folds, opened])
  const follow = useFollow(isActive)
  return (
    <Sheet className="overflow-hidden">
      <LogToolbar
        counts={counts}
        level={level}
        onLevel={setLevel}
        find={find}
        onFind={setFind}
        isFollowing={follow.isFollowing}
        onFollow={follow.start}
        wraps={wraps}
        onWrap={() => setWraps(!wraps)}
        download={`/api/jobs/${job.id}/log`}
      />
      {items.length === 0 ? (
        <p className="bg-sunken px-4 py-5 text-muted md:px-5">{events.length === 0 ? t('empty') : t('nothingFound')}</p>
      ) : (
        <LogList
          items={items}
          dataDirectory={dataDirectory}
          find={find.trim()}
          wraps={wraps}
          follow={follow}
          onOpen={(from) => setOpened(new Set([...opened, from]))}
        />
      )}
    </Sheet>
  )
}
