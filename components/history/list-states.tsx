'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/ui/error-state'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'

/** A list of history on its sheet, dimmed while it is old or about to give way to another. */
export function ListSheet({ label, isDimmed, children }: { label: string; isDimmed: boolean; children: ReactNode }) {
  return (
    <Sheet label={label} className={cn('overflow-hidden transition-opacity duration-100', isDimmed && 'opacity-60')}>
      {children}
    </Sheet>
  )
}

type UnreadProps = { label: string; query: { isFetching: boolean; refetch: () => unknown } }

/** Stands where a list would, when not even an old one is there. */
export function UnreadList({ label, query }: UnreadProps) {
  const t = useTranslations('history')
  return (
    <Sheet label={label}>
      <ErrorState title={t('failed')} onRetry={() => void query.refetch()} busy={query.isFetching}>
        {t('failedText')}
      </ErrorState>
    </Sheet>
  )
}
