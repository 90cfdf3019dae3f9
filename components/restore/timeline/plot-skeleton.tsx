import { Skeleton } from '@/components/ui/skeleton'
import { restingHeight } from './layout'

const bars = [30, 44, 58, 40, 66, 82, 54, 70, 92, 60, 48, 74, 38, 56, 80, 64, 46, 34]

/** Of the plot's height, while it is read. */
export function PlotSkeleton({ isCompact }: { isCompact: boolean }) {
  return (
    <div aria-hidden style={{ height: restingHeight(isCompact) }} className="flex flex-col justify-between px-3.5 py-4 md:pr-13 md:pl-26">
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-2.5 w-full" />
      <div className="flex h-28 items-end gap-1.5">
        {bars.map((height, n) => (
          <span key={n} style={{ height: `${height}%` }} className="flex-1 rounded-t-[1px] bg-foreground/7.5" />
        ))}
      </div>
      {!isCompact && <Skeleton className="h-7 w-full" />}
    </div>
  )
}
