import { useQuery } from '@tanstack/react-query'
import { type ClusterSummary, clusterSummarySchema } from '@/lib/cluster/schema'
import { fetchJson } from '@/lib/fetch-json'

const POLL_MS = 5_000

/** The protected cluster as the worker last saw it; begins with what the page was rendered with. */
export function useCluster(initial: ClusterSummary, renderedAt: Date) {
  return useQuery({
    queryKey: ['cluster'],
    queryFn: ({ signal }) => fetchJson('/api/cluster', clusterSummarySchema, signal),
    initialData: initial,
    initialDataUpdatedAt: renderedAt.getTime(),
    refetchInterval: POLL_MS,
    staleTime: POLL_MS,
  })
}
