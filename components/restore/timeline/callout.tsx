import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { buttonVariants } from '@/components/ui/button'
import type { Layout } from './layout'
import type { Callout as Deletion } from './marks'
import type { Scale } from './scale'
import { useEventWords, useTimes } from './words'

type CalloutProps = { deletion: Deletion; onBefore: (at: Date) => void; scale: Scale; layout: Layout }

const WIDTH = 356

/** The first deletion after the moment, and what to do about it. */
export function Callout({ deletion: { first, more, lastAt }, onBefore, scale, layout }: CalloutProps) {
  const t = useTranslations('timeline.callout')
  const format = useFormat()
  const { second } = useTimes()
  const words = useEventWords()
  const x = scale.x(first.at.getTime())
  const isFlipped = x + WIDTH + 10 > layout.width
  const side = layout.isNarrow ? { left: layout.left, right: layout.width - layout.right }
    : isFlipped ? { right: layout.width - x - 12, width: WIDTH } : { left: x - 12, width: WIDTH }
  return (
    <div
      data-still
      style={{ top: layout.events, ...side }}
      className="absolute cursor-default rounded-sheet border border-bad-fill/55 bg-card px-3 pt-2 pb-2.5 text-compact shadow-pop"
    >
      <p className="truncate font-semibold">{words(first)}</p>
      <p className="flex flex-wrap items-center justify-between gap-x-3">
        <span className="text-muted">
          {more > 0 && !layout.isNarrow
            ? t('more', { time: second(first.at), count: more, span: format.duration(Math.max(1_000, lastAt - first.at.getTime())) })
            : second(first.at)}
        </span>
        <button
          type="button"
          onClick={() => onBefore(new Date(first.before))}
          className={cn(buttonVariants({ variant: 'quiet', size: 'sm' }), '-my-3 h-11 px-0 text-primary-strong hover:bg-transparent hover:underline md:my-0 md:h-5')}
        >
          {t('before')}
        </button>
      </p>
    </div>
  )
}
