'use client'

import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'

export type Segment<V extends string> = { value: V; label: ReactNode; count?: number }
type SegmentedProps<V extends string> = {
  label: string
  value: V
  onChange: (value: V) => void
  items: readonly Segment<V>[]
  className?: string
}

/** One of a few, all in sight; arrow keys move the choice. */
export function Segmented<V extends string>({ label, value, onChange, items, className }: SegmentedProps<V>) {
  const format = useFormat()
  return (
    <RadioGroup.Root
      aria-label={label}
      orientation="horizontal"
      value={value}
      onValueChange={(next) => onChange(next as V)}
      className={cn('flex rounded-[7px] bg-foreground/6 p-0.5 text-compact', className)}
    >
      {items.map((item) => (
        <RadioGroup.Item
          key={item.value}
          value={item.value}
          className={cn(
            'flex h-8 flex-1 items-center justify-center gap-1 rounded-[5px] px-2 whitespace-nowrap text-muted',
            'md:h-6 md:flex-none',
            'data-[state=checked]:bg-card data-[state=checked]:text-foreground data-[state=checked]:shadow-sheet',
            'data-[state=checked]:ring data-[state=checked]:ring-border',
          )}
        >
          {item.label}
          {item.count !== undefined && <span className="text-muted">{format.count(item.count)}</span>}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
