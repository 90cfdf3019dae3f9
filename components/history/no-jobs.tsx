'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { JobList } from '@/lib/history/jobs/schema'
import { noJobsWords } from './no-words'
import type { JobParams } from './search-params'

type NoJobsProps = { params: JobParams; list: JobList; onOlder: () => void; onClear: () => void }

/** Says which jobs there are none of; a search that ended early can be taken further. */
export function NoJobs({ params, list, onOlder, onClear }: NoJobsProps) {
  const t = useTranslations('history')
  const action = (
    <>
      <Button onClick={onClear}>{t('filter.clearAll')}</Button>
      {list.searchedTo && <Button onClick={onOlder}>{t('empty.searchOlder')}</Button>}
    </>
  )
  return (
    <EmptyState title={noJobsWords(t, params)} action={action}>
      {list.searchedTo && t('empty.searched', { id: list.searchedTo })}
    </EmptyState>
  )
}
