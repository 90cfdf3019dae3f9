import type { Route } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/shell/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { translator } from '@/lib/i18n'

const RESTORE = '/restore' as Route

export default function ExchangeNotFound() {
  const t = translator('exchange')
  const action = (
    <Button asChild>
      <Link href={RESTORE}>{t('page.toRestore')}</Link>
    </Button>
  )
  return (
    <>
      <PageHeader title={t('page.notFound')} crumbs={[{ href: RESTORE, label: t('page.crumb') }]} />
      <EmptyState title={t('page.notFound')} action={action}>
        {t('page.notFoundText')}
      </EmptyState>
    </>
  )
}
