'use client'

import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import { Button } from './button'

export const Dialog = Primitive.Root
export const DialogTrigger = Primitive.Trigger
export const DialogClose = Primitive.Close

export function DialogOverlay({ className, ...props }: ComponentProps<typeof Primitive.Overlay>) {
  return <Primitive.Overlay className={cn('fixed inset-0 z-40 bg-black/40 dark:bg-black/60', className)} {...props} />
}

/**
 * Centred; below md it comes from the bottom edge. Give it a DialogTitle; without a DialogDescription pass
 * `aria-describedby={undefined}`.
 */
export function DialogContent({ className, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  const t = useTranslations('shell')
  return (
    <Primitive.Portal>
      <DialogOverlay />
      <Primitive.Content
        className={cn(
          'fixed inset-x-0 bottom-0 z-50 max-h-[90dvh] overflow-y-auto rounded-t-xl bg-card p-5 shadow-pop focus:outline-none',
          'md:inset-auto md:top-1/2 md:left-1/2 md:w-[28rem] md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-xl',
          className,
        )}
        {...props}
      >
        {children}
        <Primitive.Close asChild>
          <Button variant="quiet" size="icon-sm" aria-label={t('close')} className="absolute top-3 right-3">
            <X aria-hidden />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  )
}

export function DialogTitle({ className, ...props }: ComponentProps<typeof Primitive.Title>) {
  return <Primitive.Title className={cn('pr-8 text-base font-semibold tracking-[-0.014em]', className)} {...props} />
}

export function DialogDescription({ className, ...props }: ComponentProps<typeof Primitive.Description>) {
  return <Primitive.Description className={cn('mt-1 text-muted', className)} {...props} />
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('mt-5 flex flex-col-reverse gap-2 md:flex-row md:justify-end', className)} {...props} />
}
