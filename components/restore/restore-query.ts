import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLivePage } from '@/components/live-page'
import { fetchJson } from '@/lib/fetch-json'
import { comparisonSchema } from '@/lib/restore/comparison/schema'
import { type PlanAnswer, planAnswerSchema } from '@/lib/restore/plan/schema'
import type { Rehearsal, RestoreWish } from '@/lib/restore/schema'
import { eventListSchema, momentViewSchema } from '@/lib/restore/timeline/schema'
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

/** `isAsking`: there is something to ask, answered or not. `last`: what was answered last, to what was asked before. */
export type AskedPlan = { answer: PlanAnswer | null; last: PlanAnswer | null; isAsking: boolean; isError: boolean }

/** What the wish would take, asked once the typing rests, and anew now and then: the window moves. */
export function usePlan(wish: RestoreWish | null): AskedPlan {
  const key = wish && JSON.stringify(wish)
  const asked = useSettled(key, TYPING_MS)
  const { data = null, isError, isPlaceholderData } = useQuery({
    queryKey: ['restore-plan', asked],
    queryFn: ({ signal }) => fetchJson(`/api/restore/plan?wish=${encodeURIComponent(asked ?? '')}`, planAnswerSchema, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: ACTIVE_MS,
    refetchInterval: IDLE_MS,
  })
  const isSettled = key === asked && !isPlaceholderData
  return { answer: isSettled ? data : null, last: data, isAsking: key !== null, isError: key === asked && isError && !data }
}

/** What lies around the moment, and what a switch to it would leave behind; of the moment before while it is asked for. */
export function useAround(at: Date | null) {
  const key = at && at.toISOString()
  const asked = useSettled(key, TYPING_MS)
  const { data = null, isError, isPlaceholderData } = useQuery({
    queryKey: ['restore-moment', asked],
    queryFn: ({ signal }) => fetchJson(`/api/restore/moment?at=${encodeURIComponent(asked ?? '')}`, momentViewSchema, signal),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: ACTIVE_MS,
    refetchInterval: IDLE_MS,
  })
  return { around: data, isCurrent: key === asked && !isPlaceholderData, isError: isError && !data }
}

/** The newest deletions: what most people come for. */
export function useDeletions(enabled: boolean) {
  return useQuery({
    queryKey: ['restore-deletions'],
    queryFn: ({ signal }) => fetchJson('/api/restore/events?onlyDeletions=true', eventListSchema, signal),
    enabled,
    staleTime: IDLE_MS,
    refetchInterval: IDLE_MS,
  })
}
