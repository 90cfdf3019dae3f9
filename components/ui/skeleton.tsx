import { cn } from '@/lib/cn'

/** A grey block of the final size, where something is awaited. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block h-3 rounded-sm bg-foreground/7.5', className)} />
}
