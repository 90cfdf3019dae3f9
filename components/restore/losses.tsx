'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format-provider'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { moneyText } from './money'

export type Losses = { lost: { count: number; takings: string | null }; back: { count: number; takings: string | null } }

/** Sales where the database has them, else rows of whatever table. */
export function lossesOf({ shop, tables }: Comparison): Losses {
  if (shop) return { lost: shop.lostSales, back: shop.returningSales }
  const sum = (part: 'lost' | 'returns') => tables.reduce((total, table) => total + table[part], 0)
  return { lost: { count: sum('lost'), takings: null }, back: { count: sum('returns'), takings: null } }
}

/** What a switch would lose and bring back, side by side. */
export function LossPanel({ comparison, view, after }: { comparison: Comparison; view: RestoreView; after: string }) {
  const t = useTranslations('restore.switch')
  const { lost, back } = lossesOf(comparison)
  return (
    <dl className="grid divide-y rounded-control border md:grid-cols-2 md:divide-x md:divide-y-0">
      <Side name={t('lost')} note={after} className="text-warn">
        <Amount {...lost} none={t('nothingLost')} currency={view.currency} />
      </Side>
      <Side name={t('back')} className="text-ok">
        <Amount {...back} none={t('nothingBack')} currency={view.currency} />
      </Side>
    </dl>
  )
}

function Side({ name, note, className, children }: { name: string; note?: string; className: string; children: ReactNode }) {
  return (
    <div className="px-3.5 py-2.5">
      <dt className="text-meta">{name}</dt>
      <dd className={className}>{children}</dd>
      {note && <dd className="text-meta">{note}</dd>}
    </div>
  )
}

type AmountProps = Losses['lost'] & { none: string; currency: RestoreView['currency'] }

function Amount({ count, takings, none, currency }: AmountProps) {
  const t = useTranslations('restore.switch')
  const format = useFormat()
  if (count === 0) return <span className="text-foreground">{none}</span>
  const words = takings === null
    ? t('rows', { count })
    : t('sales', { count, takings: moneyText(takings, currency, format.options.locale) })
  return <b className="font-semibold">{words}</b>
}
