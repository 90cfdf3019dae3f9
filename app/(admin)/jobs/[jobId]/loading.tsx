import { PageHeader } from '@/components/shell/page-header'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

export default function JobLoading() {
  const t = translator('shell')
  const jobs = translator('jobs')
  return (
    <>
      <PageHeader title={jobs('page.loading')} crumbs={[{ href: '/history/jobs', label: jobs('page.history') }]} />
      <div role="status" aria-label={t('loading.label')} className="grid gap-3 md:gap-4">
        <div className="grid gap-3 py-1">
          <Skeleton className="h-5 w-64" />
          <Skeleton className="w-96 max-w-full" />
        </div>
        <Sheet as="div" className="h-28">
          <Skeleton className="m-5 h-1.5" />
        </Sheet>
        <div className="grid gap-3 md:gap-4 xl:grid-cols-[292px_minmax(0,1fr)]">
          <Sheet as="div" className="grid h-80 content-start gap-6 p-5">
            {Array.from({ length: 6 }, (_, at) => (
              <Skeleton key={at} className="w-3/5" />
            ))}
          </Sheet>
          <Sheet as="div" className="h-80">
            <Skeleton className="m-5 w-40" />
          </Sheet>
        </div>
        <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
      </div>
    </>
  )
}
