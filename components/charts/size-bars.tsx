import { cn } from '@/lib/cn'

/** Sizes side by side, the newest in full ink. Each is at least a pixel high: a small backup is still one. */
export function SizeBars({ label, sizes }: { label: string; sizes: readonly number[] }) {
  const largest = Math.max(...sizes, 1)
  return (
    <div role="img" aria-label={label} className="flex h-14 items-end gap-0.5 border-b">
      {sizes.map((size, index) => (
        <span
          key={index}
          style={{ height: `${(size / largest) * 100}%` }}
          className={cn('min-h-px max-w-4 flex-1 rounded-t-[1px] bg-bar', index === sizes.length - 1 && 'bg-foreground')}
        />
      ))}
    </div>
  )
}
