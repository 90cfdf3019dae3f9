import { useEffect, useState } from 'react'

const TENTH_MS = 100

/** Milliseconds since a reading of `performance.now()`, anew every tenth of a second; null without one. */
export function useElapsed(from: number | null): number | null {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    if (from === null) return
    const tick = () => setNow(performance.now())
    const timer = setInterval(tick, TENTH_MS)
    const first = setTimeout(tick)
    return () => {
      clearInterval(timer)
      clearTimeout(first)
    }
  }, [from])
  return from === null ? null : Math.max(0, (now ?? from) - from)
}
