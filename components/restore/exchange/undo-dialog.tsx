'use client'

import { useTranslations } from 'use-intl'
import type { WayBack } from '@/lib/restore/exchange/schema'
import type { KeptCluster } from '@/lib/restore/schema'
import { useAccess } from '../access'
import { ConfirmDialog } from './confirm-dialog'
import { CostPanel } from './cost-panel'
import { useGivesUp } from './gives-up'
import { Happens } from './happens'
import { useExchangeSteps } from './use-exchange-steps'
import { type Currency, useTimes } from './words'

type UndoDialogProps = {
  kept: KeptCluster
  /** Of the last exchange, if it is the one that left this cluster; the others are told apart by when */
  wayBack: WayBack | null
  stanza: string
  currency: Currency
  isBlocked: boolean
}

/** Back to a cluster that was left. */
export function UndoDialog({ kept, wayBack, stanza, currency, isBlocked }: UndoDialogProps) {
  const t = useTranslations('exchange.undo')
  const steps = useExchangeSteps('undo')
  const { moment } = useTimes()
  const { may, actions } = useAccess()
  const leftAt = wayBack?.exchangedAt ?? kept.leftAt
  if (!may.undo) return null
  return (
    <ConfirmDialog
      trigger={{
        label: t('label'), size: wayBack ? 'md' : 'sm', disabled: isBlocked,
        'aria-label': wayBack ? undefined : t('labelOf', { moment: moment(leftAt) }),
      }}
      title={t(kept.leftBy === 'undo' ? 'titleUndo' : 'title')}
      text={(closes) => t('text', { moment: moment(leftAt), closes })}
      confirmLabel={t('label')}
      stanza={stanza}
      act={(confirmation) => actions.undoRestore({ ...confirmation, cluster: kept.id })}
    >
      {(outlook) => (
        <>
          <GivenUp wayBack={wayBack} leftAt={leftAt} currency={currency} />
          <Happens steps={steps(outlook)} />
        </>
      )}
    </ConfirmDialog>
  )
}

/** Asked for only once the dialog is open. */
function GivenUp(props: Parameters<typeof useGivesUp>[0]) {
  const t = useTranslations('exchange.undo')
  const { words, figure, note, isNothing } = useGivesUp(props)
  const tone = isNothing ? 'none' : 'behind'
  return <CostPanel sides={[{ name: t('behind'), tone, figure: figure ?? words, notes: [note] }]} />
}
