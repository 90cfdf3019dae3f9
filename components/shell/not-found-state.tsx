import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { translator } from '@/lib/i18n'

export function NotFoundState() {
  const t = translator('shell')
  const action = (
    <Button asChild>
      <Link href="/">{t('error.toOverview')}</Link>
    </Button>
  )
  return (
    <EmptyState title={t('error.notFoundTitle')} action={action}>
      {t('error.notFoundText')}
    </EmptyState>
  )
}
