'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { MomentView } from '@/lib/restore/timeline/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import type { Reading } from '@/lib/salespider/life/schema'
import { moneyText } from '../rehearsal/money'
import { useAround, useDeletions } from '../restore-query'
import { useTimes } from '../timeline/words'
import type { SetMoment } from '../use-moment'
import { Happened, HappenedSkeleton } from './happened'

type AroundSheetProps = { at: Date | null; isReachable: boolean; view: RestoreView; setAt: SetMoment }

/** What happened in the shop before and after the moment; without a moment, what was deleted last. */
export function AroundSheet({ at, isReachable, view, setAt }: AroundSheetProps) {
  const t = useTranslations('picker.around')
  return (
    <Sheet label={t(at ? 'title' : 'deletions')} className="flex flex-col pb-4">
      <SheetHeader title={t(at ? 'title' : 'deletions')} className="min-h-11 items-center pt-2.5" />
      {at ? <Around at={at} isReachable={isReachable} view={view} setAt={setAt} /> : <Deletions view={view} setAt={setAt} />}
    </Sheet>
  )
}

function Around({ at, isReachable, view, setAt }: AroundSheetProps & { at: Date }) {
  const t = useTranslations('picker.around')
  const { around, isCurrent, isError } = useAround(at)
  if (isError) return <Quiet>{t('failed')}</Quiet>
  if (!around) return <HappenedSkeleton />
  const isEmpty = around.before.length + around.after.length === 0
  if (around.reading !== 'ok' && isEmpty) return <NotRead reading={around.reading} />
  return (
    <div className={cn('flex flex-1 flex-col transition-opacity duration-150', !isCurrent && 'opacity-55')} aria-busy={!isCurrent}>
      <ol className="pt-1">
        {around.before.map((item) => (
          <Happened key={idOf(item)} item={item} at={around.at} view={view} setAt={setAt} />
        ))}
        <MomentLine at={around.at} isReachable={isReachable} />
        {around.after.map((item) => (
          <Happened key={idOf(item)} item={item} at={around.at} isAfter view={view} setAt={setAt} />
        ))}
      </ol>
      {isEmpty && <Quiet>{t('nothing')}</Quiet>}
      {around.reading !== 'ok' && <NotRead reading={around.reading} />}
      <Since around={around} view={view} />
    </div>
  )
}

export type Item = MomentView['before'][number]

function idOf(item: Item): string {
  return item.type === 'sale' ? `sale ${item.sale.id}` : `event ${item.event.id}`
}

function MomentLine({ at, isReachable }: { at: Date; isReachable: boolean }) {
  const { time } = useTimes()
  return (
    <li
      aria-current="time"
      className={cn('flex items-center gap-3 px-4 py-1.5 text-compact font-semibold md:px-5', isReachable ? 'text-then' : 'text-bad')}
    >
      <time dateTime={at.toISOString()}>{time(at)}</time>
      <span aria-hidden className="h-px flex-1 bg-current" />
    </li>
  )
}

/** What a switch to it would leave behind. */
function Since({ around: { since }, view }: { around: MomentView; view: RestoreView }) {
  const t = useTranslations('picker.around')
  const { options: { locale } } = useFormat()
  if (!since) return null
  return (
    <p className="mx-4 mt-auto flex justify-between gap-3 border-t pt-3 text-compact md:mx-5">
      {t('since')}
      <b className={cn('text-right font-semibold', since.count > 0 && 'text-lost-ink')}>
        {t('sales', { count: since.count, takings: moneyText(since.takings, view.currency, locale) })}
      </b>
    </p>
  )
}

/** Where no moment is chosen yet: what most people come for. */
function Deletions({ view, setAt }: Pick<AroundSheetProps, 'view' | 'setAt'>) {
  const t = useTranslations('picker.around')
  const { data, isError } = useDeletions(true)
  if (isError && !data) return <Quiet>{t('failed')}</Quiet>
  if (!data) return <HappenedSkeleton />
  if (data.reading !== 'ok') return <NotRead reading={data.reading} />
  if (data.events.length === 0) return <Quiet>{t('noDeletions')}</Quiet>
  return (
    <>
      <p className="px-4 pb-1 text-meta text-pretty md:px-5">{t('deletionsHint')}</p>
      <ol>
        {data.events.slice(0, SHOWN).map((event) => (
          <Happened key={event.id} item={{ type: 'event', event }} at={view.now} isPlain view={view} setAt={setAt} />
        ))}
      </ol>
    </>
  )
}

const SHOWN = 6

function NotRead({ reading }: { reading: Exclude<Reading, 'ok'> }) {
  const t = useTranslations('picker.around.reading')
  return <Quiet>{t(reading)}</Quiet>
}

function Quiet({ children }: { children: string }) {
  return <p className="px-4 py-2 text-pretty text-muted md:px-5">{children}</p>
}
