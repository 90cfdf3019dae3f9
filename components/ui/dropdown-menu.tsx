'use client'

import { Check } from 'lucide-react'
import { DropdownMenu as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const DropdownMenuTrigger = Primitive.Trigger
export const DropdownMenuGroup = Primitive.Group
export const DropdownMenuRadioGroup = Primitive.RadioGroup

/** Not modal: a menu need not hide the page from screen readers. */
export function DropdownMenu({ modal = false, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={modal} {...props} />
}

const item = cn(
  'flex min-h-11 items-center gap-2.5 rounded-control px-2.5 py-1.5 select-none md:min-h-9 [&_svg]:size-4 [&_svg]:shrink-0',
  'outline-none data-highlighted:bg-hover data-highlighted:outline-2 data-highlighted:-outline-offset-2',
  'data-highlighted:outline-primary-strong data-disabled:opacity-55 data-disabled:pointer-events-none',
)

type ContentProps = ComponentProps<typeof Primitive.Content>

/** Where its trigger is, not at the end of the page: what is open belongs to the same landmark. */
export function DropdownMenuContent({ className, align = 'end', sideOffset = 6, ...props }: ContentProps) {
  return (
    <Primitive.Content
      align={align}
      sideOffset={sideOffset}
      collisionPadding={12}
      className={cn('z-50 min-w-44 overflow-y-auto rounded-[10px] bg-card p-1.5 shadow-pop focus:outline-none', className)}
      {...props}
    />
  )
}

export function DropdownMenuItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn(item, className)} {...props} />
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(item, className)} {...props}>
      {children}
      <Mark />
    </Primitive.RadioItem>
  )
}

export function DropdownMenuCheckboxItem({ className, children, ...props }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={cn(item, className)} {...props}>
      {children}
      <Mark />
    </Primitive.CheckboxItem>
  )
}

function Mark() {
  return (
    <span className="ml-auto min-w-8 pl-4 text-primary-strong">
      <Primitive.ItemIndicator>
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </span>
  )
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn('px-2.5 py-1.5 text-meta', className)} {...props} />
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn('my-1.5 border-t', className)} {...props} />
}
