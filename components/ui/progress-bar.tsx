import { cn } from '@/lib/cn'

type ProgressBarProps = { label: string; value?: number; className?: string }

/** `value` is 0 to 100. Without one the bar says that something happens, not how far it is. */
export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const known = value === undefined ? undefined : Math.min(100, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known === undefined ? undefined : Math.floor(known)}
      className={cn('h-1.5 overflow-hidden rounded-full bg-foreground/9', className)}
    >
      {known === undefined ? (
        <div className="h-full w-2/5 animate-indeterminate rounded-full bg-run-fill motion-reduce:animate-none" />
      ) : (
        <div className="h-full rounded-full bg-run-fill transition-[width] duration-300" style={{ width: `${known}%` }} />
      )}
    </div>
  )
}
