'use client'

import { useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { EmptyState } from '@/components/ui/empty-state'
import type { JobList } from '@/lib/history/jobs/schema'
import { FilterBar } from './filter-bar'
import { useJobFilters } from './job-filters'
import { JobPages } from './job-pages'
import { useJobList } from './jobs-query'
import { JobsTable } from './jobs-table'
import { ListSheet, UnreadList } from './list-states'
import { NoJobs } from './no-jobs'
import { type JobParams, jobParams } from './search-params'
import type { Rendered } from './sets-query'

const nothing = { kind: null, status: null, trigger: null, q: null, before: null, after: null }

/** The tab of jobs. The address holds the filters and the page. */
export function JobsView({ rendered }: { rendered: Rendered<JobList> }) {
  const t = useTranslations('history')
  const [params, setAll] = useQueryStates(jobParams)
  const narrow = useCallback((change: Partial<JobParams>) => void setAll({ ...change, before: null, after: null }), [setAll])
  const search = useCallback((q: string | null) => narrow({ q }), [narrow])
  const filters = useJobFilters(params, narrow)
  const query = useJobList(params, rendered)
  const list = query.data
  if (!list) return query.isError ? <UnreadList label={t('jobs')} query={query} /> : null
  const isWhole = Object.values(params).every((value) => value === null)
  if (list.jobs.length === 0 && isWhole) return <EmptyState title={t('empty.jobsTitle')}>{t('empty.jobsText')}</EmptyState>
  const isWaiting = query.isPlaceholderData && query.isFetching
  return (
    <>
      <FilterBar
        search={params.q}
        searchHint={t('filter.searchJobs')}
        onSearch={search}
        filters={filters}
        summary={list.total && <Total total={list.total} />}
      />
      {query.isError && <StaleNote since={list.now} />}
      {list.jobs.length === 0 ? (
        <NoJobs
          params={params}
          list={list}
          onOlder={() => void setAll({ before: list.next, after: null })}
          onClear={() => void setAll(nothing)}
        />
      ) : (
        <ListSheet label={t('jobs')} isDimmed={query.isError || isWaiting}>
          <JobsTable jobs={list.jobs} />
        </ListSheet>
      )}
      <JobPages params={params} list={list} />
    </>
  )
}

function Total({ total: { count, capped } }: { total: NonNullable<JobList['total']> }) {
  const t = useTranslations('history.summary')
  const format = useFormat()
  return capped ? t('manyJobs', { count: format.count(count) }) : t('jobs', { count })
}
