import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { useLivePage } from '@/components/live-page'
import { fetchJson } from '@/lib/fetch-json'
import { comparisonSchema } from '@/lib/restore/comparison/schema'
import { type Rehearsal, type RestoreWish, planRefusalSchema, restorePlanSchema } from '@/lib/restore/schema'
import { type RestoreView, restoreViewSchema } from '@/lib/restore/view/schema'
import { useSettled } from './use-settled'

const ACTIVE_MS = 1_000
const IDLE_MS = 10_000
const TYPING_MS = 300

/** Everything on the page, anew every second while a job of the cluster is under way; what was read last outlives errors. */
export function useRestore(rendered: RestoreView, now: Date): { view: RestoreView; stale: Date | null } {
  const { data, stale } = useLivePage({
    queryKey: ['restore'], path: '/api/restore', schema: restoreViewSchema, rendered, now, isActive: ({ jobs }) => jobs.length > 0,
  })
  return { view: data, stale }
}

/** Anew whenever it was compared again. */
export function useComparison({ id, comparedAt }: Rehearsal) {
  return useQuery({
    queryKey: ['restore-comparison', id, comparedAt?.getTime()],
    queryFn: ({ signal }) => fetchJson(`/api/restore/comparison?rehearsal=${id}`, comparisonSchema.nullable(), signal),
    enabled: comparedAt !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.error ? IDLE_MS : false),
  })
}

const planAnswerSchema = z.union([z.object({ plan: restorePlanSchema }), z.object({ refusal: planRefusalSchema })])
export type PlanAnswer = z.infer<typeof planAnswerSchema>
/** `isAsking`: there is something to ask, answered or not */
export type AskedPlan = { answer: PlanAnswer | null; isAsking: boolean; isError: boolean }

/** What the wish would take, asked once the typing rests, and anew now and then: the window moves. */
export function usePlan(wish: RestoreWish | null): AskedPlan {
  const key = wish && JSON.stringify(wish)
  const asked = useSettled(key, TYPING_MS)
  const { data = null, isError } = useQuery({
    queryKey: ['restore-plan', asked],
    queryFn: ({ signal }) => fetchJson(`/api/restore/plan?wish=${encodeURIComponent(asked ?? '')}`, planAnswerSchema, signal),
    enabled: asked !== null,
    staleTime: ACTIVE_MS,
    refetchInterval: IDLE_MS,
  })
  const isSettled = key === asked
  return { answer: isSettled ? data : null, isAsking: key !== null, isError: isSettled && isError && !data }
}
