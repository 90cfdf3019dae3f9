'use client'

import { CloudOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'

/** What stands below is from then; it is asked for again by itself. */
export function StaleNote({ since }: { since: Date }) {
  const t = useTranslations('jobs.notice')
  const format = useFormat()
  return (
    <p role="status" className="flex items-center gap-2 text-compact text-warn">
      <CloudOff aria-hidden className="size-4 shrink-0" />
      {t('stale', { time: format.time(since, { seconds: true }) })}
    </p>
  )
}
