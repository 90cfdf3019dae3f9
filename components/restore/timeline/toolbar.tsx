import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/segmented'
import { cn } from '@/lib/cn'
import type { Span } from './scale'
import type { Motion } from './use-view'
import { type Bounds, type LevelStyle, focusOf, levelOf, levelView, levels, nowView, pan, zoomAt } from './zoom'

export type ShownAs = 'timeline' | 'table'
type ToolbarProps = {
  shown: Span
  at: number | null
  bounds: Bounds
  style: LevelStyle
  motion: Motion
  as: ShownAs
  onAs: (as: ShownAs) => void
  search: ReactNode
}

/** How much of time is shown, and as what. */
export function Toolbar({ shown, at, bounds, style, motion, as, onAs, search }: ToolbarProps) {
  const t = useTranslations('timeline')
  const items = [{ value: 'timeline', label: t('as.timeline') }, { value: 'table', label: t('as.table') }] as const
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3.5 pt-3 pb-2 md:gap-y-2 md:px-5 md:pt-3.5">
      <Levels shown={shown} onLevel={(level) => motion.glide((view) => levelView(level, focusOf(view, at), bounds, style))} style={style} />
      <Steps at={at} bounds={bounds} motion={motion} />
      <div className="ml-auto flex min-w-0 items-center gap-3 max-lg:w-full">
        {search}
        <Segmented label={t('as.label')} value={as} onChange={onAs} items={items} className="shrink-0 max-md:[&>button]:h-10" />
      </div>
    </div>
  )
}

type LevelsProps = { shown: Span; onLevel: (level: (typeof levels)[number]) => void; style: LevelStyle }

function Levels({ shown, onLevel, style }: LevelsProps) {
  const t = useTranslations('timeline.zoom')
  const current = levelOf(shown, style)
  return (
    <div role="group" aria-label={t('label')} className="flex rounded-[7px] bg-foreground/6 p-0.5 text-compact max-md:w-full">
      {levels.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={level === current}
          onClick={() => onLevel(level)}
          className={cn(
            'h-11 rounded-[5px] px-2.5 whitespace-nowrap text-muted max-md:flex-auto max-md:px-1.5 md:h-7',
            'aria-pressed:bg-card aria-pressed:font-medium aria-pressed:text-foreground aria-pressed:shadow-sheet aria-pressed:ring aria-pressed:ring-border',
          )}
        >
          {t(level)}
        </button>
      ))}
    </div>
  )
}

function Steps({ at, bounds, motion }: Pick<ToolbarProps, 'at' | 'bounds' | 'motion'>) {
  const t = useTranslations('timeline.zoom')
  const move = (share: number) => () => motion.glide((view) => pan(view, share * (view.to - view.from), bounds))
  const zoom = (factor: number) => () => motion.glide((view) => zoomAt(view, focusOf(view, at), factor, bounds))
  const buttons = [
    { label: t('earlier'), icon: ChevronLeft, press: move(-0.5) },
    { label: t('later'), icon: ChevronRight, press: move(0.5) },
    { label: t('out'), icon: ZoomOut, press: zoom(2) },
    { label: t('in'), icon: ZoomIn, press: zoom(0.5) },
  ]
  return (
    <div className="flex items-center gap-0.5">
      {buttons.map(({ label, icon: Icon, press }) => (
        <Button key={label} variant="quiet" size="icon" aria-label={label} onClick={press}>
          <Icon aria-hidden />
        </Button>
      ))}
      <Button variant="quiet" className="md:h-8" onClick={() => motion.glide((view) => nowView(view, bounds))}>
        {t('now')}
      </Button>
    </div>
  )
}
