import { useLivePage } from '@/components/live-page'
import { type Overview, overviewSchema } from '@/lib/health/schema'

export const OVERVIEW_KEY = ['overview']

/** Everything on the page, anew every second while a job is under way. Begins with what the page was rendered with. */
export function useOverview(rendered: Overview, now: Date): { overview: Overview; stale: Date | null } {
  const { data, stale } = useLivePage({
    queryKey: OVERVIEW_KEY, path: '/api/overview', schema: overviewSchema, rendered, now, isActive: ({ active }) => active.length > 0,
  })
  return { overview: data, stale }
}
