import type { Tense } from '@/components/jobs/words'
import { isActive, phasesOf } from '@/lib/jobs/rules'
import type { JobPhase } from '@/lib/jobs/schema'
import { closedSpan } from '@/lib/restore/exchange/rules'
import type { Exchange } from '@/lib/restore/exchange/schema'

/** Of the track, both 0 to 1 */
type Stretch = { from: number; to: number }
export type PhaseRow = {
  phase: JobPhase
  tense: Tense
  /** Milliseconds; null before it began */
  took: number | null
  bar: Stretch | null
  /** The shop is closed in it */
  isClosed: boolean
}
export type PhaseChart = {
  rows: PhaseRow[]
  closed: Stretch | null
  /** Where the chart has come to */
  now: number
  /** Milliseconds; none before there is something to draw */
  ticks: { at: number; ms: number }[]
}

/** These wait for others, however long: they are told, not drawn. */
const UNDRAWN: readonly JobPhase[] = ['claim', 'plan', 'wait']
const SECOND = 1_000
const STEPS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600].map((seconds) => seconds * SECOND)
const MOST_TICKS = 6

/** The phases of an exchange as bars on one time; `now` is the worker's. */
export function phaseChart({ kind, status, steps }: Pick<Exchange['job'], 'kind' | 'status' | 'steps'>, now: Date): PhaseChart {
  const isOver = !isActive(status)
  const drawn = steps.filter(({ phase }) => !UNDRAWN.includes(phase))
  const begin = (drawn[0]?.startedAt ?? now).getTime()
  const end = Math.max(begin + SECOND, isOver ? (steps.at(-1)?.endedAt ?? now).getTime() : now.getTime())
  const step = STEPS.find((candidate) => (end - begin) / candidate <= MOST_TICKS) ?? end - begin
  const length = Math.ceil((end - begin) / step) * step
  const place = (at: Date | number) => Math.min(1, Math.max(0, (Number(at) - begin) / length))
  const span = closedSpan(steps)
  const rows = phasesOf(kind).filter((phase) => phase !== 'claim').flatMap((phase): PhaseRow[] => {
    const found = steps.find((candidate) => candidate.phase === phase)
    if (!found && isOver && status === 'SUCCEEDED') return []
    if (!found) return [{ phase, tense: 'future', took: null, bar: null, isClosed: false }]
    const until = found.endedAt ?? (isOver ? found.startedAt : now)
    return [{
      phase, tense: found.endedAt || isOver ? 'past' : 'now', took: until.getTime() - found.startedAt.getTime(),
      bar: UNDRAWN.includes(phase) ? null : { from: place(found.startedAt), to: place(until) },
      isClosed: span !== null && found.startedAt >= span.from && (span.to === null || found.startedAt < span.to),
    }]
  })
  return {
    rows,
    closed: span && { from: place(span.from), to: place(span.to ?? now) },
    now: place(end),
    ticks: drawn.length === 0 ? [] : ticksOf(length, step),
  }
}

function ticksOf(length: number, step: number): PhaseChart['ticks'] {
  return Array.from({ length: Math.round(length / step) + 1 }, (_, n) => ({ at: (n * step) / length, ms: n * step }))
}
