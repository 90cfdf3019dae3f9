'use client'

import { OctagonX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { failureWords } from '@/lib/jobs/failure/rules'
import type { RestoreView } from '@/lib/restore/view/schema'
import { TextLink } from './text-link'

/** What was asked for last and did not come about; its job says the rest. */
export function FailureNote({ view: { lastFailure, jobs } }: { view: RestoreView }) {
  const t = useTranslations('restore.failure')
  const failures = useTranslations('failures')
  const titles = useTranslations('jobs.title')
  const format = useFormat()
  const now = useNow(60_000)
  if (!lastFailure || jobs.length > 0) return null
  const { jobId, kind, actorName, finishedAt, failure } = lastFailure
  const { title, meaning } = failureWords(failures, failure, kind)
  return (
    <section
      aria-label={t('label')}
      className={cn(
        'grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 rounded-sheet border border-bad-line bg-bad-tint',
        'px-4 py-3.5 md:px-5',
      )}
    >
      <OctagonX aria-hidden className="mt-0.5 size-4 text-bad" />
      <div role="alert" className="max-w-[90ch] text-pretty">
        <b className="font-semibold">
          {titles(kind, { type: 'full' })}: {title}
        </b>{' '}
        {meaning[0]}
      </div>
      <p className="col-start-2 mt-1 text-compact text-muted">
        {t('by', { name: actorName, moment: format.moment(finishedAt, now, { inline: true }) })}{' '}
        <TextLink href={`/jobs/${jobId}`}>{t('open', { id: jobId })}</TextLink>
      </p>
    </section>
  )
}
