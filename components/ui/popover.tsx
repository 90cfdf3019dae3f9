'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const Popover = Primitive.Root
export const PopoverTrigger = Primitive.Trigger
export const PopoverAnchor = Primitive.Anchor
export const PopoverClose = Primitive.Close

type ContentProps = ComponentProps<typeof Primitive.Content>

export function PopoverContent({ className, align = 'start', sideOffset = 6, ...props }: ContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={16}
        className={cn(
          'z-50 max-h-(--radix-popover-content-available-height) max-w-(--radix-popover-content-available-width)',
          'overflow-y-auto rounded-[10px] bg-card p-1.5 shadow-pop focus:outline-none',
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  )
}
