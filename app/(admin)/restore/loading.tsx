import { PageHeader } from '@/components/shell/page-header'
import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** The sentence, the timeline and the three sheets beneath it as grey blocks of their final size. */
export default function RestoreLoading() {
  const t = translator('shell')
  return (
    <>
      <PageHeader title={translator('restore')('title')} />
      <div role="status" aria-label={t('loading.label')} className="grid gap-3 md:gap-4">
        <div className="grid gap-2.5 py-2">
          <Skeleton className="h-5 w-4/5 md:w-3/5" />
          <Skeleton className="w-2/5" />
        </div>
        <Sheet as="div" className="grid h-[28rem] content-start gap-6 px-4 py-4 md:px-5">
          <Skeleton className="h-7 w-72 max-w-full" />
          <Skeleton className="h-64" />
        </Sheet>
        <div className="grid gap-3 md:gap-4 lg:grid-cols-2 xl:grid-cols-3">
          {[10, 8, 6].map((lines) => (
            <Sheet key={lines} as="div" className="grid min-h-96 content-start gap-4 px-4 py-4 md:px-5">
              {Array.from({ length: lines }, (_, line) => (
                <Skeleton key={line} className={line % 2 ? 'w-3/5' : 'h-5 w-4/5'} />
              ))}
            </Sheet>
          ))}
        </div>
        <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
      </div>
    </>
  )
}
