'use client'

import { useTranslations } from 'use-intl'
import type { Rehearsal } from '@/lib/restore/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { useAccess } from '../access'
import { blockedReason } from '../blocked'
import { GuardedButton, Refusal } from '../guarded-button'
import { useBlockedWords } from '../use-blocked-words'
import { usePress } from '../use-press'

/** Where a comparison was cancelled or failed: it can be made still. */
export function FirstComparison({ rehearsal, view }: { rehearsal: Rehearsal; view: RestoreView }) {
  const t = useTranslations('rehearsal.comparing')
  const words = useBlockedWords()
  const { may, actions } = useAccess()
  const { press, busy, error } = usePress(actions.compareAgain)
  return (
    <div className="mt-3 grid gap-2">
      <GuardedButton
        variant="primary" busy={busy} reason={words(blockedReason({ mayDo: may.rehearse, view }))}
        onClick={() => press({ rehearsal: rehearsal.id })}
      >
        {t('compare')}
      </GuardedButton>
      <Refusal words={error?.message} />
    </div>
  )
}
