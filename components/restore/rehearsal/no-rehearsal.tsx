'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Nothing is beside the shop: where to choose a moment. */
export function NoRehearsal() {
  const t = useTranslations('rehearsal.none')
  return (
    <EmptyState
      title={t('title')}
      action={
        <Button variant="primary" asChild>
          <Link href={'/restore' as Route}>{t('choose')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  )
}
