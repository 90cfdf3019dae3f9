import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

type EmptyStateProps = { title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }

/** Says what will stand here, and the one thing to do about it. */
export function EmptyState({ title, children, action, className }: EmptyStateProps) {
  return (
    <section className={cn('rounded-sheet border border-dashed px-5 py-7 text-center', className)}>
      <h2 className="text-section">{title}</h2>
      {children && <div className="mx-auto mt-1 max-w-[62ch] text-balance text-muted">{children}</div>}
      {action && <div className="mt-4 flex justify-center gap-2">{action}</div>}
    </section>
  )
}
