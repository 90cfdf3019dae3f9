'use client'

import { useTranslations } from 'use-intl'
import { useFormat, useNow } from '@/components/format-provider'
import type { KeptCluster } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { blockedReason } from './blocked'
import { ConfirmDialog } from './confirm-dialog'
import { Fact, Facts } from './facts'
import { RunningBackup } from './switch-dialog'

/** Back to a cluster that was left; `isNewest` is the one the last exchange left, the others are told apart by when. */
export function UndoDialog({ kept, view, isNewest = false }: { kept: KeptCluster; view: RestoreView; isNewest?: boolean }) {
  const t = useTranslations('restore.undo')
  const words = useTranslations('restore.switch')
  const format = useFormat()
  const now = useNow(60_000)
  const { may, actions } = useAccess()
  const moment = format.moment(kept.leftAt, now, { inline: true })
  const { downtimeMs } = view.estimate
  if (!may.undo) return null
  return (
    <ConfirmDialog
      trigger={{
        label: t('label'), size: isNewest ? 'md' : 'sm', disabled: blockedReason({ mayDo: true, view }) !== null,
        'aria-label': isNewest ? undefined : t('labelOf', { moment }),
      }}
      title={t('title')}
      text={t('text', { moment })}
      confirmLabel={t('label')}
      stanza={view.stanza}
      act={(confirmation) => actions.undoRestore({ ...confirmation, cluster: kept.id })}
    >
      <Facts>
        <Fact name={t('behind')}>{t('behindIs', { moment })}</Fact>
        <Fact name={t('kept')} note={words('stale')}>
          {t('keptIs')}
        </Fact>
        <Fact name={words('downtime')}>
          {downtimeMs === null ? words('downtimeUnknown') : words('downtimeIs', { duration: format.duration(downtimeMs) })}
        </Fact>
      </Facts>
      <RunningBackup view={view} />
    </ConfirmDialog>
  )
}
