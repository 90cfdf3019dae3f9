import { useQuery } from '@tanstack/react-query'
import { staleSince } from '@/components/health/freshness'
import { fetchJson } from '@/lib/fetch-json'
import { type Overview, overviewSchema } from '@/lib/health/schema'

const ACTIVE_MS = 1_000
const IDLE_MS = 10_000
export const OVERVIEW_KEY = ['overview']

/** Everything on the page, anew every second while a job is under way. Begins with what the page was rendered with. */
export function useOverview(rendered: Overview, now: Date): { overview: Overview; stale: Date | null } {
  const { data, isError } = useQuery({
    queryKey: OVERVIEW_KEY,
    queryFn: ({ signal }) => fetchJson('/api/overview', overviewSchema, signal),
    initialData: rendered,
    initialDataUpdatedAt: rendered.now.getTime(),
    staleTime: ACTIVE_MS,
    refetchInterval: ({ state }) => (state.data?.active.length ? ACTIVE_MS : IDLE_MS),
  })
  // The cache may hold what an earlier visit read last.
  const overview = data.now > rendered.now ? data : rendered
  return { overview, stale: staleSince(overview.now, isError, now) }
}
