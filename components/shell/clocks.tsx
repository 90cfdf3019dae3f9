'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { createFormat } from '@/lib/format'

/** The shop's time, in which it thinks, and UTC, in which PostgreSQL and pgBackRest write. */
export function Clocks({ className }: { className?: string }) {
  const t = useTranslations('shell.clock')
  const format = useFormat()
  const now = useNow()
  const utc = useMemo(() => createFormat({ ...format.options, timeZone: 'UTC' }), [format])
  return (
    <div className={cn('flex gap-3 text-[12px] leading-5 whitespace-nowrap md:text-compact', className)}>
      <time dateTime={now.toISOString()} title={t('shop')}>
        {format.weekday(now, 'short')} {format.dateTime(now)} <span className="text-faint max-md:hidden">{format.zone}</span>
      </time>
      {format.zone !== utc.zone && (
        <time dateTime={now.toISOString()} className="max-lg:hidden">
          {utc.time(now, { seconds: true })} <span className="text-faint">{t('utc')}</span>
        </time>
      )}
    </div>
  )
}
