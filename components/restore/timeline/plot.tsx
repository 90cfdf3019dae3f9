'use client'

import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import { reachabilityAt } from '@/lib/restore/calendar/rules'
import { Callout } from './callout'
import { Drawing } from './drawing'
import { Hover } from './hover'
import { actionOf } from './keys'
import { calloutOf } from './marks'
import { edgeOf } from './moments'
import { PILL } from './playhead'
import { SpokenStatus, useSpoken } from './spoken'
import type { Stage } from './use-stage'
import { usePlotInput } from './use-plot-input'

/** The drawing and everything that moves it. The playhead is a slider, and the only stop of the Tab key. */
export function Plot({ stage }: { stage: Stage }) {
  const { scale, layout, at, pill, view, isReachable } = stage
  const t = useTranslations('timeline')
  const plot = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLDivElement>(null)
  const { hovered, press } = usePlotInput(plot, slider, stage)
  const [presses, setPresses] = useState(0)
  const reach = useMemo(() => (stage.moment ? reachabilityAt(stage.moment, view) : null), [stage.moment, view])
  const words = useSpoken(stage.moment, reach, stage.drawing.tally?.count ?? null)
  const callout = at !== null && !layout.isCompact && layout.detail === 'hours' ? calloutOf(stage.events, at) : null
  const [earliest, latest] = [edgeOf('earliest', view), edgeOf('latest', view)]
  const seconds = (date: Date | null) => Math.floor((date?.getTime() ?? stage.now) / 1_000)
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    press(action)
    setPresses((count) => count + 1)
  }
  return (
    <div ref={plot} style={{ height: layout.height }} className="relative touch-pan-y cursor-crosshair select-none">
      <div
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label={t('playhead')}
        aria-orientation="horizontal"
        aria-valuemin={seconds(earliest)}
        aria-valuemax={seconds(latest)}
        aria-valuenow={seconds(stage.moment ?? latest)}
        aria-valuetext={words}
        aria-describedby={`${stage.id}-keys`}
        onKeyDown={onKeyDown}
        style={pill ? { left: pill.x, top: PILL.top, width: pill.width, height: PILL.height } : { left: layout.left, top: layout.axis, width: layout.right - layout.left, height: layout.base - layout.axis }}
        className={cn('pointer-events-none absolute rounded-control', !isReachable && 'outline-bad')}
      />
      <Drawing {...stage.drawing} />
      {callout && scale.shows(callout.first.at.getTime()) && (
        <Callout deletion={callout} onBefore={stage.onAt} scale={scale} layout={layout} />
      )}
      {hovered && <Hover hovered={hovered} layout={layout} />}
      <p id={`${stage.id}-keys`} className="sr-only">{t('spoken.keys')}</p>
      <SpokenStatus words={words} presses={presses} />
    </div>
  )
}
