'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'

export type LinkTab = { href: string; label: string; count?: number; current?: boolean }

/** Views of one page that are addresses of their own. */
export function LinkTabs({ items, label, className }: { items: LinkTab[]; label?: string; className?: string }) {
  const format = useFormat()
  return (
    <nav aria-label={label} className={cn('flex gap-6 border-b', className)}>
      {items.map(({ href, label: name, count, current }) => (
        <Link
          key={href}
          href={href as Route}
          aria-current={current ? 'page' : undefined}
          className={cn(
            '-mb-px flex h-11 items-center gap-1.5 border-b-2 border-transparent font-medium text-muted hover:text-foreground',
            current && 'border-primary-strong text-foreground',
          )}
        >
          {name}
          {count !== undefined && <span className="font-normal text-muted">{format.count(count)}</span>}
        </Link>
      ))}
    </nav>
  )
}
