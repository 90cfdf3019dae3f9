import { useQuery, useQueryClient } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { isActive } from '@/lib/jobs/rules'
import { type JobTail, jobTailSchema } from '@/lib/jobs/tail/schema'

/** A line stands on the page within 1.5 s, whatever the way there costs */
const ACTIVE_MS = 500
/** A long log comes in parts, one right after the other */
const NEXT_PART_MS = 20

/** The job and all of its log so far. Asks for what is new while the job is active, and stops once it has read the end. */
export function useJobTail(initial: JobTail) {
  const client = useQueryClient()
  const { id } = initial.job
  const queryKey = ['job', id]
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<JobTail>(queryKey)?.events ?? initial.events
      const tail = await fetchJson(`/api/jobs/${id}/tail?after=${known.at(-1)?.seq ?? -1}`, jobTailSchema, signal)
      return { ...tail, events: tail.events.length > 0 ? [...known, ...tail.events] : known }
    },
    initialData: initial,
    initialDataUpdatedAt: initial.now.getTime(),
    staleTime: ACTIVE_MS,
    // Comparing a long log with itself costs more than it saves: what did not change is passed on as it is.
    structuralSharing: false,
    refetchInterval: ({ state: { data } }) => (data?.more ? NEXT_PART_MS : data && isActive(data.job.status) ? ACTIVE_MS : false),
  })
}
