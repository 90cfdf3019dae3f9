import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { type JobList, jobListSchema } from '@/lib/history/jobs/schema'
import { isActive } from '@/lib/jobs/rules'
import { type JobParams, serializeJobParams } from './search-params'
import type { Rendered } from './sets-query'

const ACTIVE_MS = 1_000
const IDLE_MS = 10_000

/** The page of jobs the address asks for; begins with what was rendered. */
export function useJobList(params: JobParams, rendered: Rendered<JobList>) {
  const key = serializeJobParams(params)
  const isRendered = key === rendered.key
  return useQuery({
    queryKey: ['jobs', key],
    queryFn: ({ signal }) => fetchJson(`/api/jobs${key}`, jobListSchema, signal),
    initialData: isRendered ? rendered.data : undefined,
    initialDataUpdatedAt: isRendered ? rendered.data.now.getTime() : undefined,
    placeholderData: keepPreviousData,
    staleTime: ACTIVE_MS,
    refetchInterval: ({ state }) => (state.data?.jobs.some(({ status }) => isActive(status)) ? ACTIVE_MS : IDLE_MS),
  })
}
