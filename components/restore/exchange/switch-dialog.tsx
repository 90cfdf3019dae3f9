'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Comparison } from '@/lib/restore/comparison/schema'
import { changesOf, pointOf } from '@/lib/restore/exchange/rules'
import type { CarryOver, Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { CarryOverChoice } from './carry-over'
import { ConfirmDialog } from './confirm-dialog'
import { Fork } from './fork'
import { Happens } from './happens'
import { SwitchCost } from './switch-cost'
import { useExchangeSteps } from './use-exchange-steps'
import { useWhen } from './use-when'
import { usePointWords } from './words'

type SwitchDialogProps = {
  rehearsal: Rehearsal; comparison: Comparison | null; view: RestoreView; isBlocked: boolean
  /** There is no better way */
  isFirst: boolean
}

/** Says once what a switch does to the shop, and asks for the proof that it is meant. */
export function SwitchDialog({ rehearsal, comparison, view, isBlocked, isFirst }: SwitchDialogProps) {
  const t = useTranslations('exchange.switch')
  const words = usePointWords()
  const steps = useExchangeSteps('switch')
  const when = useWhen()
  const { actions } = useAccess()
  const [carryOver, setCarryOver] = useState<CarryOver>({ configuration: true, passwords: true })
  const point = pointOf(rehearsal.target, rehearsal.plan)
  return (
    <ConfirmDialog
      trigger={{ label: t('label'), variant: isFirst ? 'primary' : 'danger', disabled: isBlocked }}
      title={t('title', { point: words(point) })}
      text={(closes) => t('text', { ...when(point.at), closes })}
      confirmLabel={t('label')}
      stanza={view.stanza}
      act={(confirmation) => actions.switchToPoint({ ...confirmation, rehearsal: rehearsal.id, carryOver })}
    >
      {(outlook) => (
        <>
          {point.at && <Fork at={point.at} />}
          <SwitchCost changes={comparison && changesOf(comparison)} point={point} currency={view.currency} />
          <Happens steps={steps(outlook)} />
          <CarryOverChoice value={carryOver} onChange={setCarryOver} comparison={comparison} />
        </>
      )}
    </ConfirmDialog>
  )
}
