import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { type EventList, eventListSchema } from '@/lib/restore/timeline/schema'
import { useSettled } from '../use-settled'

const TYPING_MS = 250

/** Events that match, newest first, in pages. Nothing is asked while it is closed. */
export function useEventSearch(search: string, onlyDeletions: boolean, isOpen: boolean) {
  const asked = useSettled(search.trim(), TYPING_MS)
  return useInfiniteQuery({
    queryKey: ['restore-events', asked, onlyDeletions],
    queryFn: ({ pageParam, signal }) => fetchJson(`/api/restore/events?${addressOf(asked, onlyDeletions, pageParam)}`, eventListSchema, signal),
    initialPageParam: null as EventList['events'][number] | null,
    getNextPageParam: ({ events, hasMore }) => (hasMore ? (events.at(-1) ?? null) : null),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  })
}

function addressOf(search: string, onlyDeletions: boolean, before: EventList['events'][number] | null): string {
  const params = new URLSearchParams({ search, onlyDeletions: String(onlyDeletions) })
  if (before) {
    params.set('beforeAt', String(before.at.getTime()))
    params.set('beforeId', before.id)
  }
  return params.toString()
}
