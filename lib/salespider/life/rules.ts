import type { Reading, Tally } from './schema'

const DAY = 86_400_000

export type Part = { from: Date; to?: Date; isPast: boolean }

/** From a time on, in parts that whoever asks about another time of that day can share. */
export function partsSince(at: Date, now: Date): Part[] {
  const startOf = (instant: number) => Math.floor(instant / DAY) * DAY
  const [tomorrow, today] = [startOf(at.getTime()) + DAY, startOf(now.getTime())]
  if (tomorrow > today) return [{ from: at, isPast: false }]
  const between = { from: new Date(tomorrow), to: new Date(today), isPast: true }
  return [
    { from: at, to: new Date(tomorrow), isPast: true },
    ...(tomorrow < today ? [between] : []),
    { from: new Date(today), isPast: false },
  ]
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const takings = tallies.reduce((sum, tally) => sum + Number(tally.takings), 0)
  return { count: tallies.reduce((sum, { count }) => sum + count, 0), takings: takings.toFixed(2) }
}

const gravity: readonly Reading[] = ['ok', 'slow', 'down', 'foreign', 'unset']

/** Of several answers that make one: the worst reading, and the oldest time. */
export function worstOf(told: readonly { reading: Reading; readAt: Date | null }[]): { reading: Reading; readAt: Date | null } {
  const reading = told.map((each) => each.reading).reduce((a, b) => (gravity.indexOf(b) > gravity.indexOf(a) ? b : a), 'ok')
  const times = told.flatMap(({ readAt }) => (readAt ? [readAt.getTime()] : []))
  return { reading, readAt: times.length > 0 ? new Date(Math.min(...times)) : null }
}
