import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { statusSchema } from '@/lib/health/schema'

const ACTIVE_MS = 2_000
const IDLE_MS = 10_000

/** The verdict, read anew every ten seconds, more often while a job is under way; not in a hidden tab. */
export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    queryFn: ({ signal }) => fetchJson('/api/status', statusSchema, signal),
    refetchInterval: ({ state }) => (state.data?.active ? ACTIVE_MS : IDLE_MS),
  })
}
