'use client'

import { ListFilter, Search } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogClose, DialogContent, DialogFooter, DialogTitle, DialogTrigger } from '@/components/ui/dialog'
import { cn } from '@/lib/cn'
import { type Filter, FilterPick } from './filter-pick'

type FilterBarProps = {
  search: string | null
  searchHint: string
  onSearch: (text: string | null) => void
  filters: Filter[]
  summary: ReactNode
}

/** One row of filters; below md the unused ones move into a sheet of their own. */
export function FilterBar({ search, searchHint, onSearch, filters, summary }: FilterBarProps) {
  const t = useTranslations('history.filter')
  return (
    <div role="toolbar" aria-label={t('toolbar')} className="flex flex-wrap items-center gap-2">
      <SearchField value={search} hint={searchHint} onChange={onSearch} />
      <FilterDialog filters={filters} />
      {filters.map((filter) => (
        <FilterPick key={filter.name} filter={filter} className={cn(filter.value === null && 'max-md:hidden')} />
      ))}
      <span className="ml-auto text-muted">{summary}</span>
    </div>
  )
}

const TYPING_MS = 250

/** What is typed counts once the typing rests, and gives way when the address changes from elsewhere. */
function SearchField({ value, hint, onChange }: { value: string | null; hint: string; onChange: (text: string | null) => void }) {
  const t = useTranslations('history.filter')
  const [typed, setTyped] = useState({ text: value ?? '', of: value })
  if (typed.of !== value) setTyped({ text: value ?? '', of: value })
  const text = typed.text
  useEffect(() => {
    const wanted = text.trim() || null
    if (wanted === value) return
    const timer = setTimeout(() => onChange(wanted), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <label className="relative max-md:min-w-40 max-md:flex-1 md:w-62">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint" />
      <input
        type="search"
        aria-label={t('search')}
        placeholder={hint}
        value={text}
        maxLength={100}
        onChange={(event) => setTyped({ text: event.target.value, of: value })}
        className={cn(
          'h-11 w-full min-w-0 rounded-control border border-control bg-card pr-2 pl-8.5 text-compact md:h-8',
          'placeholder:text-faint',
          'focus-visible:border-transparent focus-visible:outline-offset-0',
        )}
      />
    </label>
  )
}

function FilterDialog({ filters }: { filters: Filter[] }) {
  const t = useTranslations('history.filter')
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button className="md:hidden">
          <ListFilter aria-hidden />
          {t('open')}
        </Button>
      </DialogTrigger>
      <DialogContent aria-describedby={undefined}>
        <DialogTitle>{t('title')}</DialogTitle>
        {filters.map((filter) => (
          <FilterChoice key={filter.name} filter={filter} />
        ))}
        <DialogFooter>
          <DialogClose asChild>
            <Button variant="primary">{t('show')}</Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function FilterChoice({ filter: { name, value, items, onChange } }: { filter: Filter }) {
  const t = useTranslations('history.filter')
  return (
    <fieldset className="mt-4">
      <legend className="mb-1.5 text-meta">{name}</legend>
      <div className="flex flex-wrap gap-2">
        {[{ value: null, label: t('any') }, ...items].map((item) => (
          <Button
            key={item.value ?? ''}
            size="sm"
            aria-pressed={item.value === value}
            className="aria-pressed:bg-run-tint aria-pressed:text-run aria-pressed:inset-ring-primary-strong/70"
            onClick={() => onChange(item.value)}
          >
            {item.label}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
