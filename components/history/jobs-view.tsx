'use client'

import { useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { JobList } from '@/lib/history/jobs/schema'
import { FilterBar } from './filter-bar'
import { useJobFilters } from './job-filters'
import { JobPages } from './job-pages'
import { useJobList } from './jobs-query'
import { JobsTable } from './jobs-table'
import { NoJobs } from './no-jobs'
import { type JobParams, jobParams } from './search-params'
import type { Rendered } from './sets-query'
import { StaleNote } from '@/components/jobs/stale-note'

const nothing = { kind: null, status: null, trigger: null, q: null, before: null, after: null }

/** The tab of jobs. The address holds the filters and the page. */
export function JobsView({ rendered }: { rendered: Rendered<JobList> }) {
  const t = useTranslations('history')
  const format = useFormat()
  const [params, setAll] = useQueryStates(jobParams)
  const narrow = useCallback((change: Partial<JobParams>) => void setAll({ ...change, before: null, after: null }), [setAll])
  const search = useCallback((q: string | null) => narrow({ q }), [narrow])
  const filters = useJobFilters(params, narrow)
  const query = useJobList(params, rendered)
  const list = query.data
  if (!list) return query.isError ? <Unread onRetry={() => void query.refetch()} busy={query.isFetching} /> : null

  const isNarrowed = [params.kind, params.status, params.trigger, params.q].some((value) => value !== null)
  if (list.jobs.length === 0 && !isNarrowed && !params.before) return <EmptyState title={t('empty.jobsTitle')}>{t('empty.jobsText')}</EmptyState>
  const total = list.total && (list.total.capped ? t('summary.manyJobs', { count: format.count(list.total.count) }) : t('summary.jobs', { count: list.total.count }))
  const isWaiting = query.isPlaceholderData && query.isFetching
  return (
    <>
      <FilterBar search={params.q} searchHint={t('filter.searchJobs')} onSearch={search} filters={filters} summary={total} />
      {query.isError && <StaleNote since={list.now} />}
      {list.jobs.length === 0 ? (
        <NoJobs params={params} list={list} onOlder={() => void setAll({ before: list.next, after: null })} onClear={() => void setAll(nothing)} />
      ) : (
        <Sheet label={t('jobs')} className={cn('overflow-hidden transition-opacity duration-100', (query.isError || isWaiting) && 'opacity-60')}>
          <JobsTable jobs={list.jobs} />
        </Sheet>
      )}
      <JobPages params={params} list={list} />
    </>
  )
}

function Unread({ onRetry, busy }: { onRetry: () => void; busy: boolean }) {
  const t = useTranslations('history')
  return (
    <Sheet label={t('jobs')}>
      <ErrorState title={t('failed')} onRetry={onRetry} busy={busy}>
        {t('failedText')}
      </ErrorState>
    </Sheet>
  )
}
