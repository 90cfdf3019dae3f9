import { type RefObject, useState } from 'react'
import type { Hovered } from './hover'
import type { KeyAction } from './keys'
import { hitRadius, snapOf } from './layout'
import { dragged, edgeOf, eventBeside, stepped } from './moments'
import { type Pick, pickAt } from './pick'
import { PILL } from './playhead'
import { brushOf } from './strip-layer'
import { type Grip, type Place, useGestures } from './use-gestures'
import type { Stage } from './use-stage'
import type { Span } from './scale'
import { type Bounds, deeperFactor, focusOf, pan, zoomAt } from './zoom'

/** How long a tap's words stay */
const TOLD_MS = 4_000

/** What hands and keys do to the view and the moment. */
export function usePlotInput(plot: RefObject<HTMLElement | null>, slider: RefObject<HTMLElement | null>, stage: Stage) {
  const { scale, layout, view, bounds, motion, strip } = stage
  const shareAt = (x: number) => Math.min(1, Math.max(0, (x - scale.left) / (scale.right - scale.left)))
  const zoom = (x: number, factor: number) => (shown: Span) => zoomAt(shown, shown.from + shareAt(x) * (shown.to - shown.from), factor, bounds)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const pick = ({ x, y, isTouch }: Place): Pick => pickAt({ x, y, radius: hitRadius(isTouch) }, stage.pickable, { scale, layout, view })
  const isInPlot = ({ x, y }: Place) => x >= layout.left && x <= layout.right && y >= layout.axis - 26 && y <= layout.base
  const choose = (place: Place) => {
    const chosen = pick(place)
    if (chosen.type === 'event') stage.onAt(new Date(chosen.mark.first.before))
    if (chosen.type === 'set' && chosen.set.isUsable) stage.onSet(chosen.set.repo, chosen.set.label)
    if (chosen.type === 'point') stage.onAt(new Date(chosen.point.at))
    if (chosen.type === 'moment') stage.onAt(chosen.at)
    if (chosen.type !== 'blocked' && !place.isTouch) return
    setHovered({ x: place.x, pick: chosen })
    setTimeout(() => setHovered(null), TOLD_MS)
  }
  const dragPlayhead = ({ x }: Place) => {
    const snap = snapOf(scale.msPerPx)
    const at = dragged(Math.round(scale.time(Math.min(scale.right, Math.max(scale.left, x))) / snap) * snap, view)
    if (at) stage.onAt(at, { replace: true })
  }

  useGestures(plot, {
    isArmed: () => slider.current === document.activeElement,
    gripAt: (place) => gripAt(place, stage),
    onPress: (grip, { x }) => {
      slider.current?.focus({ preventScroll: true })
      const brush = brushOf(scale, strip)
      if (grip === 'brush' && (x < brush.x - 12 || x > brush.x + brush.width + 12)) motion.glide(centredOn(strip.time(x), bounds))
    },
    onDrag: (grip, place, dx) => {
      if (grip === 'playhead') return dragPlayhead(place)
      const ms = grip === 'brush' ? dx * strip.msPerPx : -dx * scale.msPerPx
      motion.jump((shown) => pan(shown, ms, bounds))
    },
    onClick: (grip, place) => {
      if (isOnPill(place, stage)) return stage.at !== null && stage.pill?.isOut ? motion.glide(centredOn(stage.at, bounds)) : undefined
      if (grip !== 'brush' && isInPlot(place)) choose(place)
    },
    onDoubleClick: ({ x }) => motion.glide(zoom(x, deeperFactor(scale))),
    onZoom: (x, factor) => motion.jump(zoom(x, factor)),
    onPan: (dx) => motion.jump((shown) => pan(shown, dx * scale.msPerPx, bounds)),
    onHover: (place) => setHovered(place && isInPlot(place) && !isOnPill(place, stage) ? { x: place.x, pick: pick(place) } : null),
  })
  return { hovered, press: (action: KeyAction) => pressKey(action, stage) }
}

function gripAt(place: Place, { layout, scale, at, pill }: Stage): Grip {
  if (layout.strip !== null && place.y > layout.base + 10) return 'brush'
  const isNear = at !== null && scale.shows(at) && Math.abs(scale.x(at) - place.x) <= 22
  return isNear || (pill && !pill.isOut && isWithin(place, pill)) ? 'playhead' : 'plot'
}

function isWithin({ x, y }: Place, pill: { x: number; width: number }): boolean {
  return x >= pill.x && x <= pill.x + pill.width && y >= PILL.top - 4 && y <= PILL.top + PILL.height + 2
}

function isOnPill(place: Place, { pill }: Stage): boolean {
  return pill !== null && isWithin(place, pill)
}

function centredOn(at: number, bounds: Bounds) {
  return (shown: Span) => pan(shown, at - (shown.from + shown.to) / 2, bounds)
}

function pressKey(action: KeyAction, stage: Stage): void {
  const { view, bounds, motion, moment } = stage
  const from = moment ?? edgeOf('latest', view)
  const to = (at: Date | null) => at && stage.onAt(at, { replace: true })
  switch (action.type) {
    case 'step':
      return void to(moment ? stepped(moment, action.ms, view) : from)
    case 'event':
      return void to(from && eventBeside(from, action.direction, stage.events.map(({ first }) => first), view))
    case 'edge':
      return void to(edgeOf(action.edge, view))
    case 'zoom':
      return motion.glide((shown) => zoomAt(shown, focusOf(shown, stage.at), action.factor, bounds))
    case 'pan':
      return motion.glide((shown) => pan(shown, action.share * (shown.to - shown.from), bounds))
    case 'enter':
      return stage.onEnter?.()
  }
}
