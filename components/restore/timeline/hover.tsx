import { useTranslations } from 'use-intl'
import { cn } from '@/lib/cn'
import type { Layout } from './layout'
import type { Pick } from './pick'
import { useMarkWords, useTimes, useWhy } from './words'

export type Hovered = { x: number; pick: Pick }

/** What a click here would choose, or why it cannot be chosen. */
export function Hover({ hovered: { x, pick }, layout }: { hovered: Hovered; layout: Layout }) {
  const words = usePickWords()(pick)
  const isRight = x > layout.width - 150
  const isLeft = x < 150
  return (
    <div
      aria-hidden
      style={{ left: x, top: layout.axis, height: layout.base - layout.axis }}
      className="pointer-events-none absolute border-l border-foreground/45"
    >
      <span
        className={cn(
          'absolute -top-6.5 left-0 rounded-[5px] px-2 text-[12px] leading-5 whitespace-nowrap',
          isRight ? '-translate-x-full' : !isLeft && '-translate-x-1/2',
          pick.type === 'blocked' ? 'bg-bad text-on-primary' : 'bg-foreground text-card',
        )}
      >
        {words}
      </span>
    </div>
  )
}

/** The words of a pick. */
export function usePickWords() {
  const t = useTranslations('timeline')
  const times = useTimes()
  const why = useWhy()
  const markWords = useMarkWords()
  return (pick: Pick) => {
    if (pick.type === 'event') return t('hover.before', { words: markWords(pick.mark), time: times.second(pick.mark.first.at) })
    if (pick.type === 'point') return t('point', { name: pick.point.name })
    if (pick.type === 'set') {
      const at = new Date(pick.set.at)
      const values = { type: pick.set.type, day: times.day(at), time: times.second(at) }
      if (!pick.set.isUsable) return t('set.unusable', values)
      return pick.set.count > 1 ? t('set.hoverCount', { ...values, count: pick.set.count - 1 }) : t('set.hover', values)
    }
    const values = { day: times.day(pick.at), time: times.time(pick.at) }
    return pick.type === 'blocked' ? t('hover.why', { ...values, why: why(pick.reach) }) : t('hover.moment', values)
  }
}
