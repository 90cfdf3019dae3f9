'use client'

import { useQueryStates } from 'nuqs'
import { type ReactNode, useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { History } from '@/lib/history/schema'
import { ExpiredSets } from './expired-sets'
import { FilterBar } from './filter-bar'
import { NoSets } from './no-sets'
import { FAMILIES_A_PAGE, type SetParams, setParams } from './search-params'
import { type Rendered, useHistory, useSetDetail } from './sets-query'
import { SetsTable } from './sets-table'
import { StaleNote } from '@/components/jobs/stale-note'
import { useSetFilters } from './set-filters'

type SetsViewProps = {
  rendered: Rendered<History>
  /** Makes the first backup; below md nothing else on this page does */
  action: ReactNode
}

/** The tab of backup sets. The address holds all of its state. */
export function SetsView({ rendered, action }: SetsViewProps) {
  const t = useTranslations('history')
  const format = useFormat()
  const [params, setAll] = useQueryStates(setParams)
  // What is narrowed anew begins at its top: what was unfolded or listed further belongs to another list.
  const narrow = useCallback((change: Partial<SetParams>) => void setAll({ ...change, fulls: null, unfold: null, set: null }), [setAll])
  const search = useCallback((q: string | null) => narrow({ q }), [narrow])
  const query = useHistory(params, rendered)
  const history = query.data ?? rendered.data
  const filters = useSetFilters(params, history, narrow)
  const detail = useSetDetail(params.set)
  const chain = new Set(detail.data?.chain.map(({ id }) => id))
  const isWaiting = query.isPlaceholderData && query.isFetching

  if (!query.data && query.isError) {
    return (
      <Sheet label={t('sets')}>
        <ErrorState title={t('failed')} onRetry={() => void query.refetch()} busy={query.isFetching}>
          {t('failedText')}
        </ErrorState>
      </Sheet>
    )
  }
  if (!history.hasSets && history.families.length === 0) {
    return (
      <EmptyState title={t('empty.title')} action={<div className="w-full md:hidden">{action}</div>}>
        {t('empty.text')}
      </EmptyState>
    )
  }
  const onUnfold = (family: string, unfolded: boolean) =>
    void setAll({ unfold: unfolded ? [...params.unfold, family] : params.unfold.filter((other) => other !== family) })
  return (
    <>
      <FilterBar
        search={params.q}
        searchHint={t('filter.searchSets')}
        onSearch={search}
        filters={filters}
        summary={history.matching.sets > 0 && t('summary.sets', { count: history.matching.sets, size: format.bytes(history.matching.stored) })}
      />
      {query.isError && <StaleNote since={history.now} />}
      {history.families.length === 0 ? (
        <NoSets params={params} onClear={() => narrow({ type: null, repo: null, by: null, since: null, q: null })} />
      ) : (
        <Sheet label={t('sets')} className={cn('overflow-hidden transition-opacity duration-100', (query.isError || isWaiting) && 'opacity-60')}>
          <SetsTable history={history} open={params.set} chain={chain} onOpen={(set) => void setAll({ set })} onUnfold={onUnfold} />
        </Sheet>
      )}
      <MoreFamilies history={history} onMore={() => void setAll({ fulls: params.fulls + FAMILIES_A_PAGE })} />
      <ExpiredSets last={history.lastExpired} namesRepository={history.repositories.length > 1} isOpen={params.expired} onToggle={() => void setAll({ expired: !params.expired })} />
    </>
  )
}

function MoreFamilies({ history, onMore }: { history: History; onMore: () => void }) {
  const t = useTranslations('history.table')
  const shown = history.families.filter(({ key }) => !key.startsWith('job/')).length
  if (shown >= history.matching.families) return null
  return (
    <p className="flex items-center gap-3 text-meta">
      <Button size="sm" onClick={onMore}>
        {t('more')}
      </Button>
      {t('moreNote', { shown, total: history.matching.families })}
    </p>
  )
}
