'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { cn } from '@/lib/cn'
import { pgTime } from '@/lib/restore/comparison/rules'
import type { DifferenceRow } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { cellText, sortOfCell } from './cells'
import { moneyText } from './money'
import { useMomentText } from './moment-words'

/** A value as the shop would say it; null where there is nothing. */
export function useCellText(table: string, currency: RestoreView['currency']) {
  const t = useTranslations('rehearsal.rows')
  const format = useFormat()
  const moment = useMomentText()
  return (row: DifferenceRow, side: 'then' | 'now', column: string): string | null => {
    const value = row[side]?.[column]
    const name = row.names[column]
    if (name !== undefined && value !== null && value !== undefined) return name
    const at = pgTime(value)
    switch (sortOfCell(table, column, value)) {
      case 'mark':
        return at ? t('deleted', { moment: moment(at) }) : t('inUse')
      case 'money':
        return moneyText(Number(value), currency, format.options.locale)
      case 'time':
        return at && moment(at)
      default:
        return cellText(value)
    }
  }
}

const tints = { then: 'bg-back/13 text-back-ink', now: 'bg-lost/13 text-lost-ink' }

type ValueProps = { text: string | null; side: 'then' | 'now'; isDifferent: boolean }

/** Only what differs is coloured: then comes back, now would be lost. */
export function Value({ text, side, isDifferent }: ValueProps) {
  const t = useTranslations('rehearsal.rows')
  return (
    <span
      title={text ?? undefined}
      className={cn('inline-block max-w-full truncate align-bottom', isDifferent ? cn('rounded px-1.5 py-0.5 font-medium', tints[side]) : 'text-muted')}
    >
      {text ?? t('null')}
    </span>
  )
}

/** The name of a column; what SaleSpider's own people would call it. */
export function useColumnName(): (column: string) => string {
  const t = useTranslations('rehearsal.columns')
  return (column) => (t.has(column as 'price') ? t(column as 'price') : column)
}
