import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** Filters and rows as grey blocks of their final size. */
export default function HistoryLoading() {
  const t = translator('shell')
  return (
    <div role="status" aria-label={t('loading.label')} className="grid gap-3 md:gap-4">
      <span className="h-11 rounded-control bg-foreground/7.5 md:h-8 md:w-62" />
      <Sheet as="div" className="divide-y">
        {[0, 24, 24, 48, 24, 0].map((indent, at) => (
          <div key={at} className="flex h-13 items-center gap-4 px-5">
            <span style={{ marginLeft: indent }} className="size-4 rounded-full bg-foreground/7.5" />
            <div className="grid gap-2">
              <Skeleton className="w-24" />
              <Skeleton className="w-40" />
            </div>
            <Skeleton className="ml-auto w-28 max-md:w-14" />
          </div>
        ))}
      </Sheet>
      <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
    </div>
  )
}
