import { type UseQueryResult, keepPreviousData, queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { fetchJson } from '@/lib/fetch-json'
import { type TimelineSlice, timelineSliceSchema } from '@/lib/restore/timeline/schema'
import { useSettled } from '../use-settled'
import { type Pieces, binOf, keptPieces, piecesOf } from './bins'
import type { Scale, Span } from './scale'
import { type Drawn, drawnOf } from './slices'

const LIVE_MS = 15_000
/** What is past changes by a restore or an expiry only. */
const PAST_MS = 300_000
const ZOOMING_MS = 120

function sliceOptions({ from, to, bars }: Span & { bars: number }, now: number) {
  const every = to < now - PAST_MS ? PAST_MS : LIVE_MS
  return queryOptions({
    queryKey: ['restore-timeline', from, to, bars],
    queryFn: ({ signal }) => fetchJson(`/api/restore/timeline?from=${from}&to=${to}&bars=${bars}`, timelineSliceSchema, signal),
    staleTime: every,
    refetchInterval: every,
  })
}

/** A stretch at no more than `bars` bins; while another is fetched, the one before stands. */
export function useSlice(span: Span, bars: number, now: number) {
  return useQuery({ ...sliceOptions({ ...span, bars }, now), placeholderData: keepPreviousData })
}

function combine(results: UseQueryResult<TimelineSlice>[]) {
  return {
    slices: results.map(({ data }) => data),
    isError: results.some(({ isError, data }) => isError && !data),
    retry: () => results.filter(({ isError }) => isError).forEach(({ refetch }) => void refetch()),
  }
}

export type View = { drawn: Drawn | null; isWaiting: boolean; isError: boolean; retry: () => void }

/**
 * The bins of a view and of its neighbours, in pieces that stay the same while it is panned. Until all of it is there, what
 * was drawn last stays: it is drawn by its times, at whatever zoom.
 */
export function usePieces(scale: Scale, zone: string, now: number): View {
  const { from, to } = scale
  const bin = binOf(scale.msPerPx)
  const { seen, beside } = useSettled(useWanted({ from, to: Math.min(to, Math.max(from, now)) }, bin, zone), ZOOMING_MS)
  const { slices, isError, retry } = useQueries({ queries: [...seen, ...beside].map((piece) => sliceOptions(piece, now)), combine })
  const fresh = useMemo(() => {
    const all = slices.slice(0, seen.length)
    return all.every((slice) => slice !== undefined) ? drawnOf(inOrder(slices)) : null
  }, [slices, seen.length])
  const [kept, setKept] = useState<Drawn | null>(null)
  if (fresh && fresh !== kept) setKept(fresh)
  return { drawn: fresh ?? kept, isWaiting: !fresh && !isError, isError: isError && !fresh, retry }
}

/** The pieces of the view, the same ones for as long as they serve. */
function useWanted(view: Span, bin: number, zone: string): Pieces {
  const [kept, setKept] = useState(() => ({ zone, pieces: piecesOf(view, bin, zone) }))
  const pieces = kept.zone === zone ? keptPieces(kept.pieces, view, bin, zone) : piecesOf(view, bin, zone)
  if (pieces !== kept.pieces) setKept({ zone, pieces })
  return pieces
}

function inOrder(slices: readonly (TimelineSlice | undefined)[]): TimelineSlice[] {
  return slices.filter((slice) => slice !== undefined).toSorted((a, b) => a.from - b.from)
}
