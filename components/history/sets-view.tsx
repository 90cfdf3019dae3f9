'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { StaleNote } from '@/components/jobs/stale-note'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { History } from '@/lib/history/schema'
import { ExpiredSets } from './expired-sets'
import { FilterBar } from './filter-bar'
import { ListSheet, UnreadList } from './list-states'
import { NoSets } from './no-sets'
import { useSetFilters } from './set-filters'
import { type Rendered, useHistory, useSetDetail } from './sets-query'
import { SetsTable } from './sets-table'
import { useSetAddress } from './use-set-address'

type SetsViewProps = {
  rendered: Rendered<History>
  /** Makes the first backup; below md nothing else on this page does */
  action: ReactNode
}

/** The tab of backup sets. The address holds all of its state. */
export function SetsView({ rendered, action }: SetsViewProps) {
  const t = useTranslations('history')
  const address = useSetAddress()
  const query = useHistory(address.params, rendered)
  const history = query.data
  if (!history) return query.isError ? <UnreadList label={t('sets')} query={query} /> : null
  if (!history.hasSets && history.families.length === 0) {
    return (
      <EmptyState title={t('empty.title')} action={<div className="w-full md:hidden">{action}</div>}>
        {t('empty.text')}
      </EmptyState>
    )
  }
  return (
    <SetsList history={history} address={address} isOld={query.isError} isWaiting={query.isPlaceholderData && query.isFetching} />
  )
}

type SetsListProps = { history: History; address: ReturnType<typeof useSetAddress>; isOld: boolean; isWaiting: boolean }

function SetsList({ history, address, isOld, isWaiting }: SetsListProps) {
  const t = useTranslations('history')
  const format = useFormat()
  const { params } = address
  const filters = useSetFilters(params, history, address.narrow)
  const detail = useSetDetail(params.set)
  const chain = new Set(detail.data?.chain.map(({ id }) => id))
  const { sets, stored } = history.matching
  const summary = sets > 0 && t('summary.sets', { count: sets, size: format.bytes(stored) })
  return (
    <>
      <FilterBar
        search={params.q}
        searchHint={t('filter.searchSets')}
        onSearch={address.search}
        filters={filters}
        summary={summary}
      />
      {isOld && <StaleNote since={history.now} />}
      {history.families.length === 0 ? (
        <NoSets params={params} onClear={address.clear} />
      ) : (
        <ListSheet label={t('sets')} isDimmed={isOld || isWaiting}>
          <SetsTable history={history} open={params.set} chain={chain} onOpen={address.open} onUnfold={address.unfold} />
        </ListSheet>
      )}
      <MoreFamilies history={history} onMore={address.showMore} />
      <ExpiredSets
        last={history.lastExpired}
        namesRepository={history.repositories.length > 1}
        isOpen={params.expired}
        onToggle={address.toggleExpired}
      />
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
