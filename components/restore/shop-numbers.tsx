'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { Sheet, SheetHeader } from '@/components/ui/sheet'
import { cn } from '@/lib/cn'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { moneyText } from './money'

type Shop = NonNullable<Comparison['shop']>
type Kind = 'count' | 'money' | 'time'

const figures = [
  ['sales', 'count'], ['takings', 'money'], ['newestSaleAt', 'time'], ['products', 'count'], ['stock', 'count'],
  ['stockValue', 'money'], ['people', 'count'],
] as const satisfies readonly (readonly [keyof Shop['then'], Kind])[]

/** The shop's own figures on both sides. */
export function ShopNumbersSheet({ shop, currency }: { shop: Shop; currency: RestoreView['currency'] }) {
  const t = useTranslations('restore.comparison')
  const cell = 'px-2 py-1.5 text-right last:pr-4 md:last:pr-5'
  return (
    <Sheet className="pb-2">
      <SheetHeader title={t('numbers')} />
      <div className="mt-1 overflow-x-auto">
        <table aria-label={t('numbers')} className="w-full text-compact">
          <thead>
            <tr className="text-meta">
              <th scope="col" className="py-1.5 pl-4 text-left font-medium md:pl-5">
                <span className="sr-only">{t('figure')}</span>
              </th>
              {(['then', 'now', 'difference'] as const).map((name) => (
                <th key={name} scope="col" className={cn(cell, 'font-medium', name === 'difference' && 'max-md:hidden')}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y border-t">
            {figures.map(([name, kind]) => (
              <Row key={name} name={name} kind={kind} shop={shop} currency={currency} cell={cell} />
            ))}
          </tbody>
        </table>
      </div>
    </Sheet>
  )
}

type RowProps = { name: (typeof figures)[number][0]; kind: Kind; shop: Shop; currency: RestoreView['currency']; cell: string }

function Row({ name, kind, shop, currency, cell }: RowProps) {
  const t = useTranslations('restore.comparison')
  const format = useFormat()
  const [then, now] = [shop.then[name], shop.now[name]]
  const words = (figure: string | number | null) => {
    if (figure === null) return t('nothing')
    if (kind === 'time') return format.dateTime(new Date(figure))
    return kind === 'money' ? moneyText(figure, currency, format.options.locale) : format.count(Number(figure))
  }
  const value = cn(cell, kind !== 'time' && 'whitespace-nowrap')
  const change = kind === 'time' ? 0 : Number(now) - Number(then)
  const difference = () => {
    if (then === now) return <span className="text-muted">{t('same')}</span>
    return change === 0 ? null : `${change > 0 ? '+' : '−'}${words(Math.abs(change))}`
  }
  return (
    <tr>
      <th scope="row" className="py-1.5 pr-2 pl-4 text-left font-normal md:pl-5">
        {t(`number.${name}`)}
      </th>
      <td className={cn(value, 'font-medium')}>{words(then)}</td>
      <td className={value}>{words(now)}</td>
      <td className={cn(value, 'max-md:hidden')}>{difference()}</td>
    </tr>
  )
}
