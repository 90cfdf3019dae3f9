'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import type { Comparison } from '@/lib/restore/comparison/schema'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from './access'
import { blockedReason } from './blocked'
import { Refusal } from './guarded-button'
import { SwitchDialog } from './switch-dialog'
import { useBlockedWords } from './use-blocked-words'
import { usePress } from './use-press'

type RehearsalActionsProps = { rehearsal: Rehearsal; comparison: Comparison | null; view: RestoreView }

export function RehearsalActions({ rehearsal, comparison, view }: RehearsalActionsProps) {
  const t = useTranslations('restore')
  const words = useBlockedWords()
  const { may, actions } = useAccess()
  const again = usePress(actions.compareAgain)
  const discard = usePress(actions.discardRehearsal)
  const isReady = rehearsal.status === 'ready'
  const why = words(blockedReason({ mayDo: may.rehearse || may.switch, view })) ?? (isReady ? null : t('blocked.preparing'))
  const isComparing = view.jobs.some(({ kind }) => kind === 'compare')
  const discardReason = words(blockedReason({ mayDo: may.rehearse, view }))
  return (
    <div className="grid gap-2">
      <div className="flex gap-2 max-md:flex-col md:items-center">
        {may.rehearse && (
          <>
            <Button
              variant="danger"
              busy={discard.busy}
              disabled={discardReason !== null}
              onClick={() => discard.press({ rehearsal: rehearsal.id })}
            >
              <Trash2 aria-hidden />
              {t('rehearsal.discard')}
            </Button>
            <Button
              busy={again.busy}
              disabled={why !== null || isComparing}
              onClick={() => again.press({ rehearsal: rehearsal.id })}
            >
              {t('rehearsal.compareAgain')}
            </Button>
          </>
        )}
        {may.switch && <SwitchDialog rehearsal={rehearsal} comparison={comparison} view={view} isBlocked={why !== null} />}
      </div>
      {why && <p className="text-meta text-pretty">{why}</p>}
      <Refusal words={(discard.error ?? again.error)?.message} />
    </div>
  )
}
