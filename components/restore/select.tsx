'use client'

import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useFieldProps } from '@/components/ui/field'
import { cn } from '@/lib/cn'

/** The browser's own list, in a Field: it is typed into, scrolls on a phone, and holds hundreds. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  return (
    <div className="relative min-w-0">
      <select
        {...useFieldProps()}
        {...props}
        className={cn(
          'h-11 w-full min-w-0 appearance-none truncate rounded-control border border-control bg-card pr-9 pl-3 md:h-9',
          'focus-visible:border-transparent focus-visible:outline-offset-0 disabled:opacity-55',
          'aria-invalid:not-focus-visible:border-bad aria-invalid:outline-bad',
          className,
        )}
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
    </div>
  )
}
