import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { staleSince } from '@/components/health/freshness'
import { fetchJson } from '@/lib/fetch-json'

const ACTIVE_MS = 1_000
const IDLE_MS = 10_000

type LivePage<T> = {
  queryKey: readonly string[]
  path: string
  schema: z.ZodType<T>
  /** What the page was rendered with */
  rendered: T
  /** Whether something is under way: then it is read every second */
  isActive: (data: T) => boolean
  now: Date
}

/** Everything on a page, read anew while it is open; what was read last outlives errors. `stale`: since when nothing came. */
export function useLivePage<T extends { now: Date }>({ queryKey, path, schema, rendered, isActive, now }: LivePage<T>) {
  const { data = rendered, isError } = useQuery<T>({
    queryKey,
    queryFn: ({ signal }) => fetchJson(path, schema, signal),
    initialData: () => rendered,
    initialDataUpdatedAt: rendered.now.getTime(),
    staleTime: ACTIVE_MS,
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? ACTIVE_MS : IDLE_MS),
  })
  // The cache may hold what an earlier visit read last.
  const shown = data.now > rendered.now ? data : rendered
  return { data: shown, stale: staleSince(shown.now, isError, now) }
}
