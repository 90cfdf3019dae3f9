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

export function LogToolbar({
  counts,
  level,
  onLevel,
  find,
  onFind,
  isFollowing,
  onFollow,
  wraps,
  onWrap,
  download,
}: LogToolbarProps) {
  const t = useTranslations('jobs.log')
  const ink = (of: LogLevel) => (counts[of] === 0 ? '' : of === 'error' ? 'text-bad' : of === 'warn' ? 'text-warn' : '')
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
      <Segmented
        label={t('level')}
        value={level}
        onChange={onLevel}
        items={logLevels.map((value) => ({
          value,
          label: (
            <>
              {t(value)} <LevelCount count={counts[value]} className={ink(value)} />
            </>
          ),
        }))}
        className="max-md:w-full"
      />
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
            'placeholder:text-faint',
            'focus-visible:border-transparent focus-visible:outline-offset-0',
          )}
        />
      </label>
    </header>
  )
}

function LevelCount({ count, className }: { count: number; className: string }) {
  const format = useFormat()
  return <span className={className}>{format.count(count)}</span>
}
