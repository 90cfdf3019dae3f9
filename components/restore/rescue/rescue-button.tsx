'use client'

import { useTranslations } from 'use-intl'
import type { RowChoice } from '@/lib/restore/rescue/schema'
import type { RestoreView } from '@/lib/restore/view/schema'
import { blockedReason } from '../blocked'
import { GuardedButton } from '../guarded-button'
import { useBlockedWords } from '../use-blocked-words'
import { useRescueAccess } from './access'
import { useStartRescue } from './rescue-host'

type RescueButtonProps = { rows: RowChoice[]; names: ReadonlyMap<string, string>; view: RestoreView }

/** Opens on what these rows need; nothing is done before that was read. */
export function RescueButton({ rows, names, view }: RescueButtonProps) {
  const t = useTranslations('rescue')
  const words = useBlockedWords()
  const { may } = useRescueAccess()
  const start = useStartRescue()
  const blocked = words(blockedReason({ mayDo: may.plan && may.rescue, view }))
  return (
    <GuardedButton
      variant="primary" reason={rows.length === 0 ? t('choose') : blocked} onClick={() => start({ rows, names })}
      className="[&>button]:h-11 [&>button]:px-4"
    >
      {t('label', { count: rows.length })}
    </GuardedButton>
  )
}
