'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import { pointOf } from '@/lib/restore/exchange/rules'
import type { ExchangePoint } from '@/lib/restore/exchange/schema'
import type { RestorePlan, RestoreWish } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { moneyText } from '../rehearsal/money'
import { ConfirmDialog } from './confirm-dialog'
import { CostPanel } from './cost-panel'
import { useSold } from './exchange-query'
import { Happens } from './happens'
import { useWhen } from './use-when'
import { type Currency, usePointWords } from './words'

type InPlaceDialogProps = {
  wish: RestoreWish
  plan: RestorePlan
  /** For how long the shop is closed, about; null where nothing was measured here */
  closedMs: number | null
  view: RestoreView
}

/** The only exchange without a way back: it says so first, where there is something to go back to. */
export function InPlaceDialog({ wish, plan, closedMs, view }: InPlaceDialogProps) {
  const t = useTranslations('exchange.inPlace')
  const format = useFormat()
  const words = usePointWords()
  const when = useWhen()
  const { actions } = useAccess()
  const point = pointOf(wish.target, plan)
  const duration = closedMs === null ? 'none' : format.duration(closedMs)
  return (
    <ConfirmDialog
      trigger={{ label: t('label'), variant: 'danger' }}
      title={t('title', { point: words(point) })}
      text={() => t(view.isShopLost ? 'lost.dialogText' : 'dialogText', when(point.at))}
      confirmLabel={t('label')}
      stanza={view.stanza}
      act={(confirmation) => actions.restoreInPlace({ ...confirmation, wish })}
    >
      {() => (
        <>
          {!view.isShopLost && <Lost point={point} currency={view.currency} />}
          <Happens
            steps={[
              ...(view.isShopLost ? [] : [{ words: t('step.safety', { repo: plan.repo }) }]),
              { words: t(view.isShopLost ? 'lost.files' : 'step.closed', { duration }) },
              { words: t(view.isShopLost ? 'lost.opens' : 'step.opens', { point: words(point) }) },
              { words: t('step.archive') },
            ]}
          />
        </>
      )}
    </ConfirmDialog>
  )
}

function Lost({ point, currency }: { point: ExchangePoint; currency: Currency }) {
  const t = useTranslations('exchange.inPlace')
  const { locale } = useFormat().options
  const { data: sold } = useSold(point.at)
  const tally = sold?.tally
  const figure = tally
    ? t('behindSales', { count: tally.count, takings: moneyText(tally.takings, currency, locale) })
    : t('behindIs')
  return <CostPanel sides={[{ name: t('behind'), tone: tally?.count === 0 ? 'none' : 'behind', figure, notes: [] }]} />
}
