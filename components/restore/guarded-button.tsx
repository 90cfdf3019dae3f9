'use client'

import { useId } from 'react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { cn } from '@/lib/cn'

type GuardedButtonProps = ButtonProps & {
  /** Why it cannot be pressed now */
  reason: string | null
  /** What is good to know before pressing it, while it can be */
  note?: string
}

/** A button with its reason in words beneath: a disabled one alone says nothing. */
export function GuardedButton({ reason, note, className, ...props }: GuardedButtonProps) {
  const id = useId()
  const words = reason ?? note
  return (
    <div className={cn('grid content-start gap-1.5', className)}>
      <Button {...props} disabled={reason !== null} aria-describedby={words ? id : undefined} />
      {words && (
        <p id={id} className="text-meta text-pretty">
          {words}
        </p>
      )}
    </div>
  )
}

/** What the server refused, or that nothing answered. */
export function Refusal({ words, className }: { words: string | null | undefined; className?: string }) {
  return words && (
    <p role="alert" className={cn('text-compact text-pretty text-bad', className)}>
      {words}
    </p>
  )
}
