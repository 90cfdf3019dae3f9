import { parseAsInteger, throttle, useQueryStates } from 'nuqs'
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Span } from './scale'
import { between } from './zoom'

export type ViewState = readonly [view: Span, setView: (view: Span) => void]

/** Browsers take only so many changes of the address: Safari a hundred in half a minute. */
const addressOptions = { history: 'replace', shallow: true, scroll: false, limitUrlUpdates: throttle(400) } as const
const params = { from: parseAsInteger, to: parseAsInteger }

/** The view in the address, `initial` until it is moved. */
export function useAddressView(initial: () => Span): ViewState {
  const [{ from, to }, setParams] = useQueryStates(params, addressOptions)
  const [first] = useState(initial)
  const view = useMemo(() => (from !== null && to !== null && from < to ? { from, to } : first), [from, to, first])
  const setView = useCallback((next: Span) => void setParams(next), [setParams])
  return [view, setView]
}

export function useOwnView(initial: () => Span): ViewState {
  return useState(initial)
}

const GLIDE_MS = 220

type Change = (view: Span) => Span
export type Motion = {
  /** At once, as a hand moves it. Begins with the view that was wanted last, drawn or not */
  jump: (change: Change) => void
  /** On its way for a moment; at once where motion is unwanted */
  glide: (change: Change) => void
}

export function useMotion([view, setView]: ViewState): Motion {
  const frame = useRef(0)
  const wanted = useRef(view)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  useEffect(() => {
    wanted.current = view
  }, [view])
  return useMemo(() => {
    const show = (next: Span) => {
      wanted.current = next
      setView(next)
    }
    const jump = (change: Change) => {
      cancelAnimationFrame(frame.current)
      show(change(wanted.current))
    }
    const glide = (change: Change) => {
      cancelAnimationFrame(frame.current)
      const [first, last] = [wanted.current, change(wanted.current)]
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return show(last)
      const began = performance.now()
      const step = (now: number) => {
        const share = Math.min(1, Math.max(0, (now - began) / GLIDE_MS))
        show(between(first, last, 1 - (1 - share) ** 3))
        if (share < 1) frame.current = requestAnimationFrame(step)
      }
      frame.current = requestAnimationFrame(step)
    }
    return { jump, glide }
  }, [setView])
}

/** Calls when the moment was changed, from wherever; not for the one that was there first. */
export function useMoved(at: Date | null, onMove: (at: number) => void): void {
  const time = at?.getTime() ?? null
  const seen = useRef(time)
  const moved = useEffectEvent(onMove)
  useEffect(() => {
    if (time !== null && seen.current !== time) moved(time)
    seen.current = time
  }, [time])
}
