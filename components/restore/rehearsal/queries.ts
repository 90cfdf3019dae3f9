import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { type RowQuery, goneSchema, rowPageSchema } from '@/lib/restore/comparison/schema'
import { type RehearsalStory, rehearsalStorySchema } from '@/lib/restore/rehearsal/story/schema'
import { timelineSliceSchema } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useSettled } from '../use-settled'

const IDLE_MS = 10_000
const TYPING_MS = 250
/** Lines of the day: a bin each 5 px */
const BARS = 120

/** Who did what with the rehearsal; anew whenever a job of the cluster comes or goes. */
export function useStory(rendered: RehearsalStory, { rehearsal, jobs }: RestoreView): RehearsalStory {
  const state = [rehearsal?.id, rehearsal?.status, rehearsal?.jobId, ...jobs.map(({ id }) => id)].join(' ')
  const { data } = useQuery({
    queryKey: ['rehearsal-story', state],
    queryFn: ({ signal }) => fetchJson('/api/restore/rehearsal', rehearsalStorySchema, signal),
    placeholderData: keepPreviousData,
    staleTime: IDLE_MS,
  })
  return data ?? rendered
}

/** What was deleted since, and could be rescued. `comparedAt` makes it anew when it was compared again. */
export function useGone(rehearsal: string, comparedAt: string | undefined) {
  return useQuery({
    queryKey: ['gone-rows', rehearsal, comparedAt],
    queryFn: ({ signal }) => fetchJson(`/api/restore/rows/gone?rehearsal=${rehearsal}`, goneSchema, signal),
    enabled: comparedAt !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.error ? IDLE_MS : false),
  })
}

export type RowFilter = Pick<RowQuery, 'schema' | 'table' | 'search'> & { sort: RowQuery['sort'] | null }

/** The rows that differ, page by page, once the typing rests. */
export function useRows(rehearsal: string, comparedAt: string, filter: RowFilter) {
  const search = useSettled(filter.search, TYPING_MS)
  const { schema, table, sort } = filter
  return useInfiniteQuery({
    queryKey: ['difference-rows', rehearsal, comparedAt, schema, table, sort, search],
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams({ rehearsal, schema, table, search, after: String(pageParam), ...(sort && { sort }) })
      return fetchJson(`/api/restore/rows?${params}`, rowPageSchema, signal)
    },
    initialPageParam: -1,
    getNextPageParam: ({ rows, hasMore }) => (hasMore ? rows.at(-1)?.ordinal : undefined),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}

/** The sales between two moments, in bins; epoch milliseconds. */
export function useSalesBetween(from: number, to: number, enabled: boolean) {
  return useQuery({
    queryKey: ['sales-between', from, to],
    queryFn: ({ signal }) => fetchJson(`/api/restore/timeline?from=${from}&to=${to}&bars=${BARS}`, timelineSliceSchema, signal),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}
