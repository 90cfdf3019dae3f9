'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { Refusal } from '../guarded-button'
import { useBlockedWords } from '../use-blocked-words'
import { usePress } from '../use-press'
import { DayLine, useDayLines } from './day-line'
import { moneyText } from './money'
import { momentOf, useMomentText } from './moment-words'

type Shop = NonNullable<Comparison['shop']>

/** `takes`: which side a switch takes it to says whether it is lost or comes back; stock moves for both reasons. */
const figures = [
  { name: 'sales', kind: 'count', takes: true }, { name: 'takings', kind: 'money', takes: true }, { name: 'products', kind: 'count', takes: true },
  { name: 'stock', kind: 'count', takes: false }, { name: 'stockValue', kind: 'money', takes: false }, { name: 'people', kind: 'count', takes: true },
] as const
type Figure = (typeof figures)[number]

type ThenAndNowProps = { rehearsal: Rehearsal; comparison: Comparison; shop: Shop; view: RestoreView }

/** The shop's own figures on both sides, and the day between them as a line. */
export function ThenAndNow({ rehearsal, comparison, shop, view }: ThenAndNowProps) {
  const t = useTranslations('rehearsal.numbers')
  const format = useFormat()
  const moment = useMomentText()
  const at = momentOf(rehearsal)
  const comparedAt = new Date(comparison.comparedAt)
  const lines = useDayLines(at, comparedAt)
  const head = 'py-2 text-right text-meta font-medium'
  return (
    <Sheet className="min-w-0">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 pt-3.5 md:px-5">
        <h2 className="text-section">{t('title')}</h2>
        <CompareAgain rehearsal={rehearsal} comparison={comparison} view={view} />
      </header>
      <table aria-label={t('title')} className="mt-1 w-full px-4 text-compact max-md:block md:px-5">
        <thead className="max-md:block max-md:px-4">
          <tr className="border-b max-md:flex max-md:justify-end max-md:gap-4">
            <th scope="col" className="w-[7.5rem] pl-5 max-md:sr-only"><span className="sr-only">{t('figure')}</span></th>
            <th scope="col" className={cn(head, 'w-[6.5rem] text-then max-md:w-auto')}>{at ? t('thenAt', { moment: moment(at) }) : t('then')}</th>
            <th scope="col" className={cn(head, 'px-4 text-left max-md:sr-only')}>{lines && t('since', { time: format.time(lines.from) })}</th>
            <th scope="col" className={cn(head, 'w-[6.5rem] max-md:w-auto')}>{t('nowAt', { moment: format.time(comparedAt, { seconds: true }) })}</th>
            <th scope="col" className={cn(head, 'w-[7rem] pr-5 max-md:sr-only')}>{t('difference')}</th>
          </tr>
        </thead>
        <tbody className="divide-y max-md:block">
          {figures.map((figure) => (
            <FigureRow key={figure.name} figure={figure} shop={shop} currency={view.currency} lines={lines} />
          ))}
          {shop.repriced !== undefined && <PricesRow count={shop.repriced} isCapped={isCapped(comparison)} />}
        </tbody>
      </table>
    </Sheet>
  )
}

/** On a phone the line stands beneath the figures. */
const figureRow = 'h-[3.6rem] max-md:flex max-md:h-auto max-md:gap-x-4 max-md:px-4 max-md:py-2'

type FigureRowProps = { figure: Figure; shop: Shop; currency: RestoreView['currency']; lines: ReturnType<typeof useDayLines> }

function FigureRow({ figure: { name, kind, takes }, shop, currency, lines }: FigureRowProps) {
  const t = useTranslations('rehearsal.numbers')
  const format = useFormat()
  const [then, now] = [Number(shop.then[name]), Number(shop.now[name])]
  const words = (value: number) => (kind === 'money' ? moneyText(value, currency, format.options.locale) : format.count(value))
  const change = now - then
  const tone = !takes || change === 0 ? 'neutral' : change > 0 ? 'lost' : 'back'
  const ink = { neutral: 'text-foreground', lost: 'text-lost-ink', back: 'text-back-ink' }[tone]
  const line = lines && (name === 'sales' || name === 'takings') ? lines[name] : null
  const value = 'text-right text-[15px] font-semibold tracking-[-0.01em] whitespace-nowrap'
  return (
    <tr className={cn(figureRow, 'max-md:flex-wrap max-md:items-baseline max-md:justify-end')}>
      <th scope="row" className="pl-5 text-left font-normal max-md:grow max-md:pl-0">{t(`figures.${name}`)}</th>
      <td className={value}>{words(then)}</td>
      <td className="px-4 max-md:order-1 max-md:basis-full max-md:px-0 max-md:empty:hidden">{line && <DayLine line={line} tone={tone} />}</td>
      <td className={value}>{words(now)}</td>
      <td className={cn('pr-5 pl-4 text-right font-semibold whitespace-nowrap max-md:sr-only', change === 0 ? 'text-muted' : ink)}>
        {change === 0 ? t('same') : `${change > 0 ? '+' : '−'}${words(Math.abs(change))}`}
      </td>
    </tr>
  )
}

const isCapped = ({ tables }: Comparison) =>
  tables.some((table) => table.schema === 'public' && table.name === 'Product' && table.isCapped)

/** Not a figure, but so many: what a product cost then and what it costs now is among the rows. */
function PricesRow({ count, isCapped }: { count: number; isCapped: boolean }) {
  const t = useTranslations('rehearsal.numbers')
  return (
    <tr className={cn(figureRow, 'max-md:justify-between')}>
      <th scope="row" className="pl-5 text-left font-normal max-md:pl-0">{t('prices')}</th>
      <td colSpan={4} className={cn('pr-5 text-right font-semibold max-md:pr-0', count === 0 && 'text-muted')}>
        {count === 0 && !isCapped ? t('same') : t('repriced', { count, capped: isCapped ? 'yes' : 'no' })}
      </td>
    </tr>
  )
}

/** When it was compared, and once more: the shop goes on. */
export function CompareAgain({ rehearsal, comparison, view }: Pick<ThenAndNowProps, 'rehearsal' | 'comparison' | 'view'>) {
  const t = useTranslations('rehearsal.numbers')
  const format = useFormat()
  const now = useNow(10_000)
  const words = useBlockedWords()
  const { may, actions } = useAccess()
  const { press, busy, error } = usePress(actions.compareAgain)
  const isComparing = view.jobs.some(({ kind }) => kind === 'compare')
  const reason = words(blockedReason({ mayDo: may.rehearse, view }))
  return (
    <div className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <p className="text-meta">{isComparing ? t('comparing') : t('compared', { ago: format.ago(new Date(comparison.comparedAt), now) })}</p>
      {may.rehearse && (
        <Button size="sm" variant="quiet" busy={busy} disabled={isComparing || reason !== null} onClick={() => press({ rehearsal: rehearsal.id })}>
          {t('again')}
        </Button>
      )}
      <Refusal words={error?.message} />
    </div>
  )
}
