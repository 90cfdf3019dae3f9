import type { ElementType, ReactNode } from 'react'
import { cn } from '@/lib/cn'

type SheetProps = { as?: ElementType; label?: string; className?: string; children: ReactNode }

/** The one level of surface: a sheet on the page, hairlines inside it, never a sheet in a sheet. */
export function Sheet({ as: Element = 'section', label, className, children }: SheetProps) {
  return (
    <Element aria-label={label} className={cn('min-w-0 rounded-sheet border bg-card shadow-sheet', className)}>
      {children}
    </Element>
  )
}

type SheetHeaderProps = { title: ReactNode; note?: ReactNode; end?: ReactNode; className?: string }

/** A sheet's heading, what belongs to it in muted words, and what stands at the far end. */
export function SheetHeader({ title, note, end, className }: SheetHeaderProps) {
  return (
    <header className={cn('flex flex-wrap items-baseline gap-x-2 px-4 pt-3.5 md:px-5', className)}>
      <h2 className="text-section">{title}</h2>
      {note && <span className="text-muted">{note}</span>}
      {end && <div className="ml-auto flex items-center gap-2">{end}</div>}
    </header>
  )
}
