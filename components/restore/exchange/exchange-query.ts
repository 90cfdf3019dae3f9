import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { fetchJson } from '@/lib/fetch-json'
import { isActive } from '@/lib/jobs/rules'
import { closedSpan, standingOf } from '@/lib/restore/exchange/rules'
import {
  type Exchange, type Notice, exchangeSchema, noticeSchema, outlookSchema, soldSchema,
} from '@/lib/restore/exchange/schema'

/** While the shop is closed, or about to be; while something is under way; while nothing answers; else. */
const CLOSED_MS = 250
const ACTIVE_MS = 500
const AWAY_MS = 1_000
const IDLE_MS = 10_000
/** An answer that takes longer counts as none: what hangs is no error by itself. */
const PATIENCE_MS = 4_000
const SOLD_MS = 10_000

/** `closedFrom`: since when the shop is closed, on the clock of `performance.now()`, which nobody sets; null where it is not. */
export type Followed = { exchange: Exchange; closedFrom: number | null }

/** One exchange, followed to its end. What was read last outlives whatever becomes of the dashboard meanwhile. */
export function useExchange(rendered: Exchange) {
  const client = useQueryClient()
  const { id } = rendered.job
  const queryKey = ['exchange', id]
  return useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const patient = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
      return follow(await fetchJson(`/api/restore/exchange/${id}`, exchangeSchema, patient), lastOf(client, queryKey))
    },
    initialData: () => follow(rendered, null),
    initialDataUpdatedAt: rendered.now.getTime(),
    staleTime: CLOSED_MS,
    refetchInterval: ({ state: { data, status } }) => (status === 'error' ? AWAY_MS : data ? paceOf(data.exchange) : IDLE_MS),
  })
}

function lastOf(client: QueryClient, queryKey: readonly unknown[]): number | null {
  return client.getQueryData<Followed>(queryKey)?.closedFrom ?? null
}

/** Each answer was a while under way; the one that came fastest knows best since when. */
function follow(exchange: Exchange, known: number | null): Followed {
  const span = closedSpan(exchange.job.steps)
  if (!span || span.to) return { exchange, closedFrom: null }
  const from = performance.now() - Math.max(0, exchange.now.getTime() - span.from.getTime())
  return { exchange, closedFrom: known === null ? from : Math.min(known, from) }
}

/** The last thing before it: that takes a second or two. */
function isNearlyClosed({ job }: Exchange): boolean {
  return standingOf(job) === 'closed' || job.steps.at(-1)?.phase === 'drain'
}

function paceOf(exchange: Exchange): number {
  const { job, backups, nextId } = exchange
  if (isActive(job.status)) return isNearlyClosed(exchange) ? CLOSED_MS : ACTIVE_MS
  return nextId === null && backups.some(({ status }) => isActive(status)) ? AWAY_MS : IDLE_MS
}

/** What a confirmation has to know, anew every second while it is open. */
export function useOutlook(enabled: boolean) {
  return useQuery({
    queryKey: ['exchange-outlook'],
    queryFn: ({ signal }) => fetchJson('/api/restore/exchange/outlook', outlookSchema, signal),
    enabled, staleTime: ACTIVE_MS, refetchInterval: AWAY_MS,
  })
}

/** What the shop sold after a moment; asked gently, and only where somebody looks. */
export function useSold(since: Date | null) {
  const asked = since?.toISOString() ?? null
  return useQuery({
    queryKey: ['exchange-sold', asked],
    queryFn: ({ signal }) => fetchJson(`/api/restore/exchange/sold?since=${asked}`, soldSchema, signal),
    enabled: asked !== null, staleTime: SOLD_MS, refetchInterval: SOLD_MS,
  })
}

/** Whether the shop is being exchanged, or was and can go back; read as often as the header's verdict. */
export function useNotice(rendered?: Notice) {
  return useQuery({
    queryKey: ['exchange-notice'],
    queryFn: ({ signal }) => fetchJson('/api/restore/exchange/notice', noticeSchema, signal),
    initialData: rendered,
    refetchInterval: ({ state }) => (state.data?.running ? AWAY_MS : IDLE_MS),
  })
}
