import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

/** Names and what they are, one below the other. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn('grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-compact', className)}>{children}</dl>
}

export function Fact({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-pretty">
        {children}
        {note && <span className="block text-meta text-pretty">{note}</span>}
      </dd>
    </>
  )
}
