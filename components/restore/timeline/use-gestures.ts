import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'

/** Where a pointer is, in the plot's own pixels */
export type Place = { x: number; y: number; isTouch: boolean }
/** What a press began on */
export type Grip = 'playhead' | 'brush' | 'plot'

export type Gestures = {
  /** Whether turning the wheel alone zooms: once the plot has the focus */
  isArmed: () => boolean
  gripAt: (place: Place) => Grip
  onPress: (grip: Grip, place: Place) => void
  /** `dx`: since the last call */
  onDrag: (grip: Grip, place: Place, dx: number) => void
  onClick: (grip: Grip, place: Place) => void
  onDoubleClick: (place: Place) => void
  onZoom: (x: number, factor: number) => void
  onPan: (dx: number) => void
  onHover: (place: Place | null) => void
}

/** A hand is not still: below this it is a click. */
const MOVED_PX = 4
const DOUBLE_MS = 320
const LINE_PX = 16

type Press = { grip: Grip; start: number; last: number; isMoved: boolean }

/** Pointers, pinches and the wheel on an element. What is marked `data-still` is left alone. */
export function useGestures(target: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const press = useRef<Press | null>(null)
  const fingers = useRef(new Map<number, Place>())
  const clicked = useRef({ at: 0, x: 0 })

  const placeOf = (event: PointerEvent | WheelEvent): Place => {
    const box = target.current?.getBoundingClientRect()
    const isTouch = 'pointerType' in event && event.pointerType === 'touch'
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0), isTouch }
  }

  const pinch = (id: number, before: Place, place: Place) => {
    const other = [...fingers.current].find(([finger]) => finger !== id)?.[1]
    if (!other) return
    const [was, is] = [Math.abs(before.x - other.x), Math.abs(place.x - other.x)]
    gestures.onPan(-(place.x - before.x) / 2)
    if (was > 20 && is > 20) gestures.onZoom((place.x + other.x) / 2, was / is)
  }

  const down = useEffectEvent((event: PointerEvent) => {
    if (event.button !== 0 || isStill(event)) return
    const place = placeOf(event)
    fingers.current.set(event.pointerId, place)
    target.current?.setPointerCapture(event.pointerId)
    const grip = gestures.gripAt(place)
    press.current = fingers.current.size > 1 ? null : { grip, start: place.x, last: place.x, isMoved: false }
    if (press.current) gestures.onPress(grip, place)
  })

  const move = useEffectEvent((event: PointerEvent) => {
    const place = placeOf(event)
    const before = fingers.current.get(event.pointerId)
    if (!before) return gestures.onHover(isStill(event) || place.isTouch ? null : place)
    if (fingers.current.size === 2) pinch(event.pointerId, before, place)
    fingers.current.set(event.pointerId, place)
    const held = press.current
    if (!held) return
    held.isMoved ||= Math.abs(place.x - held.start) > MOVED_PX
    if (!held.isMoved) return
    gestures.onHover(null)
    gestures.onDrag(held.grip, place, place.x - held.last)
    held.last = place.x
  })

  const up = useEffectEvent((event: PointerEvent) => {
    if (!fingers.current.delete(event.pointerId)) return
    const held = press.current
    press.current = null
    if (!held || held.isMoved || event.type === 'pointercancel') return
    const place = placeOf(event)
    const isDouble = event.timeStamp - clicked.current.at < DOUBLE_MS && Math.abs(place.x - clicked.current.x) < 8
    clicked.current = { at: isDouble ? 0 : event.timeStamp, x: place.x }
    if (isDouble && held.grip !== 'brush') gestures.onDoubleClick(place)
    else gestures.onClick(held.grip, place)
  })

  /** The page must still scroll: the wheel zooms with Ctrl or a pinch, and by itself once the plot has the focus. */
  const wheel = useEffectEvent((event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit]
    const isPinch = event.ctrlKey || event.metaKey
    if (!isPinch && Math.abs(dx) > Math.abs(dy)) {
      event.preventDefault()
      return gestures.onPan(dx)
    }
    if (!isPinch && !gestures.isArmed()) return
    event.preventDefault()
    // A pinch on a trackpad comes in small steps, a wheel in large ones.
    gestures.onZoom(placeOf(event).x, Math.exp(Math.max(-60, Math.min(60, dy)) * (isPinch && Math.abs(dy) < 40 ? 0.01 : 0.004)))
  })

  const leave = useEffectEvent(() => gestures.onHover(null))

  useEffect(() => {
    const element = target.current
    if (!element) return
    const stop = new AbortController()
    const options = { signal: stop.signal }
    element.addEventListener('pointerdown', (event) => down(event), options)
    // What follows a press would take the focus away again.
    element.addEventListener('mousedown', (event) => !isStill(event) && event.preventDefault(), options)
    element.addEventListener('pointermove', (event) => move(event), options)
    element.addEventListener('pointerup', (event) => up(event), options)
    element.addEventListener('pointercancel', (event) => up(event), options)
    element.addEventListener('pointerleave', () => leave(), options)
    // React's own wheel listener is passive: it could not keep the page from scrolling.
    element.addEventListener('wheel', (event) => wheel(event), { ...options, passive: false })
    return () => stop.abort()
  }, [target])
}

function isStill(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('[data-still]') !== null
}
