'use client'

import { ArrowDown, Download, Search, WrapText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { BASE_PATH } from '@/lib/base-path'
import { cn } from '@/lib/cn'
import { type LogLevel, logLevels } from './log-lines'

type LogToolbarProps = {
  counts: Record<LogLevel, number>
  level: LogLevel
  onLevel: (level: LogLevel) => void
  find: string
  onFind: (text: string) => void
  isFollowing: boolean
  onFollow: () => void
  wraps: boolean
  onWrap: () => void
  /** Path of the route handler, without the base path */
  download: string
}

export function LogToolbar(props: LogToolbarProps) {
  const { isFollowing, onFollow, wraps, onWrap, download } = props
  const t = useTranslations('jobs.log')
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2.5 border-b py-2.5 pr-3 pl-4 md:pl-5">
      <h2 className="text-section">{t('title')}</h2>
      <div className="ml-auto flex items-center gap-0.5 md:order-2">
        <Button variant="quiet" size="sm" aria-pressed={isFollowing} className="aria-pressed:text-run" onClick={onFollow}>
          <ArrowDown aria-hidden />
          {isFollowing ? t('following') : t('toEnd')}
        </Button>
        <Button
          variant="quiet"
          size="icon-sm"
          aria-label={t('wrap')}
          aria-pressed={wraps}
          className="aria-pressed:text-run max-md:hidden"
          onClick={onWrap}
        >
          <WrapText aria-hidden />
        </Button>
        <Button variant="quiet" size="icon-sm" asChild>
          <a href={BASE_PATH + download} download aria-label={t('download')}>
            <Download aria-hidden />
          </a>
        </Button>
      </div>
      <Levels {...props} />
      <FindField {...props} />
    </header>
  )
}

function Levels({ counts, level, onLevel }: Pick<LogToolbarProps, 'counts' | 'level' | 'onLevel'>) {
  const t = useTranslations('jobs.log')
  const format = useFormat()
  const ink = (of: LogLevel) => cn(counts[of] > 0 && { error: 'text-bad', warn: 'text-warn', info: '', all: '' }[of])
  const items = logLevels.map((value) => ({
    value,
    label: (
      <>
        {t(value)} <span className={ink(value)}>{format.count(counts[value])}</span>
      </>
    ),
  }))
  return <Segmented label={t('level')} value={level} onChange={onLevel} items={items} className="max-md:w-full" />
}

function FindField({ find, onFind }: Pick<LogToolbarProps, 'find' | 'onFind'>) {
  const t = useTranslations('jobs.log')
  return (
    <label className="relative max-md:w-full md:w-38">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint" />
      <input
        type="search"
        aria-label={t('find')}
        placeholder={t('find')}
        value={find}
        onChange={(event) => onFind(event.target.value)}
        className={cn(
          'h-9 w-full min-w-0 rounded-control border border-control bg-card pr-1 pl-8.5 text-compact md:h-7',
          'placeholder:text-faint focus-visible:border-transparent focus-visible:outline-offset-0',
        )}
      />
    </label>
  )
}
