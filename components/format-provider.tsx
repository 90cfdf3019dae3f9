'use client'

import { type ReactNode, createContext, use, useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import { type Format, type FormatOptions, createFormat } from '@/lib/format'

/** A browser's clock is believed up to this much. */
const TOLERANCE_MS = 5_000

type Clock = { serverNow: number; now: () => number }
const Context = createContext<{ format: Format; clock: Clock } | null>(null)

type FormatProviderProps = { options: FormatOptions; now: Date; children: ReactNode }

/** The shop's formats and the server's clock, for everything beneath. `now` is the server's when it rendered. */
export function FormatProvider({ options, now, children }: FormatProviderProps) {
  const [clock] = useState(() => startClock(now.getTime()))
  const { timeZone, dateFormat, timeFormat, locale } = options
  const format = useMemo(
    () => createFormat({ timeZone, dateFormat, timeFormat, locale }),
    [timeZone, dateFormat, timeFormat, locale],
  )
  return <Context value={useMemo(() => ({ format, clock }), [format, clock])}>{children}</Context>
}

function startClock(serverNow: number): Clock {
  const apart = [Date.now(), receivedAt()].map((at) => serverNow - at).reduce((a, b) => (Math.abs(a) < Math.abs(b) ? a : b))
  const correction = Math.abs(apart) > TOLERANCE_MS ? apart : 0
  return { serverNow, now: () => Date.now() + correction }
}

/** When the page's first byte came, by the browser's clock: what loading took after that must not pass for a difference. */
function receivedAt(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.responseStart ? performance.timeOrigin + navigation.responseStart : Date.now()
}

function useProvided() {
  const provided = use(Context)
  if (!provided) throw new Error('useFormat and useNow need a FormatProvider above them')
  return provided
}

export function useFormat(): Format {
  return useProvided().format
}

/** The time by the server's clock, anew every `intervalMs`. While hydrating it is the server's `now`, as rendered. */
export function useNow(intervalMs = 1_000): Date {
  const { clock } = useProvided()
  const subscribe = useCallback((tick: () => void) => everyFull(intervalMs, clock, tick), [intervalMs, clock])
  const stamp = useSyncExternalStore(subscribe, () => Math.floor(clock.now() / intervalMs) * intervalMs, () => clock.serverNow)
  return useMemo(() => new Date(stamp), [stamp])
}

/** Calls on each full interval: a plain setInterval drifts, and a clock that drifts skips a second now and then. */
function everyFull(intervalMs: number, clock: Clock, tick: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const wait = () => {
    timer = setTimeout(() => {
      tick()
      wait()
    }, intervalMs - (clock.now() % intervalMs) + 5)
  }
  wait()
  return () => clearTimeout(timer)
}
