'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { Changes, Side } from '@/lib/restore/exchange/changes/schema'
import type { ExchangePoint, Sold } from '@/lib/restore/exchange/schema'
import { addTallies } from '@/lib/restore/exchange/rules'
import { moneyText } from '../rehearsal/money'
import { CostPanel } from './cost-panel'
import { useSold } from './exchange-query'
import { type Currency, usePointWords, useRowWords, useSalesWords, useTimes } from './words'

type SwitchCostProps = { changes: Changes | null; point: ExchangePoint; currency: Currency }

/** What stays behind, as it was compared and with what was sold since; and what comes back. */
export function SwitchCost({ changes, point, currency }: SwitchCostProps) {
  const t = useTranslations('exchange.switch')
  const { data: sold } = useSold(changes ? changes.countedTo : point.at)
  const figure = useFigure(currency)
  if (!changes) return <Uncompared sold={sold} point={point} currency={currency} />
  const tally = changes.behind.sales && addTallies(changes.behind.sales, sold?.tally ?? null)
  const behind = figure({ ...changes.behind, sales: tally }, t('nothingBehind'))
  const back = figure(changes.back, t('nothingBack'))
  return (
    <CostPanel
      sides={[
        {
          name: t('behind'), tone: behind.isNothing ? 'none' : 'behind', figure: behind.figure,
          notes: [behind.note, <Since key="since" changes={changes} sold={sold} />],
        },
        { name: t('back'), tone: back.isNothing ? 'none' : 'back', figure: back.figure, notes: [back.note] },
      ]}
    />
  )
}

/** Sales first, where there are any; of the rest the largest part. */
function useFigure(currency: Currency) {
  const sales = useSalesWords(currency)
  const rows = useRowWords()
  const { locale } = useFormat().options
  return (side: Side, nothing: string) => {
    const words = [...(side.sales && side.sales.count > 0 ? [sales(side.sales)] : []), ...rows(side.rows)]
    const [figure = nothing, ...rest] = words
    return { figure, isNothing: words.length === 0, note: rest.length > 0 && new Intl.ListFormat(locale).format(rest) }
  }
}

function Since({ changes: { comparedAt, behind }, sold }: { changes: Changes; sold: Sold | undefined }) {
  const t = useTranslations('exchange.switch')
  const { moment } = useTimes()
  if (!sold || !behind.sales) return null
  const words = sold.tally
    ? t('since', { count: sold.tally.count, moment: moment(comparedAt) })
    : t('sinceUnknown', { moment: moment(comparedAt), reading: sold.reading })
  return <span className="text-meta">{words}</span>
}

function Uncompared({ sold, point, currency }: { sold: Sold | undefined; point: ExchangePoint; currency: Currency }) {
  const t = useTranslations('exchange.switch')
  const words = usePointWords()
  const { locale } = useFormat().options
  const tally = sold?.tally
  return (
    <p className="text-pretty text-warn">
      {tally && t('uncomparedSales', {
        count: tally.count, takings: moneyText(tally.takings, currency, locale), point: words(point),
      })}{' '}
      {t('uncompared')}
    </p>
  )
}
