import { Search as SearchIcon } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Popover, PopoverAnchor, PopoverContent } from '@/components/ui/popover'
import { cn } from '@/lib/cn'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import type { ReachView } from './moments'
import { SearchResults, optionId } from './search-results'
import { useEventSearch } from './search-query'

type SearchProps = { view: ReachView; onEvent: (event: ShopEvent) => void }

/** The shop's log, by words. "/" leads here from anywhere on the page. */
export function Search({ view, onEvent }: SearchProps) {
  const t = useTranslations('timeline.search')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [onlyDeletions, setOnlyDeletions] = useState(false)
  const [active, setActive] = useState(0)
  const query = useEventSearch(text, onlyDeletions, isOpen)
  const events = query.data?.pages.flatMap((page) => page.events) ?? []
  useSlash(field)
  const choose = (event: ShopEvent) => {
    setOpen(false)
    onEvent(event)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      setOpen(true)
      setActive((index) => Math.min(Math.max(0, events.length - 1), Math.max(0, index + (isOpen ? step : 0))))
    }
    const wanted = events[active]
    if (event.key === 'Enter' && isOpen && wanted) choose(wanted)
  }
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverAnchor asChild>
        <label className="relative min-w-0 flex-1 lg:w-60 lg:flex-none">
          <SearchIcon aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint" />
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={t('label')}
            aria-expanded={isOpen}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && events[active] ? optionId(id, active) : undefined}
            aria-keyshortcuts="/"
            autoComplete="off"
            placeholder={t('hint')}
            maxLength={200}
            value={text}
            onClick={() => setOpen(true)}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              setText(event.target.value)
              setActive(0)
              setOpen(true)
            }}
            className={cn(
              'h-11 w-full min-w-0 rounded-control border border-control bg-card pr-2 pl-8.5 text-compact md:h-8 md:pr-8',
              'placeholder:text-faint focus-visible:border-transparent focus-visible:outline-offset-0',
            )}
          />
          <kbd aria-hidden className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded-sm border px-1.5 text-[11px] leading-4 text-muted max-md:hidden">
            {t('key')}
          </kbd>
        </label>
      </PopoverAnchor>
      <PopoverContent
        align="end"
        aria-label={t('results')}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onInteractOutside={(event) => event.target instanceof Node && field.current?.parentElement?.contains(event.target) && event.preventDefault()}
        className="w-110"
      >
        <SearchResults {...{ id, events, query, view, active, onlyDeletions }} onOnlyDeletions={setOnlyDeletions} onChoose={choose} />
      </PopoverContent>
    </Popover>
  )
}

/** Unless something is being written elsewhere. */
function useSlash(field: { current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const { target } = event
      const isWriting = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [field])
}
