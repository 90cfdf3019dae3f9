import { ChevronRight } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { cn } from '@/lib/cn'

export type Crumb = { href: string; label: string }

/** The page's title, in the shell's header row; `crumbs` lead up to it. Part of the page, so that it changes with it. */
export function PageHeader({ title, crumbs = [] }: { title: string; crumbs?: Crumb[] }) {
  return (
    <div
      className={cn(
        'pointer-events-none fixed top-0 left-14 z-30 flex h-14 max-w-[calc(100%-16rem)] items-center gap-2',
        'md:absolute md:left-8 md:h-16',
      )}
    >
      {crumbs.map(({ href, label }) => (
        <span key={href} className="hidden items-center gap-2 md:flex">
          <Link href={href as Route} className="pointer-events-auto font-medium text-muted hover:text-foreground">
            {label}
          </Link>
          <ChevronRight aria-hidden className="size-3.5 text-faint" />
        </span>
      ))}
      <h1 className="truncate text-base font-semibold tracking-[-0.014em]">{title}</h1>
    </div>
  )
}
