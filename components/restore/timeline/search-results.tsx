import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import type { ShopEvent } from '@/lib/salespider/life/schema'
import { EventGlyph } from './event-glyph'
import type { ReachView } from './moments'
import type { useEventSearch } from './search-query'
import { useEventWords, useTimes, useWhy } from './words'

type SearchResultsProps = {
  id: string
  events: readonly ShopEvent[]
  query: ReturnType<typeof useEventSearch>
  view: ReachView
  active: number
  onlyDeletions: boolean
  onOnlyDeletions: (only: boolean) => void
  onChoose: (event: ShopEvent) => void
}

export const optionId = (id: string, index: number) => `${id}-option-${index}`

/** Events that match; choosing one leads to just before it. */
export function SearchResults({ id, events, query, view, active, onlyDeletions, onOnlyDeletions, onChoose }: SearchResultsProps) {
  const t = useTranslations('timeline.search')
  const reading = query.data?.pages[0]?.reading
  const isUnread = query.isError || (reading !== undefined && reading !== 'ok' && events.length === 0)
  return (
    <>
      <label className="flex min-h-11 items-center gap-2 px-2 text-compact text-muted md:min-h-8">
        <input type="checkbox" checked={onlyDeletions} onChange={(event) => onOnlyDeletions(event.target.checked)} className="size-4 accent-primary-ground" />
        {t('onlyDeletions')}
      </label>
      <ul id={`${id}-list`} role="listbox" aria-label={t('results')} className={cn('max-h-80 overflow-y-auto', query.isPlaceholderData && 'opacity-60')}>
        {events.map((event, index) => (
          <Option key={event.id} id={optionId(id, index)} event={event} isActive={index === active} view={view} onChoose={onChoose} />
        ))}
      </ul>
      {events.length === 0 && (
        <p className="px-2 py-2 text-compact text-muted">{isUnread ? t('failed') : query.isPending ? t('asking') : t('none')}</p>
      )}
      {query.hasNextPage && (
        <Button size="sm" variant="quiet" className="w-full" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <p role="status" className="sr-only">{query.data && t('count', { count: events.length })}</p>
    </>
  )
}

type OptionProps = { id: string; event: ShopEvent; isActive: boolean; view: ReachView; onChoose: (event: ShopEvent) => void }

/** The pointer's press must not take the focus from the field. */
function Option({ id, event, isActive, view, onChoose }: OptionProps) {
  const t = useTranslations('timeline.search')
  const words = useEventWords()
  const times = useTimes()
  const why = useWhy()
  const reach = reachabilityAt(new Date(event.before), view)
  const when = t('when', { day: times.dayYear(event.at), time: times.second(event.at) })
  const isDeletion = event.kind.endsWith('-deleted')
  return (
    <li
      id={id}
      role="option"
      aria-selected={isActive}
      ref={(element) => {
        if (isActive) element?.scrollIntoView({ block: 'nearest' })
      }}
      onMouseDown={(press) => press.preventDefault()}
      onClick={() => onChoose(event)}
      className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-control px-2 py-1.5 text-compact hover:bg-hover aria-selected:bg-hover"
    >
      <EventGlyph kind={event.kind} className={cn('mt-0.5 size-4 shrink-0', isDeletion ? 'text-bad' : 'text-muted')} />
      <span className="min-w-0">
        <span className="block [overflow-wrap:anywhere]">{words(event)}</span>
        <span className={cn('block text-meta', !reach.ok && 'text-bad')}>{reach.ok ? when : t('unreachable', { when, why: why(reach) })}</span>
      </span>
    </li>
  )
}
