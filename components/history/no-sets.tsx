'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { noSetsWords } from './no-words'
import type { SetParams } from './search-params'

export function NoSets({ params, onClear }: { params: SetParams; onClear: () => void }) {
  const t = useTranslations('history')
  const format = useFormat()
  return <EmptyState title={noSetsWords(t, params, format)} action={<Button onClick={onClear}>{t('filter.clearAll')}</Button>} />
}
