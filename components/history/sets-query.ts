import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { fetchJson } from '@/lib/fetch-json'
import { type History, expiredSetSchema, historySchema, setDetailSchema } from '@/lib/history/schema'
import { serializeSetParams, type SetParams } from './search-params'

const ACTIVE_MS = 1_000
const IDLE_MS = 10_000

export type Rendered<T> = { data: T; key: string }

/** The list as the address asks for it; begins with what the page was rendered with. */
export function useHistory(params: SetParams, rendered: Rendered<History>) {
  const key = serializeSetParams({ ...params, expired: null })
  const isRendered = key === rendered.key
  return useQuery({
    queryKey: ['backup-sets', key],
    queryFn: ({ signal }) => fetchJson(`/api/backup-sets${key}`, historySchema, signal),
    initialData: isRendered ? rendered.data : undefined,
    initialDataUpdatedAt: isRendered ? rendered.data.now.getTime() : undefined,
    placeholderData: keepPreviousData,
    staleTime: ACTIVE_MS,
    refetchInterval: ({ state }) => (state.data?.families.some(isRunning) ? ACTIVE_MS : IDLE_MS),
  })
}

function isRunning({ rows }: History['families'][number]): boolean {
  return rows.some(({ kind }) => kind === 'job')
}

const answerSchema = z.object({ set: setDetailSchema.nullable() })

/** One set in full; null when it does not stand in its repository. */
export function useSetDetail(id: string | null) {
  return useQuery({
    queryKey: ['backup-set', id],
    queryFn: async ({ signal }) => (await fetchJson(`/api/backup-sets/${id}`, answerSchema, signal)).set,
    enabled: id !== null,
    staleTime: IDLE_MS,
    refetchInterval: ({ state }) => (state.error ? IDLE_MS : false),
  })
}

export function useExpiredSets(enabled: boolean) {
  return useQuery({
    queryKey: ['expired-sets'],
    queryFn: ({ signal }) => fetchJson('/api/backup-sets/expired', z.array(expiredSetSchema), signal),
    enabled,
    staleTime: IDLE_MS,
  })
}
