'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'

/** In UTC, and how long ago that is by the server's clock. */
export function Besides({ at }: { at: string }) {
  const t = useTranslations('picker')
  const format = useFormat()
  const now = useNow()
  const moment = new Date(at)
  const [day, time] = at.slice(0, -1).split('T')
  return (
    <p className="flex flex-wrap justify-between gap-x-4 text-compact">
      <span className="text-muted">
        {t.rich('utc', { day: day ?? '', time: time ?? '', b: (chunks) => <span className="text-foreground">{chunks}</span> })}
      </span>
      <span className="font-semibold">{moment > now ? format.until(moment, now) : format.ago(moment, now)}</span>
    </p>
  )
}
