import { useQuery } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { isActive } from '@/lib/jobs/rules'
import { type TailJob, jobTailSchema } from '@/lib/jobs/tail/schema'

const ACTIVE_MS = 500
/** Its log is not wanted here */
const AFTER_ALL = 2 ** 31 - 1

/** A job that was asked for, followed to its end. */
export function useAskedJob(id: string | null): { job: TailJob | null; isError: boolean } {
  const { data, isError } = useQuery({
    queryKey: ['asked-job', id],
    queryFn: ({ signal }) => fetchJson(`/api/jobs/${id}/tail?after=${AFTER_ALL}`, jobTailSchema, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (!state.data || isActive(state.data.job.status) ? ACTIVE_MS : false),
  })
  return { job: data?.job ?? null, isError: isError && !data }
}
