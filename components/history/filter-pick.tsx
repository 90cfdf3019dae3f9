'use client'

import { ChevronDown, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import {
  DropdownMenu, DropdownMenuContent, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { cn } from '@/lib/cn'

export type Filter = {
  name: string
  value: string | null
  /** What is shown for a value that stands in the address but not among the items */
  shown?: string
  items: { value: string; label: string }[]
  onChange: (value: string | null) => void
}

const ANY = ''

/** A filter as a pill: what it is about and, once chosen, what it is set to, with a way to clear it. */
export function FilterPick({ filter, className }: { filter: Filter; className?: string }) {
  const t = useTranslations('history.filter')
  const { name, value, items, onChange } = filter
  const shown = items.find((item) => item.value === value)?.label ?? filter.shown ?? value
  const part = 'flex h-11 items-center text-compact text-muted md:h-8 [&_svg]:size-3.5'
  return (
    <div
      className={cn(
        'flex max-w-full rounded-control inset-ring inset-ring-control/40',
        value !== null && 'bg-card inset-ring-primary-strong/70',
        className,
      )}
    >
      <DropdownMenu>
        <DropdownMenuTrigger
          className={cn(part, 'min-w-0 gap-1.5 rounded-control pl-2.5 hover:text-foreground', value === null ? 'pr-2.5' : 'pr-1')}
        >
          {name}
          {value === null ? <ChevronDown aria-hidden /> : <b className="truncate font-medium text-foreground">{shown}</b>}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start">
          <DropdownMenuRadioGroup value={value ?? ANY} onValueChange={(next) => onChange(next || null)}>
            <DropdownMenuRadioItem value={ANY}>{t('any')}</DropdownMenuRadioItem>
            {items.map((item) => (
              <DropdownMenuRadioItem key={item.value} value={item.value}>
                {item.label}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
      {value !== null && (
        <button
          type="button"
          aria-label={t('clear', { name })}
          className={cn(part, 'rounded-control px-2 hover:text-foreground')}
          onClick={() => onChange(null)}
        >
          <X aria-hidden />
        </button>
      )}
    </div>
  )
}
