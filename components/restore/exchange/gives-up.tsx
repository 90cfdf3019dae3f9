'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { WayBack } from '@/lib/restore/exchange/schema'
import { moneyText } from '../rehearsal/money'
import { useSold } from './exchange-query'
import { type Currency, usePointWords, useSalesWords, useTimes } from './words'

type GivesUpProps = {
  /** Null for a cluster that was left before the last exchange: what lies between is in no one count */
  wayBack: WayBack | null
  leftAt: Date
  currency: Currency
}

type GivesUp = {
  /** One sentence */
  words: string
  /** The same apart, where it is a number of sales */
  figure: string | null
  note: string | null
  isNothing: boolean
}

/** What an undo gives up: the sales that only the running shop has. */
export function useGivesUp({ wayBack, leftAt, currency }: GivesUpProps): GivesUp {
  const t = useTranslations('exchange.undo')
  const { locale } = useFormat().options
  const sales = useSalesWords(currency)
  const point = usePointWords()
  const { moment } = useTimes()
  const since = wayBack?.givesUpSince ?? null
  const { data: sold, isError } = useSold(since)
  const told = (words: string): GivesUp => ({ words, figure: null, note: null, isNothing: false })
  if (!since || sold?.reading === 'foreign' || sold?.reading === 'unset') return told(t('givesUpAll', { moment: moment(leftAt) }))
  if (!sold && !isError) return told(t('reading'))
  if (!sold?.tally) return told(t('givesUpUnknown'))
  const { count, takings } = sold.tally
  const values = { count, takings: moneyText(takings, currency, locale), point: point({ at: since, target: null }) }
  const isAfter = wayBack?.kind === 'undo'
  if (count === 0) return { ...told(t(isAfter ? 'givesUpNoneAfter' : 'givesUpNone', values)), isNothing: true }
  return {
    ...told(t(isAfter ? 'givesUpAfter' : 'givesUp', values)), figure: sales(sold.tally),
    note: t(isAfter ? 'madeAfter' : 'made', values),
  }
}
