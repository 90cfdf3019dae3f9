import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** Grey blocks where the page will stand; after a while also what it waits for. */
export default function Loading() {
  const t = translator('shell')
  return (
    <div role="status" aria-label={t('loading.label')} className="grid gap-4">
      <div className="grid gap-3.5 py-3">
        <Skeleton className="h-6 w-4/5" />
        <Skeleton className="h-6 w-3/5" />
        <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
      </div>
      {[40, 24].map((height) => (
        <Sheet key={height} as="div" className="grid content-start gap-3 px-5 py-4">
          <Skeleton className="w-32" />
          <span style={{ height: `${height * 4}px` }} className="block rounded-sm bg-foreground/7.5" />
        </Sheet>
      ))}
    </div>
  )
}
