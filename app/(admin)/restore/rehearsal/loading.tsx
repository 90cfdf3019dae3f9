import { PageHeader } from '@/components/shell/page-header'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** The sentence, the two ways and the timeline as grey blocks of about their final size. */
export default function RehearsalLoading() {
  const t = translator('shell')
  const crumbs = [{ href: '/restore', label: translator('restore')('title') }]
  return (
    <>
      <PageHeader title={translator('rehearsal')('title')} crumbs={crumbs} />
      <div role="status" aria-label={t('loading.label')} className="grid gap-3 md:gap-4">
        <div className="grid gap-2.5 py-2">
          <Skeleton className="h-5 w-4/5 md:w-3/5" />
          <Skeleton className="w-2/5" />
        </div>
        <Sheet as="div" className="grid lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
          {[6, 5].map((lines) => (
            <div key={lines} className="grid content-start gap-4 px-4 py-5 md:px-6">
              {Array.from({ length: lines }, (_, line) => (
                <Skeleton key={line} className={line % 2 ? 'w-3/5' : 'h-5 w-4/5'} />
              ))}
            </div>
          ))}
        </Sheet>
        <Sheet as="div" className="grid h-72 content-start gap-4 px-4 py-5 md:px-5">
          <Skeleton className="h-5 w-2/5" />
        </Sheet>
        <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
      </div>
    </>
  )
}
