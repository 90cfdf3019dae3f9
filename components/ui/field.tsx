'use client'

import { type ComponentProps, type ReactNode, createContext, useContext, useId } from 'react'
import { cn } from '@/lib/cn'

type FieldState = { id: string; describedBy: string | undefined; invalid: boolean }
const FieldContext = createContext<FieldState | null>(null)

type FieldProps = { label: ReactNode; error?: ReactNode; hint?: ReactNode; className?: string; children: ReactNode }

/** A label, one control, and beneath it what is wrong or what helps; the control finds its label by itself. */
export function Field({ label, error, hint, className, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <FieldContext value={{ id, describedBy: note ? `${id}-note` : undefined, invalid: Boolean(error) }}>
      <div className={cn('grid gap-1.5', className)}>
        <label htmlFor={id} className="text-compact font-medium">
          {label}
        </label>
        {children}
        {note && (
          <p id={`${id}-note`} className={cn('text-meta', error && 'text-bad')}>
            {note}
          </p>
        )}
      </div>
    </FieldContext>
  )
}

/** What a control inside a Field takes over: its id, its description, whether it is in error. */
export function useFieldProps() {
  const field = useContext(FieldContext)
  return field ? { id: field.id, 'aria-describedby': field.describedBy, 'aria-invalid': field.invalid || undefined } : {}
}

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      {...useFieldProps()}
      {...props}
      className={cn(
        'h-11 w-full min-w-0 rounded-control border border-control bg-card px-3 placeholder:text-faint md:h-9',
        'focus-visible:border-transparent focus-visible:outline-offset-0',
        'aria-invalid:not-focus-visible:border-bad aria-invalid:outline-bad',
        className,
      )}
    />
  )
}
