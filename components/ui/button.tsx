'use client'

import { type VariantProps, cva } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, MouseEvent } from 'react'
import { cn } from '@/lib/cn'

export const buttonVariants = cva(
  [
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:opacity-55 disabled:pointer-events-none aria-busy:opacity-75',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-primary-ground text-on-primary shadow-sheet hover:bg-primary-ground/90',
        secondary: 'bg-card inset-ring inset-ring-control/55 shadow-sheet hover:bg-hover',
        quiet: 'text-muted hover:bg-hover hover:text-foreground',
        danger: 'bg-card text-bad inset-ring inset-ring-control/55 shadow-sheet hover:bg-hover',
      },
      size: {
        md: 'h-11 px-3.5 md:h-9',
        sm: 'h-9 px-2.5 text-compact md:h-7',
        icon: 'size-11 md:size-8',
        'icon-sm': 'size-9 md:size-7',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

export type ButtonProps = ComponentProps<'button'> & VariantProps<typeof buttonVariants> & { busy?: boolean; asChild?: boolean }

/** `busy` keeps the button in place and focused, and lets no second press through. `asChild` dresses its child, a link say. */
export function Button({ variant, size, busy = false, asChild = false, className, onClick, children, ...props }: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className)
  const busyProps = { 'aria-busy': busy || undefined, 'aria-disabled': busy || undefined }
  if (asChild) {
    return (
      <Slot.Root className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    )
  }
  const press = (event: MouseEvent<HTMLButtonElement>) => (busy ? event.preventDefault() : onClick?.(event))
  return (
    <button type="button" className={classes} onClick={press} {...busyProps} {...props}>
      {busy && <LoaderCircle aria-hidden className="animate-spin motion-reduce:animate-none" />}
      {children}
    </button>
  )
}
