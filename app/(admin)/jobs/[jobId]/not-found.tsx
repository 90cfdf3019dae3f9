import Link from 'next/link'
import { PageHeader } from '@/components/shell/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { translator } from '@/lib/i18n'

export default function JobNotFound() {
  const t = translator('jobs')
  const action = (
    <Button asChild>
      <Link href="/history/jobs">{t('notFound.toJobs')}</Link>
    </Button>
  )
  return (
    <>
      <PageHeader title={t('notFound.header')} crumbs={[{ href: '/history/jobs', label: t('page.history') }]} />
      <EmptyState title={t('notFound.title')} action={action}>
        {t('notFound.text')}
      </EmptyState>
    </>
  )
}
