import { Sheet } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** A repository as grey blocks of their final size. */
export default function SettingsLoading() {
  const t = translator('shell')
  return (
    <div role="status" aria-label={t('loading.label')} className="grid gap-3 md:gap-4">
      <Sheet as="div" className="grid gap-4 px-4 py-4 md:px-5">
        <Skeleton className="w-40" />
        {[0, 1, 2, 3].map((at) => (
          <div key={at} className="flex gap-6">
            <Skeleton className="w-24" />
            <Skeleton className="w-48" />
          </div>
        ))}
      </Sheet>
      <p className="animate-[appear_1ms_3s_both] text-meta">{t('loading.slow')}</p>
    </div>
  )
}
