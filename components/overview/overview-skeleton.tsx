import type { ReactNode } from 'react'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { translator } from '@/lib/i18n'

/** Every heading and the button at once, and grey only where a value will stand; after a while also what is awaited. */
export function OverviewSkeleton({ action }: { action: ReactNode }) {
  const t = translator('overview')
  const shell = translator('shell')
  return (
    <div role="status" aria-label={shell('loading.label')} className="grid gap-3 md:gap-4">
      <div className="grid gap-x-12 gap-y-3.5 pt-3 pb-4 md:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid gap-3.5 pt-1">
          <Skeleton className="h-6 w-full max-w-[780px]" />
          <Skeleton className="h-6 w-4/5 max-w-[640px]" />
        </div>
        <div className="min-w-38">{action}</div>
        <div className="mt-2 flex flex-wrap gap-x-[22px] gap-y-2 md:col-span-2">
          {['w-28', 'w-38', 'w-34', 'w-32'].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
        <p className="animate-[appear_1ms_3s_both] text-meta md:col-span-2">{shell('loading.slow')}</p>
      </div>
      <Sheet as="div" className="grid divide-y xl:grid-cols-[1.2fr_1fr_1.2fr] xl:divide-x xl:divide-y-0">
        {[t('facts.newest'), t('facts.archive'), t('facts.backups')].map((title) => (
          <div key={title} className="grid min-h-44 content-start gap-3 px-4 py-3.5 md:px-5 md:py-4">
            <h2 className="text-section">{title}</h2>
            <Skeleton className="h-6 w-20" />
            <Skeleton className="mt-2 w-4/5" />
            <Skeleton className="w-3/5" />
          </div>
        ))}
      </Sheet>
      <Sheet className="pb-4">
        <SheetHeader title={t('strip.title')} />
        <div className="grid grid-cols-[repeat(30,minmax(0,1fr))] gap-0.5 px-4 pt-3.5 md:gap-1 md:px-5">
          {Array.from({ length: 30 }, (_, day) => (
            <Skeleton key={day} className="h-8 md:h-9" />
          ))}
        </div>
      </Sheet>
      <div className="grid gap-3 md:gap-4 lg:grid-cols-[minmax(0,1.62fr)_minmax(0,1fr)]">
        <SkeletonSheet title={t('activity.title')} widths={['w-3/5', 'w-1/2', 'w-2/3', 'w-1/2']} />
        <SkeletonSheet title={t('repositories.title')} widths={['w-28', 'w-full', 'w-4/5']} />
      </div>
    </div>
  )
}

function SkeletonSheet({ title, widths }: { title: string; widths: string[] }) {
  return (
    <Sheet>
      <SheetHeader title={title} />
      <div className="grid gap-3.5 px-4 pt-4 pb-5 md:px-5">
        {widths.map((width, index) => (
          <Skeleton key={index} className={width} />
        ))}
      </div>
    </Sheet>
  )
}
